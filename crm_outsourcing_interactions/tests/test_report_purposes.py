from datetime import datetime

from lxml import html

from odoo.tests.common import tagged

from .test_report_client_page import SHARES, ClientPageCase, text
from .test_summary_report import FEBRUARY


@tagged("post_install", "-at_install")
class TestReportPurposes(ClientPageCase):
    """Test that an interaction counts once and each of its purposes under its own kind."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.interactions.action_archive()
        cls.capture_of_client()

    @classmethod
    def capture_of_client(cls):
        """Three contacts of the first client as captured, one with a second purpose of another kind."""
        contacts = cls.capture(*(datetime(2026, 2, day, 12) for day in (3, 4, 10)), partner=cls.client_company)
        contacts._by_code().write({"type_id": cls.type_("1.1.2").id, "state": "confirmed"})
        cls.first = contacts[0]
        cls.second = (
            cls.env["crm.interaction"]
            ._by_code()
            .create({**cls.first._prepare_split_vals(), "type_id": cls.type_("2.2.1").id})
        )

    def test_page_of_the_client(self):
        content = self.page()
        [lead] = html.fromstring(content).xpath("//p[contains(., 'Interactions with you')]")
        self.assertEqual(text(lead), "Interactions with you in February 2026: 3 · Purposes: 4")
        rows = self.rows(content, SHARES)
        self.assertEqual(sum(int(row[0]) for row in rows.values()), 4)
        headings = html.fromstring(content).xpath("//th/text()")
        self.assertIn("Purposes", headings)
        self.assertNotIn("Interactions", headings)

    def test_page_without_second_purposes_names_contacts_only(self):
        self.second._by_code().unlink()
        [lead] = html.fromstring(self.page()).xpath("//p[contains(., 'Interactions with you')]")
        self.assertEqual(text(lead), "Interactions with you in February 2026: 3")

    def test_button_of_the_client(self):
        self.env.invalidate_all()
        self.assertEqual(self.client_company.with_user(self.manager).interaction_count, 3)
        self.assertEqual(self.client_company.with_user(self.manager).interaction_sparkline[0]["n"], 0)

    def test_workbook(self):
        summary_report = self.summary_report()
        kinds = self.table(summary_report["Shares"], "Kind")
        self.assertEqual(kinds["All purposes"][0], 4)
        self.assertIn("Interactions: 3, purposes: 4", " ".join(str(row[0]) for row in summary_report["Shares"].values))
        for sheet, first, line in (("Shares", "Month", "February 2026"), ("Clients", "Client", "Client 0")):
            header = self.header(summary_report[sheet], first)
            row = dict(zip(header[1:], self.table(summary_report[sheet], first)[line], strict=False))
            self.assertEqual((row["Interactions"], row["Purposes"]), (3, 4))
        self.assertEqual(self.table(summary_report["Clients"], "Client")["All clients"][-1], 4)

    def header(self, sheet, first):
        """Return the headings of the table whose first one is ``first``."""
        return next(row for row in sheet.iter_rows(values_only=True) if row[0] == first and row[1])

    def test_first_views_of_shares_count_purposes(self):
        """By kind a contact would count under its first purpose only, and the shares would be of purposes."""
        for view in ("pivot", "graph"):
            arch = self.env.ref(f"crm_outsourcing_interactions.crm_interaction_view_{view}").arch
            self.assertFalse(html.fromstring(arch).xpath("//field[@name='interaction_count'][@type='measure']"))
        domain = [("month", "=", FEBRUARY.start)]
        groups = dict(self.env["crm.interaction"]._read_group(domain, ["kind_id"], ["__count"]))
        self.assertEqual(sum(groups.values()), 4)

    def test_terminal(self):
        table = self.env["crm.interaction"]._share_table([("month", "=", FEBRUARY.start)])
        self.assertRegex(table, r"All purposes +4 ")
