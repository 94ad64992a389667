from odoo.exceptions import AccessError
from odoo.tests.common import tagged

from ..models.events.marks import marked
from .persons_common import PersonsCase


@tagged("post_install", "-at_install")
class TestPersonsOfTeam(PersonsCase):
    setting = "team"

    def groups(self, user, *people):
        domain = [("user_id", "in", [person.id for person in people])] if people else []
        groups = self.call(user, "crm.interaction", "formatted_read_group", domain, ["user_id"], ["__count"])
        return {group["user_id"][0]: group["__count"] for group in groups}

    def test_supervisor_reads_figures_of_own_accountants(self):
        self.assertEqual(self.groups(self.vera, self.anna, self.vera), {self.anna.id: 2})
        self.assertEqual(self.groups(self.gleb, self.boris), {self.boris.id: 2})
        found = self.call(self.vera, "crm.interaction", "search", [("accountant_id", "=", self.anna.id)])
        self.call(self.vera, "crm.interaction", "export_data", found, ["user_id", "accountant_id"])
        rows = self.call(self.vera, "crm.interaction.hours", "search_read", [], ["user_id"])
        self.assertEqual({row["user_id"][0] for row in rows}, {self.anna.id})

    def test_others_are_refused_to_managers_too(self):
        with self.assertRaisesRegex(AccessError, "own team"):
            self.groups(self.gleb, self.anna)
        with self.assertRaisesRegex(AccessError, "own team"):
            self.groups(self.gleb)
        with self.assertRaisesRegex(AccessError, "own team"):
            self.groups(self.boris, self.anna)
        rows = self.call(self.gleb, "crm.interaction.hours", "search_read", [], ["user_id"])
        self.assertEqual({row["user_id"] and row["user_id"][0] for row in rows}, {self.boris.id, False})

    def test_turns_name_the_own_team_only(self):
        for user, names in (
            (self.vera, {self.anna.id}),
            (self.gleb, {self.boris.id, False}),
            (self.boris, {self.boris.id, False}),
        ):
            rows = self.call(user, "crm.interaction.matter.turn", "search_read", [], ["user_id", "hours"])
            self.assertEqual({row["user_id"] and row["user_id"][0] for row in rows}, names, user.login)

    def test_person_of_an_answer_is_not_read_from_the_matter(self):
        for setting in ("nobody", "team", "everybody"):
            self.env.company.interaction_names_in_figures = setting
            for name in ("answer_user_id", "answer_user_hours", "is_answerer"):
                with self.assertRaises(AccessError):
                    self.call(self.gleb, "crm.interaction.matter", "search_read", [], [name, "our_late"])
        persons = self.call(self.gleb, "crm.interaction.matter.person", "search_read", [], ["person_id"])
        self.assertEqual({row["person_id"][0] for row in persons}, {self.anna.id, self.boris.id})

    def test_search_views_keep_the_groupings(self):
        arch = self.call(self.gleb, "crm.interaction", "get_view", view_type="search")["arch"]
        self.assertIn("'group_by': 'user_id'", arch)


@tagged("post_install", "-at_install")
class TestPersonsOfEverybody(PersonsCase):
    setting = "everybody"

    def test_everything_is_allowed_and_costs_nothing(self):
        interactions = self.env["crm.interaction"].with_user(self.gleb)

        def read():
            interactions.search_count([("user_id", "=", self.anna.id)])
            interactions._read_group([], ["user_id"], ["__count"])

        read()
        number = self.count_statements(read)
        with self.subTest("as many statements as in sudo"):
            self.assertEqual(number, 2)

    def test_strictest_of_the_active_companies_holds(self):
        other = self.env["res.company"].create({"name": "Other", "interaction_names_in_figures": "nobody"})
        self.gleb.company_ids += other
        interactions = self.env["crm.interaction"].with_user(self.gleb)
        here = interactions.with_context(allowed_company_ids=self.env.company.ids)
        self.assertTrue(here._read_group([], ["user_id"]))
        for companies in (other, self.env.company + other, other + self.env.company):
            with self.assertRaises(AccessError):
                interactions.with_context(allowed_company_ids=companies.ids)._read_group([], ["user_id"])
        with self.assertRaises(AccessError):
            interactions._read_group([], ["user_id"])  # an RPC without active companies is in all of the user's
        other.interaction_names_in_figures = "team"
        both = interactions.with_context(allowed_company_ids=(self.env.company + other).ids)
        self.assertTrue(both._read_group([("user_id", "=", self.boris.id)], ["user_id"]))
        with self.assertRaises(AccessError):
            both._read_group([], ["user_id"])

    def test_requests_cannot_switch_the_setting_off(self):
        self.env.company.interaction_names_in_figures = "nobody"
        interactions = self.env["crm.interaction"].with_user(self.gleb)
        for name in ("interaction_standard_read", "interaction_names_in_figures", "active_test"):
            with self.assertRaises(AccessError):
                interactions.with_context(**{name: False})._read_group([], ["user_id"])
        with self.assertRaises(AccessError):
            marked(interactions, "interaction_standard_read")._read_group([], ["user_id"])

    def test_settings_are_changed_by_administrators_only(self):
        with self.assertRaises(AccessError):
            self.env.company.with_user(self.gleb).interaction_names_in_figures = "nobody"
