import io
import tempfile
import tracemalloc
from unittest.mock import patch

import openpyxl

from odoo.tests.common import tagged

from ..report.summary_report_writer import write_summary_report
from .test_summary_report import FEBRUARY, SummaryReportCase

MEMORY = 12_000_000
"""Bytes for 50,000 contacts; read into one recordset they take more than 60 million."""


class SummaryReportSizeCase(SummaryReportCase):
    """Test the workbook without data and with a lot of data."""

    def insert(self, number):
        self.env["crm.interaction"].flush_model()
        self.env.cr.execute(
            """INSERT INTO crm_interaction (date, partner_id, commercial_partner_id, user_id, company_id, month,
                                            channel, subject, state, quality, active)
               SELECT timestamp '2026-02-01' + n * interval '40 seconds', %(client)s, %(client)s, %(user)s, %(company)s,
                      date '2026-02-01', 'email', 'Contact ' || n, 'to_review', 'unclassified', true
                 FROM generate_series(1, %(number)s) n""",
            {
                "client": self.clients[0].id,
                "user": self.staff.id,
                "company": self.env.company.id,
                "number": number,
            },
        )


@tagged("post_install", "-at_install")
class TestReportSummaryReportSize(SummaryReportSizeCase):
    def test_empty_database(self):
        summary_report = self.summary_report(with_contacts=True)
        self.assertEqual(self.table(summary_report["Shares"], "Kind")["All purposes"][:4], (0, "–", 0, "–"))
        self.assertEqual(self.table(summary_report["Shares"], "Ratio")["Improvements / base"][1], "–")
        self.assertEqual(summary_report["Shares"]._charts, [])
        self.assertEqual(summary_report["Interactions"].max_row, 4)

    def test_too_long_a_list_goes_on_on_the_next_sheet(self):
        self.insert(25)
        with patch("odoo.addons.crm_outsourcing_interactions.report.summary_report_writer.MAX_ROWS", 14):
            summary_report = self.summary_report(with_contacts=True)
        sheets = [summary_report[name] for name in summary_report.sheetnames if name.startswith("Interactions")]
        self.assertEqual([sheet.title for sheet in sheets], ["Interactions", "Interactions (2)", "Interactions (3)"])
        subjects = [row[8] for sheet in sheets for row in sheet.iter_rows(min_row=5, values_only=True)]
        self.assertEqual(subjects, [f"Contact {number}" for number in range(1, 26)])

    def test_long_workbook_is_made_in_the_background(self):
        self.insert(30)
        vals = {"date_from": FEBRUARY.start, "date_to": FEBRUARY.end, "with_contacts": True}
        wizard = self.env["crm.interaction.summary.report"].with_user(self.manager).create(vals)
        with (
            patch("odoo.addons.crm_outsourcing_interactions.wizard.crm_interaction_summary_report.DIRECT_LIMIT", 10),
            patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 60),
        ):
            action = wizard.action_create()
            self.assertEqual((wizard.state, action["res_id"]), ("running", wizard.id))
            self.env["crm.interaction.summary.report"]._cron_run()
        self.assertRecordValues(wizard, [{"state": "done", "progress": 100}])
        self.assertEqual(wizard.attachment_id.create_uid, self.manager)
        summary_report = openpyxl.load_workbook(io.BytesIO(wizard.attachment_id.raw))
        self.assertEqual(summary_report["Interactions"].max_row, 34)


@tagged("slow", "-standard", "post_install", "-at_install")
class TestReportSummaryReportMemory(SummaryReportSizeCase):
    def test_long_list_takes_constant_memory(self):
        self.insert(50_000)
        interactions = self.env["crm.interaction"].with_user(self.manager)
        with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
            report = self.env["crm.interaction.summary.report.xlsx"].with_user(self.manager)
            progress = []
            summary_report = report._summary_report(
                self.env.company, FEBRUARY, contacts=True, progress=lambda done, total: progress.append((done, total))
            )
            tracemalloc.start()
            write_summary_report(file.name, summary_report, constant_memory=True)
            _now, peak = tracemalloc.get_traced_memory()
            tracemalloc.stop()
            rows = openpyxl.load_workbook(file.name, read_only=True)["Interactions"].max_row
        self.assertEqual(rows, 4 + interactions.search_count([("subject", "like", "Contact %")]))
        self.assertEqual(progress[-1], (50_000, 50_000))
        self.assertEqual(len(progress), 10)
        self.assertLess(peak, MEMORY)
