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
        self.assertEqual(row.view_evidence("kinds")["context"], {"search_default_group_kind": 1})
        listed = self.env["crm.interaction"].get_view(row.view_evidence("kinds")["views"][0][0], "list")["arch"]
        self.assertIn('expand="1"', listed)

    def test_list_behind_a_ratio_names_the_figure_for_a_target(self):
        self.log_many(self.client, "2026-10-05", {"1.1.2": 10})
        context = self.row().view_evidence("improvement_ratio")["context"]
        rows = self.env["crm.interaction"].with_user(self.manager).with_context(**context)
        values = rows.action_set_client_target()["context"]
        self.assertEqual(values["default_partner_id"], self.client.id)
        self.assertEqual((values["default_measure"], values["default_window_months"]), ("improvement_ratio", 3))

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
