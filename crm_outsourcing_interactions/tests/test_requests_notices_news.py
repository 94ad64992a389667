from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests.common import tagged

from .requests_common import GROUP, MONDAY, WEEK
from .test_requests_notices import LATER, NOTICE, TUESDAY, NoticeCase


@tagged("post_install", "-at_install")
@freeze_time(MONDAY - timedelta(days=3))
class TestRequestNoticesWeekly(NoticeCase):
    """Test news in the weekly letter, and in its place when nothing is outstanding."""

    def test_news_is_in_the_letter(self):
        self.check(self.statement)
        self.assertFalse(self.run_notices(TUESDAY + LATER))
        letter = self.run_job(MONDAY + WEEK)
        self.assertIn("Checked and accepted", letter.body)
        self.assertIn("Bank statement", letter.body)
        self.assertEqual(letter.item_ids, self.invoices)
        self.assertNotIn("Received", self.run_job(MONDAY + 2 * WEEK).body, "told once")

    def test_returned_is_a_request_already(self):
        self.check(self.statement, reason="Blurred")
        letter = self.run_job(MONDAY + WEEK)
        self.assertEqual(letter.body.count("Blurred"), 1)

    def test_letter_tells_of_what_a_colleague_is_asked_for(self):
        olga = self.make_contact(name="Olga", email="olga@vector.example.com", parent_id=self.vector.id)
        self.list.audience = "client"
        self.invoices.partner_id = olga
        with freeze_time(TUESDAY):
            self.statement._hand_over(olga, {self.statement.id: {"answer": "Here"}}, how="login")
            self.statement.with_user(self.accountant)._return("Blurred")
        letters = self.run_job(MONDAY + WEEK)
        own = letters.search([("partner_id", "=", olga.id)], limit=1)
        self.assertEqual((own.item_ids, own.body.count("Blurred")), (self.invoices, 1))

    def test_news_without_requests_is_a_mail_but_no_letter(self):
        self.check(*self.list.item_ids)
        before = self.captured()
        self.assertFalse(self.run_job(MONDAY + WEEK), "no letter")
        mail = self.notice_mails()
        self.assertEqual((len(mail), mail.recipient_ids), (1, self.ivan))
        self.assertEqual(self.captured(), before)
        self.run_job(MONDAY + WEEK + timedelta(hours=1))
        self.run_job(MONDAY + 2 * WEEK)
        self.assertEqual(self.notice_mails(), mail)

    def test_no_second_mail_in_the_week_of_a_letter(self):
        self.env.company.interaction_letter_week = False
        omega = self.make_client(name="Omega", user_id=self.accountant.id, email="w@example.com", tz="America/New_York")
        self.make_list(omega)
        self.run_job()
        self.check(*self.list.item_ids, when=MONDAY + timedelta(minutes=10))
        self.run_job(MONDAY + timedelta(hours=1))
        self.assertFalse(self.notice_mails())
        self.run_job(MONDAY + WEEK)
        self.assertEqual(len(self.notice_mails()), 1)

    def test_preview_of_a_letter_marks_nothing(self):
        self.check(self.statement)
        with freeze_time(MONDAY + WEEK):
            dialog = self.env["crm.interaction.request.sending"].with_user(self.accountant)
            body = dialog.create({"list_id": self.list.id}).body
        self.assertIn("Checked and accepted", body)
        self.assertFalse(self.env[NOTICE].search([]).sent_on)

    def test_news_after_enough_reminders(self):
        self.vector.interaction_reminders = "0"
        self.run_job()
        self.check(self.statement)
        self.assertFalse(self.run_job(MONDAY + WEEK))
        self.assertEqual(len(self.notice_mails()), 1)

    def test_news_goes_where_letters_are_off(self):
        self.env.company.interaction_letter_weekday = False
        self.check(self.statement)
        self.check(self.invoices, reason="Blurred")
        self.assertFalse(self.run_job(MONDAY + WEEK), "no letter")
        mail = self.notice_mails()
        self.assertEqual((len(mail), mail.recipient_ids), (1, self.ivan))
        for text in ("Bank statement", "Checked and accepted", "Blurred"):
            self.assertIn(text, mail.body_html)
        for later in (timedelta(hours=2), timedelta(days=1), WEEK):
            self.assertFalse(self.run_job(MONDAY + WEEK + later))
        self.assertEqual(self.notice_mails(), mail, "told once")

    def test_dialog_says_when_news_goes_where_letters_are_off(self):
        self.env.company.interaction_letter_weekday = False
        by_hand = "Letters go by hand only. Ivan learns of it by e-mail on %s. "
        now, gone = "Send Letter Now on the list tells it at once.", "The letter of this week has gone: "
        self.assertEqual(self.said(TUESDAY, self.statement), by_hand % "Tuesday, November 3" + now)
        self.check(self.statement, reason="Blurred")
        self.run_job(TUESDAY + timedelta(hours=1))
        self.assertEqual(len(self.notice_mails()), 1)
        wednesday = TUESDAY + timedelta(days=1)
        self.assertEqual(self.said(wednesday, self.invoices), by_hand % "Monday, November 9" + now)
        self.check(self.invoices, reason="Blurred", when=wednesday)
        self.run_job(wednesday + timedelta(hours=1))
        with freeze_time(wednesday + timedelta(hours=2)):
            dialog = self.env["crm.interaction.request.sending"].with_user(self.accountant)
            dialog.create({"list_id": self.list.id}).action_send()
        self.assertEqual(len(self.notice_mails()), 1)
        self.assertIn(gone, self.said(wednesday + timedelta(hours=3), self.statement))
        self.ivan.interaction_notify = "never"
        self.assertIn("Ivan wants no notifications. The letter of", self.said(wednesday, self.statement))
        self.vector.interaction_client_until = "2026-01-01"
        self.assertIn("The contract with “Vector” has ended", self.said(wednesday, self.statement))

    def said(self, when, item):
        """Return what the dialog that returns an item says at a moment, after the client has handed it over."""
        with freeze_time(when):
            self.hand_over(item, (f"{when}.pdf", str(when).encode()))
            action = item.with_user(self.accountant).action_ask_return()
            dialog = self.env[action["res_model"]].with_user(self.accountant).with_context(**action["context"])
            return dialog.create({"reason": "Blurred"}).notice

    def test_news_goes_in_reporting_weeks_and_the_letter_after_them(self):
        week = {"name": "VAT", "date_from": "2026-11-09", "date_to": "2026-11-15"}
        self.env["crm.interaction.reporting.week"].create(week)
        self.check(self.statement)
        self.assertFalse(self.run_job(MONDAY + WEEK))
        mail = self.notice_mails()
        self.assertIn("Checked and accepted", mail.body_html)
        self.assertNotIn("Invoices", mail.body_html)
        self.assertFalse(self.run_job(MONDAY + WEEK + timedelta(days=1)))
        letter = self.run_job(MONDAY + 2 * WEEK)
        self.assertEqual(letter.item_ids, self.invoices)
        self.assertNotIn("Received", letter.body)
        self.assertEqual(self.notice_mails(), mail)

    def test_news_waits_for_the_letter_of_the_same_week(self):
        day = {"name": "VAT", "date_from": "2026-11-09", "date_to": "2026-11-10"}
        self.env["crm.interaction.reporting.week"].create(day)
        self.check(self.statement)
        self.assertFalse(self.run_job(MONDAY + WEEK))
        self.assertFalse(self.notice_mails())
        self.assertIn("Checked and accepted", self.run_job(MONDAY + WEEK + timedelta(days=2)).body)

    def test_news_goes_without_an_accountant(self):
        self.env.company.interaction_letter_weekday = False
        self.check(self.statement)
        self.list.user_id = False
        self.vector.write({"user_id": False, "interaction_accountant_id": False})
        self.run_job(MONDAY + WEEK)
        mail = self.notice_mails()
        self.assertEqual((mail.recipient_ids, mail.author_id), (self.ivan, self.env.company.partner_id))


@tagged("post_install", "-at_install")
@freeze_time(TUESDAY)
class TestRequestNoticesAnswers(NoticeCase):
    """Test answers that did not reach the person who asked."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ivan.interaction_notify = "at_once"
        cls.task = cls.make_task(partner_id=cls.ivan.id)

    def ask_us(self, person=None, **values):
        moment = fields.Datetime.subtract(fields.Datetime.now(), hours=2)
        values = {"code": "message_in", "record": self.task, "type_code": "1.1.3", **values}
        return self.capture(moment, partner=person or self.ivan, user=self.accountant, **values).matter_id

    def answer(self, person=None, **values):
        moment = fields.Datetime.subtract(fields.Datetime.now(), hours=1)
        return self.capture(moment, partner=person or self.ivan, record=self.task, user=self.accountant, **values)

    def mails_after_answer(self, person=None, **values):
        self.ask_us()
        self.answer(person, **values)
        return self.run_notices(TUESDAY) | self.run_notices(TUESDAY + LATER)

    def test_answer_on_a_document_is_told(self):
        mail = self.mails_after_answer(channel="document")
        self.assertEqual((len(mail), mail.subject), (1, "Update on your questions"))
        self.assertIn("Answered", mail.body_html)
        self.assertFalse(mail.model, "belongs to no document that others may open")
        self.assertFalse(self.run_notices(TUESDAY + 2 * LATER))

    def test_answer_by_mail_is_not_told(self):
        self.assertFalse(self.mails_after_answer(channel="email"))

    def test_answer_by_mail_to_a_colleague_is_told(self):
        olga = self.make_contact(name="Olga", email="olga@vector.example.com", parent_id=self.vector.id)
        self.assertEqual(self.mails_after_answer(olga, channel="email").recipient_ids, self.ivan)

    def test_answer_with_a_copy_for_the_person_is_not_told(self):
        petr = self.make_contact(name="Petr", email="petr@vector.example.com", parent_id=self.vector.id)
        petr.interaction_notify = "at_once"
        for persons, told in ((self.ivan | petr, petr.browse()), (self.ivan, petr)):
            with self.subTest(persons), self.cr.savepoint() as savepoint:
                matter = self.ask_us(petr)
                self.task.with_user(self.staff).message_post(
                    body="Yes", partner_ids=persons.ids, subtype_xmlid="mail.mt_comment", message_type="comment"
                )
                self.assertEqual(matter.interaction_ids.sorted("date").mapped("partner_id.name"), ["Petr", "Ivan"])
                mail = self.run_notices(TUESDAY) | self.run_notices(TUESDAY + LATER)
                self.assertEqual(mail.recipient_ids, told)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_answer_by_phone_is_not_told(self):
        self.assertFalse(self.mails_after_answer(channel="phone"))

    def test_question_that_waits_again_is_not_answered(self):
        matter = self.ask_us()
        self.answer(channel="document")
        self.assertFalse(self.run_notices(TUESDAY))
        matter._by_code().waiting = "us"
        self.assertFalse(self.run_notices(TUESDAY + LATER))

    def test_answer_to_a_complaint_is_not_told(self):
        complaint = self.ask_us(type_code="2.1.1", polarity="negative")
        self.answer(channel="document").merge_matter(complaint.id)
        self.assertEqual(complaint.complaint_state, "answered")
        self.assertFalse(self.run_notices(TUESDAY) | self.run_notices(TUESDAY + LATER))

    def test_other_company_tells_nothing(self):
        firm = self.env["res.company"].create({"name": "Second Firm"})
        self.ask_us()
        self.answer(channel="document")
        self.assertFalse(self.env[NOTICE]._answers(firm))
        self.assertEqual(len(self.env[NOTICE]._answers(self.env.company)), 1)

    def test_colleagues_rights_do_not_matter(self):
        self.assertTrue(self.make_staff(login="other.user", groups=GROUP))
        self.assertTrue(self.mails_after_answer(channel="portal"))
