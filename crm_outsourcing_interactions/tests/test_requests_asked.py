from freezegun import freeze_time

from odoo import Command
from odoo.tests.common import tagged

from .requests_common import DAY, MONDAY, WEEK, LetterCase, SettlingCase


@tagged("post_install", "-at_install")
class TestRequestPersons(LetterCase):
    """Test that a letter which asks a person for the first time is no reminder of a letter to somebody else."""

    def test_first_letters_to_two_persons_remind_nobody(self):
        olga = self.env["res.partner"].create(
            {"name": "Olga", "email": "olga@vector.example.com", "parent_id": self.vector.id}
        )
        self.list.item_ids = [Command.create({"name": "Lease", "partner_id": olga.id})]
        self.assertEqual(self.reasons(MONDAY), [False, False])
        self.assertEqual(self.reasons(MONDAY + WEEK), ["reminder", "reminder"])

    def test_first_letter_after_a_request_by_hand_is_a_reminder(self):
        self.capture(MONDAY - DAY, record=self.list, partner=self.ivan, code="message_out", type_code="1.2.2")
        self.env.invalidate_all()
        self.assertEqual(self.reasons(MONDAY), ["reminder"])

    def test_letter_about_something_new_reminds_nobody(self):
        self.assertEqual(self.reasons(MONDAY), [False])
        self.list.item_ids = [Command.create({"name": "Lease", "partner_id": self.ivan.id})]
        self.assertEqual(self.reasons(MONDAY + WEEK), [False])
        self.assertEqual(self.reasons(MONDAY + 2 * WEEK), ["reminder"])

    def reasons(self, when):
        """Return why the letters that go at a moment are avoidable."""
        rows = self.run_job(when).interaction_id
        with freeze_time(when + DAY):
            rows.matter_id._derive()
            self.env["crm.interaction.matter"]._find_asked_again()
        self.env.invalidate_all()
        self.assertEqual(len(self.list.interaction_ids.matter_id), 1)
        return [row.avoidable_reason_id.rule for row in rows]


@tagged("post_install", "-at_install")
class TestRequestMessages(SettlingCase):
    """Test messages with which we ask for documents beside the letters."""

    def test_complaint_that_waits_for_the_client_stops_no_decision(self):
        self.hand(MONDAY + DAY, self.items[0])
        for hours, type_code, code, vals in (
            (48, "2.1.1", "message_in", {"polarity": "negative"}),
            (50, "1.2.1", "message_out", {}),
            (52, "4.1.1", "message_in", {}),
        ):
            self.message(hours, type_code, code, reply_to=self.letter.message_id.id, **vals)
        with freeze_time(MONDAY + 8 * DAY):
            self.items.action_accept()
        self.assertEqual(self.list.state, "closed")

    def test_end_is_not_before_our_last_message_that_asks(self):
        first, second = self.items
        self.click(MONDAY + DAY, first, "action_accept")
        self.message(4 * 24, "1.2.2", "message_out")
        self.click(MONDAY + 8 * DAY, second, "action_not_applicable")
        self.assert_closed("withdrawn", MONDAY + 8 * DAY)
        self.assertEqual(self.letter.interaction_id.matter_marked_on, MONDAY + DAY)

    def test_message_that_asks_for_the_rest_ends_with_it(self):
        first, second = self.items
        self.hand(MONDAY + DAY, first)
        message = self.message(4 * 24, "1.2.2", "message_out")
        self.click(MONDAY + 8 * DAY, second, "action_not_applicable")
        self.assertFalse(message.matter_id.is_open)

    def test_addition_answers_what_we_asked_for_in_words(self):
        self.hand(MONDAY + DAY, *self.items)
        question = self.message(3 * 24, "1.2.2", "message_out")
        self.hand(MONDAY + 4 * DAY, self.items[0])
        self.items.action_accept()
        self.assertEqual(question.matter_id.closed_on, MONDAY + 4 * DAY)

    def test_message_ends_with_the_deleted_document_it_asks_for(self):
        lease = self.new_item(MONDAY)
        self.hand(MONDAY + DAY, *self.items)
        message = self.message(4 * 24, "1.2.2", "message_out")
        with freeze_time(MONDAY + 8 * DAY):
            lease.unlink()
        self.env.invalidate_all()
        self.assertFalse(message.matter_id.is_open)
