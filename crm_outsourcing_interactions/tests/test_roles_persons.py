from odoo.exceptions import AccessError
from odoo.models import LOG_ACCESS_COLUMNS
from odoo.tests.common import tagged

from .persons_common import PersonsCase


@tagged("post_install", "-at_install")
class TestPersonsOfNobody(PersonsCase):
    def readings(self, path):
        """Return the calls (method, arguments, keywords) by which a reader can read figures by ``path``."""
        old = [] if "." in path else [("read_group", ([], ["__count"], [path]), {})]  # takes no paths
        return [
            *old,
            ("formatted_read_group", ([], [path], ["__count"]), {}),
            ("formatted_read_grouping_sets", ([], [[path], []], ["__count"]), {}),
            ("web_read_group", ([], [path]), {}),
        ]

    def test_grouping_is_refused_in_all_models_of_figures(self):
        for model, path in (
            ("crm.interaction", "user_id"),
            ("crm.interaction", "accountant_id"),
            ("crm.interaction", "create_uid"),
            ("crm.interaction", "write_uid"),
            ("crm.interaction", "matter_marked_by_id"),
            ("crm.interaction", "user_id.company_id"),
            ("crm.interaction", "matter_id.answer_user_id"),
            ("crm.interaction", "commercial_partner_id.interaction_supervisor_id"),
            ("crm.interaction", "message_id.author_id"),
            ("crm.interaction", "message_id.reply_to"),
            ("crm.interaction.matter", "supervisor_id"),
            ("crm.interaction.matter", "answer_user_id"),
            ("crm.interaction.matter", "complaint_about_ids"),
            ("crm.interaction.matter.person", "person_id"),
            ("crm.interaction.matter.turn", "user_id"),
            ("crm.interaction.matter.turn", "matter_id.user_id"),
            ("crm.interaction.hours", "user_id"),
            ("crm.interaction.type.change", "user_id"),
            ("crm.interaction.type.change", "interaction_id.user_id"),
            ("crm.interaction.indicator", "accountant_id"),
            ("crm.interaction.recommendation", "user_id"),
        ):
            for method, args, kwargs in self.readings(path):
                with self.subTest(model=model, path=path, method=method):
                    self.assert_refused(self.gleb, model, method, *args, **kwargs)

    def test_grouping_of_another_model_is_refused(self):
        self.env["crm.lead"].create({"name": "Offer", "interaction_id": self.env["crm.interaction"].search([])[:1].id})
        self.gleb.group_ids += self.env.ref("sales_team.group_sale_salesman_all_leads")
        self.assert_refused(self.gleb, "crm.lead", "formatted_read_group", [], ["interaction_id.user_id"], ["__count"])
        self.assert_refused(self.gleb, "crm.lead", "search", [("interaction_id.user_id", "=", self.anna.id)])

    def test_clients_are_not_counted_by_accountant_and_lateness(self):
        partners = self.env["res.partner"].with_user(self.gleb)
        self.assertFalse(
            partners.fields_get(["interaction_open_matter_ids"])["interaction_open_matter_ids"]["searchable"]
        )
        for path in ("interaction_open_matter_ids.late", "child_ids.interaction_open_matter_ids.answer_user_id"):
            with self.subTest(path=path), self.assertRaises(ValueError):
                partners.formatted_read_group([(path, "!=", False)], ["interaction_accountant_id"], ["__count"])

    def test_all_figures_of_a_person_are_refused(self):
        read = ("crm.interaction", "formatted_read_group", [])
        for aggregate in ("user_id:count_distinct", "user_id:array_agg", "create_uid:max"):
            self.assert_refused(self.gleb, *read, ["kind_id"], [aggregate])
            self.assert_refused(self.gleb, *read, ["kind_id"], ["__count"], order=f"{aggregate} desc")
            self.assert_refused(self.gleb, *read, ["kind_id"], ["__count"], [("__count", ">", 0), (aggregate, ">", 1)])
        bar = {"field": "state", "colors": {"confirmed": "success"}}
        self.assert_refused(self.gleb, "crm.interaction", "read_progress_bar", [], "user_id", bar)
        self.assert_refused(self.gleb, "crm.interaction", "search_panel_select_range", "user_id", enable_counters=True)

    def test_filters_that_name_others_are_refused(self):
        anna, me = self.anna.id, self.gleb.id
        for domain in (
            [("user_id", "=", anna)],
            [("user_id", "!=", me)],
            [("user_id", "not in", [me, False])],
            [("user_id", "in", [me, anna])],
            ["!", ("user_id", "=", me)],
            ["|", ("user_id", "=", anna), ("subject", "!=", False)],
            [("user_id", "ilike", "anna")],
            [("user_id.name", "=", "anna")],
            [("user_id.id", "=", me)],
            [("user_id", "any", [("login", "=", "anna")])],
            [("user_id", "any", [("active", "=", True), ("login", "=", "anna")])],
            [("user_id", "child_of", anna)],
            [("user_id", ">=", me)],
            [("user_id", "=", True)],
            [("create_uid", "=", anna)],
            [("accountant_id", "=", anna)],
            [("commercial_partner_id.interaction_accountant_id", "=", anna)],
            [("commercial_partner_id.user_id.login", "=", "anna")],
            [("commercial_partner_id", "any", [("interaction_accountant_id", "=", anna)])],
            [("matter_id.user_id", "=", anna)],
            [("matter_id", "not any", [("user_id", "=", me)])],
            ["!", ("matter_id.user_id", "=", me)],
            [("matter_id.interaction_ids.user_id", "=", anna)],
            [("type_change_ids.user_id", "=", anna)],
            [("message_id.author_id", "=", self.anna.partner_id.id)],
            *([(f"message_id.{name}", "ilike", "anna")] for name in ("email_from", "reply_to")),
            [("message_id.notification_ids.author_id", "=", self.anna.partner_id.id)],
            [("why", "ilike", "anna")],
            [("matter_link", "ilike", "anna")],
            [("type_change_ids.before", "ilike", "anna")],
            [("commercial_partner_id.message_partner_ids", "in", self.anna.partner_id.ids)],
            [("commercial_partner_id.message_follower_ids.partner_id", "in", self.anna.partner_id.ids)],
        ):
            with self.subTest(domain=domain):
                for method in ("search", "search_count", "search_read"):
                    self.assert_refused(self.gleb, "crm.interaction", method, domain)
                self.assert_refused(self.gleb, "crm.interaction", "web_search_read", domain, {"id": {}})
                self.assert_refused(self.gleb, "crm.interaction", "formatted_read_group", domain, [], ["__count"])
                self.assert_refused(self.gleb, "crm.interaction", "web_read_group", domain, ["kind_id"])
                self.assert_refused(self.gleb, "crm.interaction", "name_search", "", domain)

    def test_sorting_by_person_is_refused(self):
        for order in ("user_id", "date desc, user_id desc", "create_uid nulls last", "user_id.id"):
            self.assert_refused(self.gleb, "crm.interaction", "search", [], order=order)
            self.assert_refused(self.gleb, "crm.interaction", "search_read", [], ["id"], order=order)
            self.assert_refused(self.gleb, "crm.interaction", "web_search_read", [], {"id": {}}, order=order)

    def test_export_of_others_is_refused(self):
        ids = self.env["crm.interaction"].search([("user_id", "in", (self.anna | self.boris).ids)]).ids
        for column in (
            "user_id",
            "user_id/id",
            "user_id/.id",
            "user_id/partner_id/email",
            "accountant_id",
            "create_uid/login",
            "matter_id/user_id",
            "commercial_partner_id/interaction_accountant_id/name",
            "commercial_partner_id/user_id",
        ):
            with self.subTest(column=column):
                self.assert_refused(self.gleb, "crm.interaction", "export_data", ids, ["date", column])
        self.call(self.gleb, "crm.interaction", "export_data", ids, ["date", "commercial_partner_id/name", "kind_id"])

    def test_export_through_another_model_is_refused(self):
        interaction = self.env["crm.interaction"].search([("user_id", "=", self.anna.id)], limit=1)
        lead = self.env["crm.lead"].create({"name": "Offer", "interaction_id": interaction.id})
        self.gleb.group_ids += self.env.ref("sales_team.group_sale_salesman_all_leads")
        self.assert_refused(self.gleb, "crm.lead", "export_data", lead.ids, ["name", "interaction_id/user_id"])

    def test_own_figures_can_be_read(self):
        own = [("user_id", "=", self.anna.id)]
        groups = self.call(self.anna, "crm.interaction", "formatted_read_group", own, ["user_id"], ["__count"])
        self.assertEqual([(group["user_id"][0], group["__count"]) for group in groups], [(self.anna.id, 2)])
        found = self.call(self.anna, "crm.interaction", "search", own, order="user_id, date")
        self.assertEqual(len(found), 2)
        rows = self.call(self.anna, "crm.interaction", "export_data", found, ["user_id/.id", "duration"])["datas"]
        self.assertEqual({row[0] for row in rows}, {str(self.anna.id)})
        result = self.call(self.anna, "crm.interaction", "web_read_group", own, ["user_id"], auto_unfold=True)
        self.assertEqual(len(result["groups"][0]["__records"]), 2)
        mine = [("person_id", "=", self.anna.id)]
        measures = ["our_due_count:sum"]
        self.call(self.anna, "crm.interaction.matter.person", "formatted_read_group", mine, ["person_id"], measures)

    def test_own_among_several_does_not_reveal_others(self):
        mine = [("complaint_about_ids", "in", self.gleb.ids)]
        self.call(self.gleb, "crm.interaction.matter", "search", mine)
        self.assert_refused(
            self.gleb, "crm.interaction.matter", "formatted_read_group", mine, ["complaint_about_ids"], ["__count"]
        )
        either = ["|", ("user_id", "=", self.gleb.id), ("date", "!=", False)]
        self.assert_refused(self.gleb, "crm.interaction", "formatted_read_group", either, ["user_id"], ["__count"])

    def test_daily_work_goes_on(self):
        anna = self.env["crm.interaction"].with_user(self.anna)
        one = anna.search([("commercial_partner_id.interaction_is_mine", "=", True)], limit=1)
        self.assertEqual(one.web_read({"user_id": {"fields": {"display_name": {}}}})[0]["user_id"]["id"], self.anna.id)
        self.assertFalse(anna.search([("user_id", "=", False)]))
        self.assertTrue(anna.search([("user_id", "!=", False)]))
        self.assertEqual(anna.review_counts()["mine"], 2)
        self.assertTrue(self.env["crm.interaction.matter"].with_user(self.anna).waiting_counts()["mine"])

    def test_own_queue_can_be_read_in_lists_and_groups(self):
        left = ["&", ("user_id.active", "=", False), ("commercial_partner_id.interaction_is_mine", "=", True)]
        queue = ["|", ("user_id", "=", self.anna.id), *left]
        self.assertTrue(self.call(self.anna, "crm.interaction", "web_search_read", queue, {"id": {}})["length"])
        self.assertTrue(self.call(self.anna, "crm.interaction", "web_read_group", queue, ["state"])["length"])

    def test_rows_of_others_have_no_name(self):
        for model, name in (
            ("crm.interaction.hours", "user_id"),
            ("crm.interaction.matter.person", "person_id"),
            ("crm.interaction.matter.turn", "user_id"),
        ):
            rows = self.call(self.gleb, model, "search_read", [], [name, "company_id"])
            self.assertTrue(rows)
            self.assertFalse([row for row in rows if row[name]])
            own = self.call(self.anna, model, "search_read", [], [name])
            self.assertEqual({row[name] and row[name][0] for row in own}, {self.anna.id})
            everything = self.env[model].search([])
            self.assertLessEqual(self.anna | self.boris, everything.mapped(name))

    def test_sums_count_hidden_persons_too(self):
        groups = self.call(
            self.gleb, "crm.interaction.hours", "formatted_read_group", [], ["partner_id"], ["contact_hours:sum"]
        )
        found = {group["partner_id"][0]: group["contact_hours:sum"] for group in groups if group["partner_id"]}
        self.assertEqual((found[self.alfa.id], found[self.beta.id]), (2, 2))

    def test_hidden_row_of_hours_opens_its_interactions(self):
        hours = self.env["crm.interaction.hours"].with_user(self.gleb).search([("partner_id", "=", self.alfa.id)])
        domain = hours.action_view_interactions()["domain"]
        self.assertEqual(len(self.call(self.gleb, "crm.interaction", "search", domain)), 2)

    def test_superuser_and_sudo_are_not_refused(self):
        interactions = self.env["crm.interaction"]
        self.assertTrue(interactions._read_group([], ["user_id"], ["__count"]))
        sudo = interactions.with_user(self.gleb).sudo()
        self.assertTrue(sudo.search([("user_id", "=", self.anna.id)], order="user_id"))
        self.assertTrue(sudo._read_group([("accountant_id", "=", self.anna.id)], ["create_uid"]))

    def test_scheduled_jobs_go_on(self):
        for name in ("cron_matters", "cron_matter_reminders", "cron_refresh_indicators", "cron_recommendations"):
            self.env.ref(f"crm_outsourcing_interactions.{name}").method_direct_trigger()

    def test_views_do_not_begin_with_persons(self):
        for model, view in (("crm.interaction.matter.person", "pivot"), ("crm.interaction.matter.person", "graph")):
            arch = self.call(self.gleb, model, "get_view", view_type=view)["arch"]
            self.assertNotIn("person_id", arch)
            self.assertIn("person_id", self.env[model].get_view(view_type=view)["arch"])
        search = self.call(self.gleb, "crm.interaction", "get_view", view_type="search")["arch"]
        self.assertNotIn("'group_by': 'user_id'", search)
        self.assertNotIn("'group_by': 'accountant_id'", search)
        self.assertIn("('user_id', '=', uid)", search)

    def test_no_model_with_figures_by_person_is_forgotten(self):
        left = {"crm.interaction.method.change", "crm.interaction.rule", "crm.interaction.target"}  # configuration
        left.add("crm.interaction.sent.report")  # letters, each signed by its sender
        for name in self.env.registry:
            model = self.env[name].with_user(self.anna)
            users = [
                f for f in model._fields.values() if f.comodel_name == "res.users" and f.name not in LOG_ACCESS_COLUMNS
            ]
            is_figure = users and not model._transient and not model._abstract and model.has_access("read")
            if name.startswith("crm.interaction") and is_figure and name not in left:
                self.assertTrue(hasattr(model, "_check_persons"), name)

    def test_message_says_what_to_do(self):
        with self.assertRaisesRegex(AccessError, r"Responsible.*Group or filter by client"):
            self.call(self.gleb, "crm.interaction", "formatted_read_group", [], ["user_id"], ["__count"])

    def test_wrong_paths_raise_what_odoo_raises(self):
        for domain in ([("nothing.user_id", "=", 1)], [("nothing", "any", [("user_id", "=", 1)])]):
            with self.assertRaises(ValueError):
                self.call(self.gleb, "crm.interaction", "search", domain)
