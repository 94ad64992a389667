from datetime import timedelta

from freezegun import freeze_time
from psycopg2.errors import SerializationFailure

from odoo.tests.common import tagged

from .complaint_common import MONDAY, ComplaintCase
from .requests_common import LetterCase


@tagged("post_install", "-at_install")
@freeze_time(MONDAY + timedelta(days=2))
class TestMattersSlots(ComplaintCase):
    """Test that the next question on a document has a matter, whatever became of the one before."""

    def assert_asks(self, matters, hours=30, **values):
        question = self.message(hours=hours, **values)
        self.assertTrue(question.matter_id.is_open)
        self.assertFalse(question.matter_pending)
        self.assertNotIn(question.matter_id, matters)
        self.by(self.accountant, question).tag({"type_id": self.type_("1.1.3").id})

    def test_after_a_confirmed_complaint(self):
        complaint = self.message()
        self.assertTrue(complaint.matter_id.slot)
        self.by(self.auditor, complaint).tag({"type_id": self.type_("2.1.1").id, "polarity": "negative"})
        self.message("message_out", 3).with_user(self.auditor).merge_matter(complaint.matter_id.id)
        self.assertEqual(complaint.matter_id.complaint_state, "answered")
        self.assert_asks(complaint.matter_id)

    def test_after_a_question_that_was_another_clients(self):
        question = self.message()
        beta = self.make_client(name="Beta", interaction_accountant_id=self.accountant.id)
        question.with_user(self.env.ref("base.user_admin")).partner_id = beta
        self.assertEqual(question.matter_id.commercial_partner_id, beta)
        self.assert_asks(question.matter_id)

    def test_after_a_merge_and_a_split(self):
        other = self.make_task(partner_id=self.alfa.id)
        first, second = self.message(), self.message(record=other, hours=1)
        self.by(self.auditor, second).merge_matter(first.matter_id.id)
        self.by(self.auditor, first).split_matter()
        self.by(self.auditor, first).mark_matter("elsewhere")
        self.assert_asks(first.matter_id | second.matter_id)


@tagged("post_install", "-at_install")
@freeze_time(MONDAY + timedelta(days=2))
class TestMattersPostponed(LetterCase):
    """Test that letters whose matters another worker changes are the same letters later."""

    def test_letter_answers_no_question(self):
        question = self.capture(MONDAY, code="message_in", record=self.list, partner=self.ivan, type_code="1.1.3")
        matters = type(self.env["crm.interaction.matter"])
        store, conflicts = matters._store, []

        def conflict(self, cases):
            if len(conflicts) == 2:  # at once, and apart
                return store(self, cases)
            conflicts.append(cases)
            raise SerializationFailure("could not serialize access due to concurrent update")

        self.patch(matters, "_store", conflict)
        letter = self.run_job(MONDAY + timedelta(hours=3))
        self.assertTrue(letter.interaction_id.is_unattended)
        self.assertTrue(letter.interaction_id.matter_pending)
        for row in self.env["crm.interaction"]._everything().search([("matter_pending", "=", True)], order="date, id"):
            self.env["crm.interaction.matter"]._follow(row)
        matter = letter.interaction_id.matter_id
        self.assertEqual((matter, matter.waiting), (question.matter_id, "us"))
        self.capture(MONDAY + timedelta(hours=5), record=self.list, partner=self.ivan, type_code="1.2.1")
        self.assertEqual((matter.waiting, matter.is_requested), ("client", True))
