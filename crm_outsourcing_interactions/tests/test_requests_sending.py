from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form
from odoo.tests.common import tagged
from odoo.tools import mute_logger

from .requests_common import GROUP, LETTER, MONDAY, WEEK, LetterCase

JOBS = "odoo.addons.crm_outsourcing_interactions.models.events.crm_interaction_job"


@tagged("post_install", "-at_install")
@freeze_time(MONDAY - timedelta(days=3))
class TestRequestSending(LetterCase):
    """Test letters sent by hand, by an accountant with our group only."""

    def sending(self, list_=None):
        """Return the dialog, as the button on the list opens it."""
        action = (list_ or self.list).with_user(self.accountant).action_send_letter()
        dialog = Form(self.env[action["res_model"]].with_user(self.accountant).with_context(**action["context"]))
        return dialog

    def test_preview_is_the_letter_that_is_sent(self):
        with self.sending() as dialog:
            self.assertEqual((dialog.partner_id, dialog.subject), (self.ivan, "Documents for October 2026"))
            body = dialog.body
        dialog.save().action_send()
        letter = self.letters()
        self.assertEqual((letter.partner_id, letter.item_ids), (self.ivan, self.list.item_ids))
        self.assertEqual(letter.body, body)
        self.assertEqual(letter.interaction_id.type_id.code, "1.2.2")
        self.assertTrue(letter.interaction_id.is_unattended, "it answers no question of the client")
        self.assertEqual(str(letter.week), "2026-10-26")

    def test_notification_names_recipients_and_links_letters(self):
        params = self.sending().save().action_send()["params"]
        self.assertEqual(params["message"], "Letters sent to: Ivan %s")
        self.assertEqual(params["links"], [{"label": "Show Letters", "url": "/odoo/interaction-letters"}])

    def test_first_letter_about_late_documents_is_urgent(self):
        self.statement.due = "2026-10-10"
        dialog = self.sending()
        self.assertIn("as soon as possible", dialog.body)
        self.assertNotIn("overdue since", dialog.body)
        dialog.save().action_send()
        letter = self.run_job(MONDAY)
        self.assertIn("overdue since", letter.body)
        self.assertNotIn("as soon as possible", letter.body)

    def test_preview_changes_nothing(self):
        self.sending().save()
        self.assertFalse(self.letters() or self.mails())

    def test_one_letter_a_week_by_hand_too(self):
        self.sending().save().action_send()
        dialog = self.sending()
        self.assertFalse(dialog.recipient_ids)
        text = "Ivan: has received this week's letter. The next letter goes on Monday, November 2."
        self.assertEqual(dialog.left_out, text)
        with self.assertRaisesRegex(UserError, "this week's letter"):
            dialog.save().action_send()
        self.assertEqual(self.run_job().partner_id, self.ivan, "Monday is another week")
        self.assertFalse(self.run_job(MONDAY + timedelta(days=1)))

    def test_next_letter_by_hand_where_no_other_goes(self):
        self.env.company.interaction_letter_weekday = False
        self.sending().save().action_send()
        text = "Ivan: has received this week's letter. Letters go by hand only: the next one can be sent next week."
        self.assertEqual(self.sending().left_out, text)
        with freeze_time(MONDAY + timedelta(days=7)):
            self.assertFalse(self.sending().left_out)

    def test_letter_by_hand_is_not_repeated_by_the_job(self):
        with freeze_time(MONDAY - timedelta(hours=4)):
            self.sending().save().action_send()
        self.assertFalse(self.run_job())
        self.assertTrue(self.run_job(MONDAY + WEEK).is_reminder)

    def test_dialog_warns_beyond_the_maximum_of_reminders(self):
        self.vector.interaction_reminders = "0"
        dialog = self.sending()
        self.assertFalse(dialog.is_beyond)
        dialog.save().action_send()
        with freeze_time(MONDAY):
            dialog = self.sending()
            self.assertTrue(dialog.is_beyond)
            dialog.save().action_send()
        self.assertEqual(len(self.letters()), 2, "sending by hand remains possible")

    def test_person_without_address_is_named(self):
        self.invoices.partner_id = self.make_contact(name="Olga", email=False, parent_id=self.vector.id)
        dialog = self.sending()
        self.assertEqual((dialog.recipient_ids[:], dialog.left_out), (self.ivan, "Olga: no e-mail address"))

    def test_ended_contract_gets_no_letter(self):
        self.vector.interaction_client_until = "2026-09-30"
        with self.assertRaisesRegex(UserError, "has ended"):
            self.sending().save().action_send()
        self.list.with_user(self.accountant).action_close()
        self.assertEqual((self.list.state, self.statement.state), ("closed", "open"))

    def test_link_of_the_recipient_is_in_the_mail_only(self):
        self.sending().save()
        links = self.env["crm.interaction.portal.link"]
        self.assertFalse(links.search([]), "a preview makes no link")
        self.sending().save().action_send()
        url = links.search([])._url()
        self.assertIn(f'href="{url}"', self.mails().body_html)
        for body in (self.letters().body, self.letters().message_id.body):
            self.assertNotIn(url, body)
            self.assertIn("/my", body)

    def test_colleagues_of_other_clients_are_refused(self):
        colleague = self.make_staff(login="other.user", groups=GROUP)
        with self.assertRaises(AccessError):
            self.list.with_user(colleague).action_send_letter()
        dialog = self.env["crm.interaction.request.sending"].with_user(colleague)
        with self.assertRaises(AccessError):
            dialog.create({"list_id": self.list.id})
        self.assertFalse(self.env[LETTER].search([]))

    def test_letter_sent_by_hand_meanwhile_is_no_failure(self):
        letter = self.run_job()
        self.env.company.interaction_letter_week = False
        olga = self.make_contact(name="Olga", email="olga@vector.example.com", parent_id=self.vector.id)
        self.invoices.partner_id = olga
        seen = patch.object(type(self.env[LETTER]), "_sent", lambda letters, company, plans: set())
        with seen, mute_logger("odoo.sql_db"), self.assertNoLogs(JOBS, "WARNING"):
            self.run_job(MONDAY + timedelta(hours=1))
        self.assertEqual((self.letters() - letter).partner_id, olga, "the others go")
        self.assertFalse(self.env["mail.activity"].search([("interaction_job", "!=", False)]))
