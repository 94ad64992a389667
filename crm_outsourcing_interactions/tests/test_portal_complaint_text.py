from datetime import datetime

from freezegun import freeze_time

from odoo import Command
from odoo.tests.common import tagged

from .portal_common import AccountCase

NOON = datetime(2026, 11, 30, 12)
TEXT = "You forgot us\nThe report came late"


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestPortalComplaintText(AccountCase):
    """Test that the form of a complaint shows what the client wrote, and that the answer quotes it."""

    def setUp(self):
        super().setUp()
        self.patch(self.env.cr, "now", lambda: NOON)  # what is created gets the day of the database

    def complain(self):
        complaint = self.env["crm.interaction.portal.complaint"]._send(self.anna.partner_id, TEXT, "t")
        return self.captured(complaint).matter_id

    def rate(self, value=1):
        self.env["rating.rating"]._interaction_rate(self.anna.partner_id, value, "Nobody calls back")
        return self.captured(self.alfa).matter_id

    def seen(self, matter, user):
        self.env.invalidate_all()
        return matter.with_user(user).sudo(False)

    def composer(self, matter, user):
        context = self.seen(matter, user).action_reply()["context"]
        return self.env["mail.compose.message"].with_user(user).with_context(**context).create({})

    def test_text_is_shown_to_whoever_may_read_it(self):
        matter = self.complain()
        for user, text in ((self.auditor, TEXT), (self.boss, TEXT), (self.accountant, "")):
            self.assertEqual(self.seen(matter, user).complaint_text or "", text)

    def test_rating_shows_grade_and_remark(self):
        matter = self.rate()
        self.assertEqual(self.seen(matter, self.auditor).complaint_text, "Rating: 1 of 5\nNobody calls back")
        self.assertFalse(self.seen(self.asks(self.anna), self.auditor).complaint_text)

    def test_last_message_of_a_rating_is_its_document(self):
        action = self.seen(self.rate(), self.auditor).action_open_last_message()
        self.assertEqual((action["res_model"], action["res_id"]), ("res.partner", self.alfa.id))

    def test_answer_names_the_day_and_quotes_the_complaint(self):
        matter = self.complain()
        composer = self.composer(matter, self.auditor)
        self.assertEqual(composer.subject, "Your message of November 30, 2026")
        self.assertIn("The report came late</p></blockquote>", composer.body)
        composer.body = f"<p>We are sorry</p>{composer.body}"
        composer.action_send_mail()
        answer = self.env["mail.message"].search([("subject", "=like", "Your message of%")])
        self.assertEqual(answer.notified_partner_ids, self.anna.partner_id)
        self.assertEqual((matter.complaint_state, matter.waiting), ("answered", "client"))

    def test_answer_is_in_the_language_of_the_person(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.anna.partner_id.lang = "ru_RU"
        subject = self.composer(self.complain(), self.auditor).subject
        self.assertEqual(" ".join(subject.split()), "Ваше обращение от 30 ноября 2026 г.")
        subject = self.composer(self.rate(), self.auditor).subject
        self.assertEqual(" ".join(subject.split()), "Ваша оценка от 30 ноября 2026 г.")

    def test_answer_goes_into_no_letter(self):
        item = Command.create({"name": "Deed", "partner_id": self.anna.partner_id.id})
        vals = {"commercial_partner_id": self.alfa.id, "period": "2026-10-01", "item_ids": [item]}
        self.env["crm.interaction.request.list"].create(vals).action_open()
        matter = self.complain()
        self.assertFalse(self.composer(matter, self.auditor).interaction_letter_hint)
        hints = self.env["mail.compose.message"].with_user(self.accountant)
        asked = (self.alfa._name, self.alfa.id, self.anna.partner_id.ids)
        self.assertTrue(hints.interaction_letter_hint_of(*asked))
        self.rate()
        self.assertFalse(hints.interaction_letter_hint_of(*asked))

    def test_complaint_without_words_is_asked_for(self):
        for text in (" ", "\x00", "\u200b\n"):
            page = self.post("/my/interactions/complaint", self.anna, status=200, text=text).text
            self.assertIn("Write what is wrong", page)
        self.assertFalse(self.captured())
