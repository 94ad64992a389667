import io
import json

from openpyxl import load_workbook

from odoo.http import Request
from odoo.tests.common import HttpCase, tagged

from .common import InteractionCase

TITLES = ("Contacts (% of row)", "Interactions", "Improvements / Base")
HEADER = {"title": "Total", "width": 3, "height": 1, "is_bold": False}


@tagged("post_install", "-at_install")
class TestAnalysisExport(InteractionCase, HttpCase):
    """Test the XLSX file of a pivot by reading it."""

    def export(self, **changes):
        table = {
            "model": "crm.interaction",
            "title": "Доли",
            "measure_count": 3,
            "formats": ["0.0%", None, "0.0%"],
            "col_group_headers": [[HEADER]],
            "measure_headers": [{"title": title, "is_bold": False} for title in TITLES],
            "rows": [
                {"title": "Total", "indent": 0, "values": [{"value": 1}, {"value": 8}, {"value": 0.08}]},
                {"title": "Улучшения", "indent": 1, "values": [{"value": 0.125}, {"value": 1}, {"value": ""}]},
            ],
            **changes,
        }
        self.authenticate(self.staff.login, self.staff.login)
        response = self.url_open(
            "/crm_interaction/pivot_xlsx",
            data={"csrf_token": Request.csrf_token(self)},
            files={"data": ("table.json", json.dumps(table), "application/json")},
        )
        self.assertEqual(response.status_code, 200)
        self.assertIn("spreadsheetml", response.headers["Content-Type"])
        return load_workbook(io.BytesIO(response.content)).active

    def test_shares_are_percentages_for_excel(self):
        sheet = self.export()
        self.assertEqual(sheet.title, "Доли")
        rows = list(sheet.iter_rows(min_row=2, values_only=True))
        self.assertEqual(rows[0][1:], TITLES)
        self.assertEqual(rows[1][1:], (1, 8, 0.08))
        self.assertEqual([cell.number_format for cell in sheet[3][1:]], ["0.0%", "General", "0.0%"])

    def test_what_has_no_base_is_empty(self):
        sheet = self.export()
        self.assertEqual([cell.value for cell in sheet[4]][1:], [0.125, 1, None])

    def test_without_formats_it_is_the_standard_file(self):
        sheet = self.export(formats=[])
        self.assertEqual({cell.number_format for cell in sheet[3][1:]}, {"General"})
