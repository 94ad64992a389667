"""Test the figures of Clients, and the records behind them."""

from freezegun import freeze_time
from lxml import etree

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests.common import tagged

from .target_common import ClientFiguresCase

FIGURES = (
    "months", "kinds", "improvement_ratio", "additional_ratio", "open_share", "open_complaints", "targets_off",
    "oldest_unanswered", "waiting_us", "waiting_client", "last_answer", "contact_hours", "change",
)  # fmt: skip


@tagged("post_install", "-at_install")
class TestClientsFigures(ClientFiguresCase):
    def test_client_without_interactions_has_empty_figures(self):
        row = self.row(client=self.make_client(is_outsourcing_client=True), user=self.manager)
        self.assertEqual((row.interaction_count, row.targets_off, row.open_complaints), (0, 0, 0))
        self.assertEqual(row.shown["months"], [0] * 12)
        self.assertIsNone(row.shown["measured"]["improvement_ratio"]["value"])
        self.assertEqual(row.shown["change"]["code"], "new")
        self.assertTrue(row.refreshed_on)

    def test_months_kinds_and_ratios(self):
        self.log_many(self.client, "2025-11-05", {"1.1.2": 2})
        self.log_many(self.client, "2026-08-05", {"1.1.2": 10, "2.2.1": 2})
        self.log_many(self.client, "2026-10-05", {"1.1.2": 10})
        row = self.row()
        self.assertEqual(row.shown["months"], [2, *[0] * 8, 12, 0, 10])
        self.assertEqual(row.interaction_count, 22)
        self.assertEqual([kind["n"] for kind in row.shown["kinds"]], [20, 2])
        self.assertAlmostEqual(row.improvement_ratio, 0.1)
        self.assertEqual(len(self.behind(row, "months")), 24)
        self.assertEqual(len(self.behind(row, "interaction_count")), row.interaction_count)
        self.assertEqual(len(self.behind(row, "kinds")), 22)

    def test_clients_without_figures_come_last(self):
        old = self.row()
        new = self.make_client(name="AAA New", is_outsourcing_client=True)
        rows = old.with_user(self.manager).search([("partner_id", "in", (new | self.client).ids)])
        self.assertEqual(rows.partner_id.ids, [self.client.id, new.id])

    def test_month_is_that_of_the_company(self):
        """An interaction at 22:30 UTC of September's last day is one of October in Moscow."""
        self.env.company.interaction_tz = "Europe/Moscow"
        self.log(partner_id=self.client.id, date="2026-09-30 22:30:00", type_id=self.type_("1.1.2").id)
        self.assertEqual(self.row().shown["months"][-2:], [0, 1])

    def test_ratio_has_the_verdict_of_its_indicator(self):
        self.make_target(low=0.2)
        self.log_many(self.client, "2026-10-05", {"1.1.2": 10, "2.2.1": 1})
        row = self.row()
        found = row.shown["measured"]["improvement_ratio"]
        self.assertEqual((found["zone"], found["from"], found["to"], row.targets_off), ("red", 0.2, None, 1))
        self.assertEqual(len(self.behind(row, "improvement_ratio")), 11)
        self.assertEqual(self.behind(row, "targets_off").partner_id, self.client)

    def test_own_name_of_the_target_and_actions_taken_are_shown(self):
        target = self.make_target(low=0.2, name="Praise for Us", partner_id=self.client.id)
        self.log_many(self.client, "2026-10-05", {"1.1.2": 10})
        self.row()
        action = self.env["crm.interaction.corrective.action"].search([("act", "=", "activity")], limit=1)
        vals = {"indicator_id": self.indicator(target=target).id, "corrective_action_id": action.id}
        with freeze_time("2026-09-15 12:00:00"):
            taken = self.env["crm.interaction.taken.action"].create(vals)
        shown = self.row().shown
        self.assertEqual(shown["measured"]["improvement_ratio"]["name"], "Praise for Us")
        self.assertEqual(shown["marks"], [{"month": 10, "ids": taken.ids, "names": [taken.display_name]}])

    def test_part_to_review_widens_the_range(self):
        self.log_many(self.client, "2026-10-05", {"1.1.2": 9})
        waiting = self.ask()
        waiting._by_code().write({"state": "to_review", "classified_by": "suggestion"})
        row = self.row()
        self.assertAlmostEqual(row.open_share, 0.1)
        found = row.shown["measured"]["improvement_ratio"]
        self.assertLess(found["low"], found["high"])
        self.assertEqual(self.behind(row, "open_share"), waiting)

    def test_open_matters_of_both_sides(self):
        asked = self.ask(record=self.make_task(partner_id=self.client.id))
        row = self.row()
        self.assertEqual((row.waiting_us, row.waiting_client), (1, 0))
        self.assertEqual(row.oldest_unanswered, asked.matter_id.waiting_since)
        self.assertEqual(self.behind(row, "waiting_us"), asked.matter_id)

    def test_what_needs_attention_comes_first(self):
        late, quiet = self.make_client(name="A", is_outsourcing_client=True), self.client
        self.make_target(low=0.2, minimum_sample=5)
        off = self.make_client(name="Z", is_outsourcing_client=True)
        self.log_many(off, "2026-10-05", {"1.1.2": 10})
        self.log_many(quiet, "2026-10-05", {"2.2.1": 10, "1.1.2": 10})
        self.ask(late)
        angry = self.make_client(name="Y", is_outsourcing_client=True)
        complaint = self.ask(angry, polarity="negative")
        complaint.with_user(self.manager).sudo(False).tag({"type_id": self.type_("2.1.1").id})
        self.row()
        found = self.env["crm.interaction.client"].search([("company_id", "=", self.env.company.id)])
        names = [row.partner_id.name for row in found if row.partner_id in late | quiet | off | angry]
        self.assertEqual(names, ["Y", "Z", "A", "Target Client"])

    def test_change_against_the_same_months_a_year_before(self):
        self.log_many(self.client, "2025-08-05", {"1.1.2": 20, "2.2.1": 5})
        self.log_many(self.client, "2026-08-05", {"1.1.2": 20, "2.2.1": 25})
        self.log_many(self.client, "2026-10-05", {"1.1.2": 50})
        row = self.row()
        change = row.shown["change"]
        self.assertEqual((change["code"], change["before"], change["now"]), ("kind", 5, 25))
        self.assertEqual((change["first"], change["last"]), ("2026-07-01", "2026-09-01"))
        self.assertEqual(len(self.behind(row, "change")), 30)

    def test_hours_without_timesheets_have_no_share(self):
        self.log_many(self.client, "2026-10-05", {"1.1.2": 3}, duration=0.5)
        row = self.row()
        self.assertEqual((row.contact_hours, row.shown["share"]), (1.5, None))
        with self.assertRaises(AccessError):
            row.read(["cost"])
        self.assertEqual(row.with_user(self.manager).cost, 0)

    def test_names_of_kinds_are_those_of_the_reader(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        kind = self.type_("1.1.2").kind_id
        kind.with_context(lang="ru_RU").name = "Производственные"
        self.log_many(self.client, "2026-10-05", {"1.1.2": 3})
        row = self.row()
        self.assertEqual(row.with_context(lang="ru_RU").shown["kinds"][0]["name"], "Производственные")
        self.assertEqual(row.with_context(lang="en_US").shown["kinds"][0]["name"], kind.name)

    def test_every_figure_opens(self):
        self.log_many(self.client, "2026-10-05", {"1.1.2": 3})
        row = self.row()
        for figure in FIGURES:
            with self.subTest(figure):
                self.behind(row, figure)
        with self.assertRaises(UserError):
            row.view_evidence("password")
        stranger = self.make_staff(login="clients.stranger")
        with self.assertRaises(AccessError):
            row.with_user(stranger).view_evidence("months")

    def test_actions_of_a_row(self):
        row = self.row()
        self.assertEqual(row.action_open()["res_id"], self.client.id)
        [(view_id, _form)] = row.action_open()["views"]
        arch = etree.fromstring(self.env["res.partner"].with_user(self.staff).get_view(view_id, "form")["arch"])
        first, contract, contacts, details = arch.xpath("/form/sheet/notebook/page")[:4]
        self.assertEqual((first.get("name"), first.get("autofocus")), ("interaction_panel", "autofocus"))
        self.assertTrue(contract.xpath(".//field[@name='interaction_scope_ids']"), "drawn when its tab is opened")
        self.assertEqual((contacts.get("name"), contacts.get("autofocus")), ("contact_addresses", None))
        self.assertTrue(details.xpath(".//field[@name='street']"))
        default = self.env["res.partner"].with_user(self.staff).get_view(False, "form")
        self.assertNotEqual(default["id"], view_id)
        self.assertEqual(row.action_log()["params"]["partner_id"], self.client.id)
        self.assertEqual(row.action_report()["type"], "ir.actions.report")
        with self.assertRaises(AccessError):
            row.with_user(self.staff).action_set_target()
        context = row.with_user(self.manager).action_set_target()["context"]
        self.assertEqual(context["default_partner_id"], self.client.id)
        row.action_plan_feedback()
        self.assertTrue(self.client.activity_ids)

    def test_act_on_the_only_target_off_or_on_one_of_several(self):
        self.log_many(self.client, "2026-10-05", {"1.1.2": 20})
        with self.assertRaises(UserError):
            self.row().action_act()
        self.make_target(low=0.2)
        row = self.row()
        self.assertEqual(row.action_act()["context"], {"default_indicator_id": self.indicator().id})
        self.make_target(measure="additional_ratio", low=0.2)
        action = self.row().action_act()
        self.assertEqual(self.env[action["res_model"]].search(action["domain"]), self.indicator())
        with self.assertRaises(AccessError):
            row.with_user(self.make_staff(login="act.stranger")).action_act()

    def test_only_managers_refresh(self):
        rows = self.env["crm.interaction.client"]
        with self.assertRaises(AccessError):
            rows.with_user(self.staff).action_refresh()
        rows.with_user(self.manager).action_refresh()
        self.assertTrue(self.row().refreshed_on)
        self.assertIn("2026", fields.Date.to_string(self.row().refreshed_on))
        self.assertEqual(rows.with_user(self.staff).refreshed_since(), self.row().refreshed_on)

    def test_refreshed_since_is_the_oldest_of_active_companies(self):
        company = self.env["res.company"].create({"name": "Second Firm"})
        self.manager.company_ids += company
        self.log_many(self.client, "2026-10-05", {"1.1.2": 1}, company_id=company.id)
        rows = self.env["crm.interaction.client"].with_user(self.manager)
        with freeze_time("2026-10-19 18:45:00"):
            self.env["crm.interaction.client"]._refresh(company)
        new, old = self.row().refreshed_on, fields.Datetime.to_datetime("2026-10-19 18:45:00")
        for ids, moment in (([self.env.company.id], new), ([self.env.company.id, company.id], old)):
            self.assertEqual(rows.with_context(allowed_company_ids=ids).refreshed_since(), moment)

    def test_cost_of_a_page_does_not_grow(self):
        clients = self.env["res.partner"].create(
            [{"name": f"Client {n}", "is_outsourcing_client": True, "user_id": self.staff.id} for n in range(40)]
        )
        self.log_many(clients[0], "2026-10-05", {"1.1.2": 3})
        self.row()
        view = self.env.ref("crm_outsourcing_interactions.crm_interaction_client_view_list")
        rows = self.env["crm.interaction.client"].with_user(self.manager)
        names = [n.get("name") for n in view._get_combined_arch().iter("field")]
        people = {"accountant_id", "supervisor_id", "team_ids", "partner_id", "service_ids"}
        spec = {name: {"fields": {"display_name": {}}} if name in people else {} for name in names}
        counts = []
        for limit in (1, 40):
            page = lambda limit=limit: rows.web_search_read([], spec, limit=limit, count_limit=10001)  # noqa: E731
            page()
            counts.append(self.count_statements(page))
        self.assertEqual(*counts)
        self.assertLessEqual(counts[0], 14)
