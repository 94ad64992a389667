from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import SerializationFailure

from odoo.tests import Form
from odoo.tests.common import tagged

from .requests_common import LETTER, MONDAY, WEEK, LetterCase
from .test_requests_bounces import RETURNED

HOUR = timedelta(hours=1)
JOBS = "odoo.addons.crm_outsourcing_interactions.models.events.crm_interaction_job"


@tagged("post_install", "-at_install")
@freeze_time(MONDAY - timedelta(days=3))
class TestRequestFailedLetters(LetterCase):
    """Test letters whose mail failed, with an accountant who has our group only."""

    def refuse(self):
        """Let the mail server be down when the letters leave."""
        connect = patch.object(type(self.env["ir.mail_server"]), "_connect__", side_effect=OSError("no server"))
        with connect:
            self.mails().filtered(lambda mail: mail.state == "outgoing").send()

    def deliver(self):
        """Deliver the mails that wait, as Odoo records it."""
        mails = self.mails().filtered(lambda mail: mail.state == "outgoing")
        mails.write({"state": "sent"})
        mails._postprocess_sent_message(mails.recipient_ids, [])
        return mails

    def sending(self):
        action = self.list.with_user(self.accountant).action_send_letter()
        return Form(self.env[action["res_model"]].with_user(self.accountant).with_context(**action["context"]))

    def shown(self, domain=()):
        self.env.invalidate_all()
        return self.env[LETTER].with_user(self.accountant).search(domain)

    def test_status_and_filter_of_letters(self):
        letter = self.run_job()
        found = [self.shown().state]
        self.refuse()
        found.append(self.shown().state)
        self.assertEqual(self.shown([("state", "=", "failed")]), letter)
        self.assertFalse(self.shown([("state", "in", ["sent", "outgoing"])]))
        self.mails().mark_outgoing()
        self.deliver()
        found.append(self.shown().state)
        self.assertEqual(found, ["outgoing", "failed", "sent"])
        self.assertEqual(self.shown([("state", "=", "sent")]), letter)
        self.assertEqual(self.shown([("state", "!=", "failed")]), letter)

    def test_accountant_learns_of_it(self):
        letter = self.run_job()
        notification = letter.message_id.notification_ids
        self.assertEqual(notification.res_partner_id, self.ivan)
        self.refuse()
        self.assertEqual((notification.notification_status, notification.failure_type), ("exception", "mail_smtp"))
        self.assertEqual(notification.author_id, self.accountant.partner_id, "who sees it as Odoo's failure")
        self.assertTrue(letter.message_id.with_user(self.accountant).has_error)
        self.env.invalidate_all()
        self.assertEqual(self.list.with_user(self.accountant).failed_letter_to, "Ivan")

    def test_sent_again_by_hand_as_the_same_letter(self):
        letter = self.run_job()
        self.refuse()
        with freeze_time(MONDAY + HOUR):
            self.hand_over(self.invoices, ("a.pdf", b"a"))
            self.env.invalidate_all()
            dialog = self.sending()
            self.assertEqual((dialog.partner_id, dialog.left_out), (self.ivan, ""))
            body = dialog.body
            dialog.save().action_send()
            self.assertEqual(self.letters(), letter)
            self.assertEqual((letter.body, letter.item_ids, letter.item_count), (body, self.statement, 1))
            self.assertEqual((len(self.mails()), self.mails().state), (1, "outgoing"))
            self.assertNotIn("Invoices", self.mails().body_html)
            self.assertEqual(letter.message_id.notification_ids.notification_status, "ready")
            sent = self.captured(self.list).filtered(lambda one: one.direction == "outgoing")
            self.assertEqual(sent, letter.interaction_id)
            self.assertIn("has received this week's letter", self.sending().left_out)
        self.deliver()
        self.env.invalidate_all()
        self.assertFalse(self.list.failed_letter_to)
        self.assertEqual(letter.message_id.notification_ids.notification_status, "sent")

    def test_sent_again_by_the_job_in_the_same_week(self):
        letter = self.run_job()
        self.assertEqual(str(self.env.company.interaction_letter_week), "2026-11-02")
        for number in (1, 2):
            self.refuse()
            self.assertEqual(letter._mail_state(), "failed")
            self.assertFalse(self.run_job(MONDAY + number * HOUR))
            self.assertEqual((letter._mail_state(), letter.is_reminder), ("outgoing", False))
        self.deliver()
        self.assertFalse(self.run_job(MONDAY + 3 * HOUR))
        self.assertEqual((len(self.mails()), letter._mail_state()), (1, "sent"))
        self.assertEqual(self.captured(self.list), letter.interaction_id)

    def test_letters_that_another_worker_sends_are_left_to_it(self):
        olga = self.make_contact(name="Olga", email="olga@vector.example.com", parent_id=self.vector.id)
        self.invoices.partner_id = olga
        tries = []

        def send(letters, company, plans):
            tries.append(len(plans))
            raise SerializationFailure("could not serialize access due to concurrent update")

        with patch.object(type(self.env[LETTER]), "_send", send), self.assertNoLogs(JOBS, "WARNING"):
            self.assertFalse(self.run_job())
        self.assertEqual(tries, [2], "once, not one by one")
        self.assertFalse(self.env["mail.activity"].search([("interaction_job", "!=", False)]))
        self.assertEqual(self.run_job(MONDAY + HOUR).partner_id, self.ivan | olga)

    def test_not_sent_again_at_night_nor_where_off(self):
        letter = self.run_job()
        self.refuse()
        self.run_job(MONDAY + 19 * HOUR)
        self.assertEqual(letter._mail_state(), "failed")
        self.env.company.interaction_letter_weekday = False
        self.run_job(MONDAY + HOUR)
        self.assertEqual(letter._mail_state(), "failed")

    def test_next_letter_is_that_of_this_week(self):
        self.run_job()
        letters = self.env[LETTER]
        with freeze_time(MONDAY + HOUR):
            text = letters._letter_text(self.env.company, self.ivan, self.list.item_ids)
            self.assertIn("Monday, November 9", text)
            self.refuse()
            text = letters._letter_text(self.env.company, self.ivan, self.list.item_ids)
            self.assertIn("Monday, November 2", text)

    def test_failed_mail_of_an_earlier_week_is_cancelled(self):
        first = self.run_job()
        self.refuse()
        second = self.run_job(MONDAY + WEEK)
        self.assertEqual((first._mail_state(), second._mail_state()), ("cancelled", "outgoing"))
        self.assertEqual(first.interaction_id.state, "ignored", "it never left")
        self.assertEqual((self.list.matter_id.is_open, self.list.matter_id.waiting), (True, "client"))
        self.assertEqual(second.interaction_id.matter_id, self.list.matter_id)
        self.deliver()
        self.env.invalidate_all()
        self.assertFalse(self.list.failed_letter_to)

    def test_news_of_a_failed_letter_goes_again(self):
        self.hand_over(self.invoices, ("a.pdf", b"a"))
        self.invoices.with_user(self.accountant).action_accept()
        letter = self.run_job()
        self.assertIn("Invoices", letter.body)
        self.refuse()
        self.run_job(MONDAY + HOUR)
        self.assertEqual(letter._mail_state(), "outgoing")
        self.assertIn("Invoices", letter.body)

    def test_letter_that_came_back_goes_to_the_new_address(self):
        letter = self.run_job()
        self.deliver()
        text = RETURNED.format(key="1", letter=letter.message_id.message_id, address=self.ivan.email)
        with freeze_time(MONDAY + HOUR):
            self.env["mail.thread"].message_process("mail.thread", text)
            self.assertEqual(letter._mail_state(), "failed")
            self.assertEqual(self.sending().left_out, "Ivan: mail to this address came back")
            self.ivan.email = "ivan.new@vector.example.com"
            self.sending().save().action_send()
        self.assertEqual((self.letters(), letter._mail_state()), (letter, "outgoing"))

    def test_letter_of_a_person_who_moved_stays_with_the_former_client(self):
        old = self.run_job()
        self.refuse()
        sigma = self.make_client(name="Sigma", user_id=self.accountant.id)
        self.ivan.parent_id = sigma
        theirs = self.make_list(client=sigma, names=("Loan contract of Sigma",))
        theirs.item_ids.partner_id = self.ivan
        new = self.run_job(MONDAY + HOUR)
        self.assertEqual((new.list_id, new.commercial_partner_id, new.partner_id), (theirs, sigma, self.ivan))
        self.assertEqual((old._mail_state(), old.partner_id.ids), ("cancelled", []))
        self.assertNotIn("Sigma", f"{old.body}{self.list.message_ids.mapped('body')}")
        self.assertEqual(new.interaction_id.commercial_partner_id, sigma)

    def test_letter_about_two_new_lists_is_sent_again(self):
        november = self.make_list(period="2026-11-01", names=("Contract",))
        letter = self.run_job()
        self.refuse()
        for moment, work in ((MONDAY + HOUR, "hand"), (MONDAY + 2 * HOUR, "job")):
            with self.subTest(work), freeze_time(moment):
                self.env.invalidate_all()
                if work == "hand":
                    self.sending().save().action_send()
                else:
                    self.run_job(moment)
                self.assertEqual(letter._mail_state(), "outgoing")
                self.refuse()
        self.deliver()
        self.env.invalidate_all()
        for list_ in self.list | november:
            self.assertEqual((list_.matter_id.waiting, len(list_.interaction_ids)), ("client", 1))

    def test_merged_clients_leave_a_failed_letter_on_its_other_lists(self):
        periods = ("2026-08-01", "2026-09-01")
        lists = self.list.union(self.list, *(self.make_list(period=period, names=("Acts",)) for period in periods))
        target = self.make_client(name="Vector Ltd", user_id=self.accountant.id)
        kept = self.make_list(target, names=("Acts",))
        letter = self.run_job()
        merged = letter.list_id
        kept.period = merged.period
        matters = {list_: list_.matter_id for list_ in lists - merged}
        self.refuse()
        self.env["base.partner.merge.automatic.wizard"].create({})._merge((self.vector | target).ids, target)
        self.env.invalidate_all()
        self.assertFalse(merged.exists())
        self.run_job(MONDAY + HOUR)
        self.assertEqual(letter._mail_state(), "outgoing")
        purposes = letter.message_id.interaction_ids
        self.assertEqual(sorted(purposes.mapped("res_id")), sorted((kept | lists - merged).ids), "one for each list")
        for list_, matter in matters.items():
            self.assertEqual((list_.matter_id, matter.waiting), (matter, "client"))

    def test_what_came_back_is_sent_again_by_hand_only(self):
        letter = self.run_job()
        letter.message_id.notification_ids.notification_status = "bounce"
        self.mails().state = "sent"
        self.run_job(MONDAY + HOUR)
        self.assertEqual(letter._mail_state(), "failed", "it may only be delayed on its way")
        with freeze_time(MONDAY + 2 * HOUR):
            self.env.invalidate_all()
            self.sending().save().action_send()
        self.assertEqual(letter._mail_state(), "outgoing")

    def test_failed_letter_makes_nothing_overdue(self):
        self.statement.due = "2026-11-03"
        letter = self.run_job()
        self.refuse()
        self.env.invalidate_all()
        day = (MONDAY + WEEK).date()
        self.assertFalse(self.statement._is_overdue(day))
        with freeze_time(MONDAY + WEEK):
            self.assertEqual((self.statement.is_overdue, self.list.is_overdue), (False, False))
        self.mails().mark_outgoing()
        self.deliver()
        self.env.invalidate_all()
        self.assertTrue(self.statement._is_overdue(day), letter)
        with freeze_time(MONDAY + WEEK):
            self.assertEqual((self.statement.is_overdue, self.list.is_overdue), (True, True))
            self.statement.action_accept()
            self.assertEqual((self.statement.is_overdue, self.list.is_overdue), (False, False))
