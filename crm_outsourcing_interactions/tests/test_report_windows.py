from datetime import date

from lxml import html

from odoo.tests.common import tagged

from .test_report_client_page import ClientPageCase, text


@tagged("post_install", "-at_install")
class TestReportWindows(ClientPageCase):
    """Test that values that may differ for the same month name the months measured."""

    def setUp(self):
        super().setUp()
        indicator = self.make_missed_target(is_shown_to_client=True, client_text="Talks")
        indicator.write({"window_months": 3, "confirmed_n": 40})

    def heading_and_row(self, sheet, first):
        rows = list(sheet.iter_rows(values_only=True))
        start = next(number for number, row in enumerate(rows) if row[0] == first and row[1])
        return dict(zip(rows[start], rows[start + 1], strict=True))

    def test_workbook(self):
        book = self.summary_report()
        row = self.heading_and_row(book["Indicators"], "Client")
        self.assertEqual((row["Month"], row["Measured Over"]), ("February 2026", "Dec 2025 – Feb 2026"))
        self.assertEqual(self.heading_and_row(book["Clients"], "Client")["Measured Over"], "February 2026")

    def test_page_of_the_client(self):
        [table] = html.fromstring(self.page()).xpath("//h5[.='Our Agreements']/following-sibling::table[1]")
        self.assertIn("Measured Over", text(table))
        self.assertIn("Dec 2025 – Feb 2026", text(table))

    def test_interval_has_no_window(self):
        self.env["crm.interaction.indicator"].search([("month", "=", date(2026, 2, 1))]).window_months = 0
        row = self.heading_and_row(self.summary_report()["Indicators"], "Client")
        self.assertEqual(row["Measured Over"], "Since the last one")
