"""Test the records behind the figures of Clients."""

from freezegun import freeze_time

from odoo.tests.common import tagged

from .target_common import ClientFiguresCase


@tagged("post_install", "-at_install")
class TestClientsEvidence(ClientFiguresCase):
    def test_list_behind_a_figure_names_client_and_months(self):
        self.log_many(self.client, "2025-08-05", {"1.1.2": 2})
        self.log_many(self.client, "2026-08-05", {"1.1.2": 30})
        row = self.row()
        names = {
            figure: row.view_evidence(figure)["display_name"] for figure in ("kinds", "months", "change", "waiting_us")
        }
        self.assertEqual(names["kinds"], f"{self.client.name}, Aug–Oct 2026")
        self.assertEqual(names["months"], f"{self.client.name}, Nov 2025 – Oct 2026")
        self.assertEqual(names["change"], f"{self.client.name}, Jul–Sep 2026, Jul–Sep 2025")
        self.assertTrue(names["waiting_us"].endswith(f": {self.client.name}"))
        grouped, figure = row.view_evidence("kinds")["context"], self.figure(row, "kinds")
        self.assertEqual(grouped, {"search_default_group_kind": 1, "interaction_figure": figure})
        listed = self.env["crm.interaction"].get_view(row.view_evidence("kinds")["views"][0][0], "list")["arch"]
        self.assertIn('expand="1"', listed)

    def figure(self, row, figure):
        return row.view_evidence(figure)["context"].get("interaction_figure")

    def set_target(self, action):
        """Return the first values of *Set Client Target* in the list that an action opens."""
        rows = self.env[action["res_model"]].with_user(self.manager).with_context(**action["context"])
        self.assertIn('name="action_set_client_target"', rows.get_view(action["views"][0][0], "list")["arch"])
        return rows.action_set_client_target()["context"]

    def test_list_behind_every_figure_of_a_target_sets_it(self):
        self.log_many(self.client, "2025-08-05", {"1.1.2": 20, "2.2.1": 5})
        self.log_many(self.client, "2026-08-05", {"1.1.2": 20, "2.2.1": 25})
        row = self.row()
        expected = {
            "months": ("interactions_month", 12),
            "interaction_count": ("interactions_month", 3),
            "kinds": ("kind_share", 3),
            "improvement_ratio": ("improvement_ratio", 3),
            "additional_ratio": ("additional_ratio", 3),
            "open_share": ("open_share", 3),
            "change": ("kind_share", 3),
        }
        for figure, found in expected.items():
            with self.subTest(figure):
                values = self.set_target(row.view_evidence(figure))
                self.assertEqual((values["default_measure"], values["default_window_months"]), found)
                self.assertEqual(values["default_partner_id"], self.client.id)
        self.assertEqual(self.figure(row, "change")["kind_id"], self.type_("2.2.1").kind_id.id)
        values = self.set_target(row.view_evidence("last_answer"))
        self.assertEqual(values["default_type_id"], self.type_("2.2.1").id)
        for figure in ("open_complaints", "targets_off", "waiting_us", "waiting_client", "contact_hours"):
            self.assertIsNone(self.figure(row, figure), "measured by no target")

    def test_figures_with_an_indicator_set_its_target(self):
        self.make_target(low=0.2, tolerance=0.02)
        answers = self.make_target(measure="matter_interactions", bound="ceiling", high=4, window_months=3)
        self.log_many(self.client, "2026-10-05", {"1.1.2": 10})
        self.ask(record=self.make_task(partner_id=self.client.id))
        values = self.set_target(self.row().view_evidence("improvement_ratio"))
        self.assertEqual((values["default_measure"], values["default_tolerance"]), ("improvement_ratio", 0.02))
        self.assertEqual(values["default_window_months"], 1)
        indicator = self.indicator(target=answers).with_user(self.staff)
        values = self.set_target(indicator.action_view_evidence())
        self.assertEqual((values["default_measure"], values["default_high"]), ("matter_interactions", 4))
        firm = self.indicator(client=self.env["res.partner"], target=answers)
        self.assertNotIn("interaction_figure", firm.action_view_evidence()["context"])

    def test_target_of_a_figure_is_one_of_its_company(self):
        company = self.env["res.company"].create({"name": "Second Firm"})
        self.manager.company_ids += company
        self.client.is_outsourcing_client = True
        self.log_many(self.client, "2026-10-05", {"1.1.2": 10}, company_id=company.id)
        self.env["crm.interaction.client"]._refresh(company)
        rows = self.env["crm.interaction.client"].with_user(self.manager)
        rows = rows.with_context(allowed_company_ids=[self.env.company.id, company.id])
        row = rows.search([("partner_id", "=", self.client.id), ("company_id", "=", company.id)])
        self.assertEqual(self.set_target(row.view_evidence("kinds"))["default_company_id"], company.id)

    def test_evidence_is_what_the_refresh_has_counted(self):
        self.make_target(low=0.9), self.make_target(low=0.0, measure="additional_ratio")
        self.log_many(self.client, "2026-08-05", {"1.1.2": 1})
        self.log_many(self.client, "2026-10-05", {"1.1.2": 10, "2.2.1": 1})
        complaint, old = (self.ask(record=self.make_task(partner_id=self.client.id), polarity="negative") for _ in "ab")
        complaint.with_user(self.manager).sudo(False).tag({"type_id": self.type_("2.1.1").id})
        old.with_user(self.manager).sudo(False).tag({"type_id": self.type_("2.1.1").id})
        old.matter_id._by_code().from_history = True
        row = self.row()
        self.assertEqual((row.targets_off, row.open_complaints), (1, 1))
        self.assertEqual(self.behind(row, "targets_off").mapped("zone"), ["red"])
        self.assertEqual(self.behind(row, "open_complaints"), complaint.matter_id)
        for figure in ("targets_off", "open_complaints"):
            self.assertFalse(row.view_evidence(figure)["context"])
        before = len(self.behind(row, "kinds"))
        self.log_many(self.client, "2026-11-02", {"1.1.2": 1})
        with freeze_time("2026-11-03 09:00:00"):
            self.assertEqual(len(self.behind(row, "kinds")), before)
