from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests.common import new_test_user, tagged
from odoo.tools import mute_logger

from .unsent_common import UnsentCase


@tagged("post_install", "-at_install")
class TestCaptureUndone(UnsentCase):
    """Test that messages cancelled before sending do not count."""

    def waiting_mails(self, message):
        return self.env["mail.mail"].search([("mail_message_id", "=", message.id)])

    def assert_undone(self, record=None):
        domain = [("res_model", "=", "project.task"), ("res_id", "=", (record or self.task).id)]
        interactions = self.env["crm.interaction"].with_context(active_test=False).search(domain)
        self.assertTrue(interactions)
        for interaction in interactions:
            self.assertRecordValues(interaction, [{"state": "ignored", "active": False}])
            self.assertEqual(interaction.type_change_ids[:1].state_after, "ignored")

    def test_delayed_message_deleted(self):
        later = fields.Datetime.now() + timedelta(seconds=30)
        message = self.post(self.contact, scheduled_date=later)
        self.assert_contact(message, self.contact.browse())
        message.unlink()
        self.assertFalse(self.env["mail.message.schedule"].search([]))
        self.assertFalse(self.captured(self.task))

    def test_delayed_message_emptied_by_its_writer(self):
        later = fields.Datetime.now() + timedelta(seconds=30)
        message = self.post(self.contact, scheduled_date=later)
        self.task._message_update_content(message, body="", attachment_ids=[])
        self.env["mail.message.schedule"].search([("mail_message_id", "=", message.id)])._send_notifications()
        self.assertFalse(self.captured(self.task))

    def test_delayed_message_that_leaves(self):
        message = self.post(self.contact, scheduled_date=fields.Datetime.now() + timedelta(seconds=30))
        self.env["mail.message.schedule"].search([("mail_message_id", "=", message.id)])._send_notifications()
        self.assert_contact(message, self.contact)

    def test_message_emptied_after_it_left(self):
        message = self.post(self.contact)
        self.task._message_update_content(message, body="", attachment_ids=[])
        self.assert_contact(message, self.contact)

    def test_planned_message_cancelled(self):
        planned = self.make_planned_message(self.task, self.contact)
        planned.unlink()
        self.assertFalse(self.captured(self.task))

    def test_template_mail(self):
        for undo in ("cancel", "unlink"):
            with self.subTest(undo=undo):
                task = self.make_task(partner_id=self.contact.id)
                mail_id = self.template(scheduled_date="2099-01-01").send_mail(task.id)
                self.assertTrue(self.captured(task))
                getattr(self.env["mail.mail"].browse(mail_id), undo)()
                self.assert_undone(task)

    def test_queued_mail_of_a_message(self):
        message = self.post(self.contact)
        self.waiting_mails(message).cancel()
        self.assert_undone()
        self.assertFalse(self.history(message))

    def test_queued_mail_to_one_of_several_clients(self):
        other = self.make_contact(parent_id=self.make_client(name="Vector").id, email="vera@example.com")
        self.env["res.lang"]._activate_lang("ru_RU")
        other.lang = "ru_RU"  # a mail of its own
        message = self.post(self.contact | other)
        self.waiting_mails(message).filtered(lambda mail: other in mail.recipient_ids).cancel()
        self.assert_contact(message, self.contact)

    def test_queued_mail_to_one_of_a_clients_people(self):
        other = self.make_contact(parent_id=self.client_company.id, email="vera@example.com")
        self.env["res.lang"]._activate_lang("ru_RU")
        other.lang = "ru_RU"
        message = self.post(self.contact | other)
        self.waiting_mails(message).filtered(lambda mail: other in mail.recipient_ids).cancel()
        self.assert_contact(message, self.contact)

    def test_queued_mail_deleted(self):
        message = self.post(self.contact)
        self.waiting_mails(message).unlink()
        self.assert_undone()
        self.assertFalse(self.history(message))

    def test_queued_mail_to_staff_of_a_clients_message(self):
        self.task.message_subscribe(self.staff.partner_id.ids)
        self.staff.notification_type = "email"
        message = self.post(self.contact.browse(), self.task, author_id=self.contact.id, message_type="email")
        self.assertTrue(self.waiting_mails(message))
        self.waiting_mails(message).cancel()
        self.assert_contact(message, self.contact)

    def test_queued_mail_to_staff_beside_the_client(self):
        self.staff.notification_type = "email"
        message = self.post(self.contact | self.staff.partner_id, self.task)
        mails = self.waiting_mails(message)
        mails.filtered(lambda mail: self.contact in mail.recipient_ids).cancel()
        self.assert_undone()
        self.assertFalse(self.history(message))

    def test_fault_blocks_no_cancelling(self):
        message = self.post(self.contact)
        mails = self.waiting_mails(message)
        with (
            patch.object(type(self.env["crm.interaction"]), "_take_back", side_effect=KeyError("broken")),
            mute_logger(
                "odoo.addons.crm_outsourcing_interactions.models.interaction.upkeep.crm_interaction_capture_error"
            ),
        ):
            mails.cancel()
        self.assertEqual(mails.mapped("state"), ["cancel"])
        self.env["crm.interaction.capture.error"].search([("res_model", "=", "mail.mail")]).action_retry()
        self.assert_undone()

    def test_colleague_without_rights_cancels(self):
        message = self.post(self.contact)
        clerk = new_test_user(self.env, "mail.clerk", groups="base.group_system")
        self.waiting_mails(message).with_user(clerk).cancel()
        self.assert_undone()

    def test_type_chosen_meanwhile_does_not_make_it_leave(self):
        message = self.post(self.contact)
        self.captured(self.task).with_user(self.staff).type_id = self.type_("1.2.1")
        self.waiting_mails(message).cancel()
        self.assert_undone()

    def test_sent_and_deleted_stays(self):
        mail = self.env["mail.mail"].browse(self.template(auto_delete=False).send_mail(self.task.id))
        mail.write({"state": "sent"})
        mail.unlink()
        self.assertEqual(self.captured(self.task).mapped("active"), [True])

    def test_mail_that_is_no_interaction_costs_nothing(self):
        mail = self.env["mail.mail"].create({"state": "sent"})
        with patch.object(type(self.env["crm.interaction"]), "_undo_mails") as undone:
            mail.unlink()
        undone.assert_not_called()
