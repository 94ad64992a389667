from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form
from odoo.tests.common import new_test_user, tagged

from .common import InteractionCase

PDF = b"%PDF-1.4 as it was sent"


@tagged("post_install", "-at_install")
class TestReportSent(InteractionCase):
    """Test client reports stored as sent, as the accountant of the client, with our group only."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client = cls.make_client(name="North Bakery", email="bakery@example.com", user_id=cls.staff.id)
        cls.today = cls.env.company._interaction_today()
        cls.old = cls.log(partner_id=cls.client.id, type_id=cls.type_("1.1.1").id, user_id=cls.staff.id)
        render = patch.object(
            type(cls.env["ir.actions.report"]), "_render_qweb_pdf", lambda *args, **kwargs: (PDF, "pdf")
        )
        cls.startClassPatcher(render)

    def wizard(self, user=None, clients=None):
        vals = {"date_from": self.today.replace(day=1), "date_to": self.today}
        vals["partner_ids"] = (self.client if clients is None else clients).ids
        return self.env["crm.interaction.summary.report"].with_user(user or self.staff).create(vals)

    def send(self):
        """Send the report as the web client does, and return it (recordset)."""
        action = self.wizard().action_send()
        composer = Form(self.env["mail.compose.message"].with_user(self.staff).with_context(**action["context"])).save()
        notice = composer.action_send_mail()
        self.assertIn(f"Client report sent: {self.client.name}", notice["params"]["message"])
        self.assertEqual(notice["params"]["next"]["tag"], "soft_reload")
        return (
            self.env["crm.interaction.sent.report"].with_user(self.staff).browse(action["context"]["default_res_ids"])
        )

    def test_report_is_stored_as_sent_and_the_letter_counts_once(self):
        before = self.env["crm.interaction"].search_count([("commercial_partner_id", "=", self.client.id)])
        report = self.send()
        self.assertEqual(report.attachment_id.raw, PDF)
        self.assertTrue(report.sent_on)
        self.assertEqual((report.user_id, report.partner_id), (self.staff, self.client))
        message = report.message_ids.filtered("partner_ids")
        self.assertEqual(message.partner_ids, self.client)
        self.assertEqual(message.attachment_ids, report.attachment_id)
        own = self.env["crm.interaction"].search([("commercial_partner_id", "=", self.client.id)])
        self.assertEqual(len(own), before + 1)
        letter = own.filtered("message_id")
        self.assertEqual((letter.direction, letter.state, letter.type_id.code), ("outgoing", "confirmed", "4.2.1"))

    def test_changes_since_sent_are_counted_and_listed(self):
        report = self.send()
        report.sudo()._by_code().counted = report._kinds_by_id()  # without the letter, which may be of the period
        self.assertEqual(report.change_text, "Unchanged")
        new = self.log(partner_id=self.client.id, type_id=self.type_("1.1.1").id, user_id=self.staff.id)
        moved = self.old
        moved.with_user(self.staff).tag({"type_id": self.type_("2.2.1").id})
        report.invalidate_recordset(["change_text"])
        self.assertEqual(report.change_text, "+1 interaction, 1 reclassified")
        action = report.action_view_changes()
        self.assertEqual(self.env["crm.interaction"].with_user(self.staff).search(action["domain"]), new | moved)
        new.active = False
        self.old.active = False
        report.invalidate_recordset(["change_text"])
        self.assertEqual(report.change_text, "−1 interaction")

    def test_only_the_people_of_the_client_send_and_see_it(self):
        report = self.send()
        other = new_test_user(self.env, "other.accountant", groups="crm_outsourcing_interactions.group_user")
        with self.assertRaisesRegex(AccessError, "North Bakery"):
            self.wizard(other).action_send()
        self.assertFalse(self.env["crm.interaction.sent.report"].with_user(other).search([("id", "=", report.id)]))
        with self.assertRaises(AccessError):
            report.with_user(other).action_download()
        with self.assertRaises(AccessError):
            report.with_user(other).attachment_id.read(["raw"])
        self.assertTrue(report.with_user(self.manager).action_download())

    def test_nobody_rewrites_a_sent_report(self):
        report = self.send()
        for user in (self.staff, self.manager):
            with self.subTest(user.login), self.assertRaises(AccessError):
                report.with_user(user).write({"counted": {}, "sent_on": False})
            with self.assertRaises(AccessError):
                report.with_user(user).unlink()

    def test_one_client_is_sent_at_a_time(self):
        for clients in (self.env["res.partner"], self.client | self.make_client()):
            with self.assertRaisesRegex(UserError, "one client"):
                self.wizard(clients=clients).action_send()

    def test_report_of_another_company_is_hidden(self):
        report = self.send()
        other = self.env["res.company"].create({"name": "Other"})
        self.manager.company_ids += other
        reports = self.env["crm.interaction.sent.report"].with_user(self.manager)
        reports = reports.with_context(allowed_company_ids=other.ids)
        self.assertFalse(reports.search([("id", "=", report.id)]))

    def test_unsent_reports_are_removed_after_a_day(self):
        self.wizard().action_send()
        unsent = self.env["crm.interaction.sent.report"].search([("sent_on", "=", False)])
        file = unsent.attachment_id
        self.assertTrue(file)
        unsent._gc_unsent()
        self.assertTrue(unsent.exists())
        self.env.cr.execute(
            "UPDATE crm_interaction_sent_report SET create_date = %s WHERE id = %s",
            [fields.Datetime.subtract(fields.Datetime.now(), days=2), unsent.id],
        )
        unsent._gc_unsent()
        self.assertFalse(unsent.exists() or file.exists())
