import io
from unittest.mock import patch

import openpyxl
from freezegun import freeze_time

from odoo.tests.common import tagged

from .test_summary_report import SummaryReportCase


@tagged("post_install", "-at_install")
class TestReportSummaryReportMail(SummaryReportCase):
    """Test the monthly mail: sent once, with each recipient's access rights, and never logged as an interaction."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.interactions = cls.make_interactions(120)
        cls.interactions.user_id = cls.manager
        cls.clients[0].user_id = cls.staff
        cls.leaver = cls.make_staff(login="leaver", groups="base.group_user")
        cls.env.company.interaction_summary_report_user_ids = cls.staff | cls.manager | cls.leaver

    def run_cron(self, day):
        """Run the cron of that day; return the mails that it queued."""
        before = self.env["mail.mail"].search([])
        commit = patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 60)
        with freeze_time(f"{day} 06:00:00"), commit:
            self.env["crm.interaction.summary.report.xlsx"]._cron_mail()
        return self.env["mail.mail"].search([("id", "not in", before.ids)])

    def contacts_in(self, mail):
        summary_report = openpyxl.load_workbook(io.BytesIO(mail.attachment_ids.raw))
        values = [row[:2] for row in summary_report["Shares"].iter_rows(values_only=True)]
        return dict(values)["All purposes"]

    def test_each_recipient_gets_what_he_may_see(self):
        mails = {mail.recipient_ids: mail for mail in self.run_cron("2026-03-02")}
        self.assertEqual(mails.keys(), {self.staff.partner_id, self.manager.partner_id}, "not who may see nothing")
        february = self.interactions.filtered(lambda i: i.date.month == 2)
        own = february.filtered(lambda i: i.commercial_partner_id == self.clients[0])
        self.assertEqual(self.contacts_in(mails[self.manager.partner_id]), len(february))
        self.assertEqual(self.contacts_in(mails[self.staff.partner_id]), len(own))
        self.assertIn("February 2026", mails[self.staff.partner_id].subject)
        self.assertIn("for February 2026:", mails[self.staff.partner_id].body_html)

    def test_once_a_month(self):
        self.assertEqual(len(self.run_cron("2026-03-01")), 2)
        self.assertFalse(self.run_cron("2026-03-01"))
        self.assertFalse(self.run_cron("2026-03-31"))
        self.assertEqual(len(self.run_cron("2026-04-02")), 2, "a missed first day is made up for")

    def test_mail_is_no_contact(self):
        self.make_client(name="Staff as client", email=self.staff.email, is_outsourcing_client=True)
        before = self.captured()
        mails = self.run_cron("2026-03-01")
        mails.send()
        self.assertEqual(self.captured(), before)

    def test_nothing_is_left_behind(self):
        self.run_cron("2026-03-01")
        self.assertFalse(self.env["crm.interaction.summary.report"].search([]))
        self.assertFalse(self.env["ir.attachment"].search([("res_model", "=", "crm.interaction.summary.report")]))

    def test_template_is_rendered_as_the_recipient(self):
        """Its words are those of whoever edits templates, who is no superuser."""
        template = self.env.ref("crm_outsourcing_interactions.mail_template_summary_report")
        template.body_html = "<p>superuser: <t t-out='str(object.env.su)'/></p>"
        for mail in self.run_cron("2026-03-02"):
            self.assertIn("superuser: False", mail.body_html)
