import io
from datetime import date
from unittest.mock import patch

from freezegun import freeze_time
from openpyxl import load_workbook

from odoo.tests.common import HttpCase, tagged

from ..controllers.pivot_export import ShareExporter
from .common import InteractionCase

TYPES_BY_MONTH = {9: ("1.1.1", "4.2.1", "3.1.1", False), 10: ("1.1.1", "1.1.2", "1.2.1", "2.1.1")}


@tagged("post_install", "-at_install")
class TestAnalysisTour(InteractionCase, HttpCase):
    """Test the shares in the browser as a manager."""

    def setUp(self):
        super().setUp()
        self.env["crm.interaction"].search([]).write({"active": False})
        self.env["crm.interaction.method.change"].search([]).unlink()
        client = self.make_client()
        for month, codes in TYPES_BY_MONTH.items():
            for code in codes:
                type_id = self.type_(code).id if code else False
                self.log(partner_id=client.id, type_id=type_id, date=f"2026-{month:02}-15 12:00:00")

    def test_pivot_modes_and_export(self):
        self.env["ir.filters"].create(
            {
                "name": "Shares of Months",
                "model_id": "crm.interaction",
                "action_id": self.env.ref("crm_outsourcing_interactions.crm_interaction_action_shares").id,
                "user_ids": self.manager.ids,
                "is_default": True,
                "context": "{'pivot_share_mode': 'column'}",
            }
        )
        files = []
        with_formats = ShareExporter._with_formats

        def keep(exporter, *args):
            files.append(with_formats(exporter, *args))
            return files[-1]

        with patch.object(ShareExporter, "_with_formats", keep):
            self.start_tour("/odoo/interaction-shares", "crm_interaction_pivot_modes", login=self.manager.login)
        self.assert_exported(load_workbook(io.BytesIO(files[0])).active)

    def assert_exported(self, sheet):
        """The file holds what the database says: shares of columns beside their n, ratios, and empty cells."""
        titles = [cell.value for cell in sheet[3]]
        contacts = ["Purposes (% of column)", "Purposes", "Purposes (Range)"]
        self.assertEqual(titles[1:], 3 * contacts)
        rows = {row[0].strip(): row[1:] for row in sheet.iter_rows(min_row=4, values_only=True)}
        self.assertEqual(rows["Total"], (1, 4, None, 1, 4, None, 1, 8, None))
        production = next(row for title, row in rows.items() if title.startswith("1 "))
        expected = (0.25, 1, "25.0%–50.0% · bounds", 0.75, 3, "exact", 0.5, 4, "50.0%–62.5% · bounds")
        self.assertEqual(production, expected)
        improvements, additional = (rows[f"{name} / Base"][:6] for name in ("Improvements", "Additional Services"))
        self.assertEqual(improvements, (0, None, "0.0%–50.0% · bounds", 1 / 3, None, "exact"))
        self.assertEqual(additional, (0.5, None, "33.3%–100.0% · bounds", 0, None, "exact"))
        self.assertEqual(rows["Unclassified"][:2], (0.25, 1))
        self.assertEqual(rows["Unclassified"][3:5], (None, None))
        self.assertEqual(sheet.cell(4, 2).number_format, "0.0%")

    def test_graph_modes_and_marks(self):
        with freeze_time("2026-10-05 12:00:00"):
            self.env.company.interaction_log_campaign = True
        self.assertEqual(self.env["crm.interaction.method.change"].search([]).date, date(2026, 10, 5))
        self.start_tour("/odoo/interaction-shares", "crm_interaction_graph_modes", login=self.manager.login)
