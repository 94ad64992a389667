from datetime import timedelta

from freezegun import freeze_time

from odoo import Command
from odoo.tests.common import tagged

from .requests_common import DAY, MONDAY, WEEK, SettlingCase


@tagged("post_install", "-at_install")
class TestRequestLettersAfterwards(SettlingCase):
    """Test letters that are sent again, go beside an unchecked claim, or were moved."""

    def test_letter_sent_again_for_something_new_leaves_the_answer(self):
        self.hand(MONDAY + DAY, *self.items)
        self.assert_closed("answered", MONDAY + DAY)
        lease = self.new_item(MONDAY + 2 * DAY)
        self.letter.write({"item_ids": [Command.set(lease.ids)], "date": MONDAY + 3 * DAY})
        self.list._settle_matters()
        self.hand(MONDAY + 8 * DAY, lease)
        self.assertEqual(self.matter.their_answered_on, MONDAY + DAY)
        self.assertFalse(self.matter.their_late)

    def test_letter_for_the_rest_answers_no_claim(self):
        first, second = self.items
        self.claim(MONDAY + DAY, first)
        self.run_job(MONDAY + WEEK)
        self.assert_matter("client", False)
        self.click(MONDAY + 8 * DAY, second, "action_accept")
        self.assert_matter("us", False)
        self.click(MONDAY + 9 * DAY, first, "action_accept")
        self.assert_closed("elsewhere", MONDAY + 8 * DAY)

    def test_letter_for_something_new_beside_a_claim_waits_for_the_client(self):
        first, second = self.items
        self.claim(MONDAY + DAY, first, second)
        self.assert_matter("us", False)
        self.new_item(MONDAY + 2 * DAY)
        self.run_job(MONDAY + WEEK)
        self.run_job(MONDAY + 2 * WEEK)
        self.assert_matter("client", False)
        self.assertEqual((self.matter.waiting_since, self.matter.reminders), (MONDAY + WEEK, 1))

    def test_returned_document_beside_a_claim_waits_for_the_client(self):
        first, second = self.items
        lease = self.new_item(MONDAY - DAY, letter_ids=[Command.link(self.letter.id)])
        self.hand(MONDAY + DAY, second)
        with freeze_time(MONDAY + DAY):
            claims = {item.id: {"not_applicable": "None"} for item in first | lease}
            (first | lease)._hand_over(self.ivan, claims)
        self.assert_matter("us", False)
        self.hand(MONDAY + 2 * DAY, first)
        self.click(MONDAY + 3 * DAY, first, "_return", "Page 2 is missing")
        self.assert_matter("client", False)
        self.run_job(MONDAY + WEEK)
        self.hand(MONDAY + 8 * DAY, first)
        self.assert_matter("us", False)
        self.assertEqual(self.matter.reminders, 1)

    def test_corrected_date_of_a_handover_stays_after_the_next_letter(self):
        self.hand(MONDAY + DAY, *self.items)
        self.list.handover_ids.interaction_id._by_code().date = MONDAY + 2 * DAY
        lease = self.new_item(MONDAY + 3 * DAY)
        self.run_job(MONDAY + WEEK)
        self.hand(MONDAY + 8 * DAY, lease)
        self.assertFalse(self.letter.interaction_id.matter_mark)

    def test_accountant_accepts_after_the_letter_was_moved_to_another_client(self):
        other = self.make_client(name="Other", user_id=self.make_staff(login="other.accountant").id)
        self.letter.interaction_id.write({"partner_id": other.id, "user_id": other.user_id.id})
        self.env.flush_all()
        self.hand(MONDAY + timedelta(hours=1), *self.items)
        self.click(MONDAY + DAY, self.items, "action_accept")
        self.assertEqual(self.list.state, "closed")

    def test_reopened_document_that_a_message_asks_for_has_no_end_before(self):
        for item in self.items:
            self.click(MONDAY + DAY, item, "action_accept")
        self.click(MONDAY + 3 * DAY, self.items[0], "action_reopen")
        self.message(3 * 24 + 1, "1.2.2", "message_out", reply_to=self.letter.message_id.id)
        self.assert_matter("client", False)
        self.click(MONDAY + 9 * DAY, self.items[0], "action_accept")
        self.assert_closed("elsewhere", MONDAY + 9 * DAY)

    def test_claim_is_unchecked_while_another_document_is_returned(self):
        first, second = self.items
        self.claim(MONDAY + DAY, first, second)
        lease = self.new_item(MONDAY + 2 * DAY)
        self.hand(MONDAY + 3 * DAY, lease)
        self.click(MONDAY + 4 * DAY, lease.with_user(self.accountant), "_return", "Page 2 is missing")
        self.assert_matter("us", False)
        self.assertEqual(self.matter.waiting_from, MONDAY + DAY)

    def test_late_question_among_handovers_stops_no_decision(self):
        self.hand(MONDAY + DAY, self.items[0])
        row = self.list.handover_ids.interaction_id
        for hours, code in ((1, "1.1.2"), (99, "1.1.1")):
            with freeze_time(MONDAY + DAY + timedelta(hours=hours)):
                row.with_user(self.accountant).sudo(False).tag({"type_id": self.type_(code).id})
        self.env.invalidate_all()
        self.assertTrue(row.matter_kept)
        self.click(MONDAY + 8 * DAY, self.items, "action_accept")
        self.assertEqual(self.list.state, "closed")

    def test_page_beside_an_unchecked_claim_answers_once_it_is_agreed(self):
        first, second = self.items
        self.claim(MONDAY + DAY, first, second)
        question = self.message(2 * 24, "1.2.2", "message_out", reply_to=self.letter.message_id.id)
        self.add(MONDAY + 3 * DAY, second)
        self.click(MONDAY + 4 * DAY, self.items, "action_accept")
        self.assertEqual((self.list.state, question.matter_id.is_open), ("closed", False))
        self.assertEqual(question.matter_id.closed_on, MONDAY + 3 * DAY)

    def test_two_mistakes_leave_no_end(self):
        first, second = self.items
        self.hand(MONDAY + DAY, second)
        self.message(2 * 24, "1.2.2", "message_out", reply_to=self.letter.message_id.id)
        for hours, action in ((49, "action_accept"), (50, "action_not_applicable")):
            for number, step in enumerate((action, "action_reopen")):
                self.click(MONDAY + timedelta(hours=hours, minutes=number), first, step)
        self.hand(MONDAY + 9 * DAY, first)
        self.assert_closed("answered", MONDAY + 9 * DAY)
        self.assertTrue(self.matter.their_late)

    def test_mistake_after_another_message_takes_no_end(self):
        for item in self.items:
            self.click(MONDAY + DAY, item, "action_accept")
        self.message(2 * 24, "1.2.2", "message_out", reply_to=self.letter.message_id.id)
        self.message(3 * 24, reply_to=self.letter.message_id.id)
        for step in ("action_reopen", "action_accept"):
            self.click(MONDAY + 9 * DAY, self.items[0], step)
        ended = self.letter.interaction_id
        self.assertEqual((ended.matter_mark, ended.matter_marked_on), ("elsewhere", MONDAY + DAY))
        self.assertEqual(self.matter.their_asked_on, MONDAY + 2 * DAY)

    def apply_rules_again(self):
        values = {"mode": "reclassify", "date_from": "2026-11-01", "date_to": "2026-11-30"}
        replay = self.env["crm.interaction.replay"].create(values)
        replay.action_run()
        while replay.state == "running":
            replay._run_batch()
        self.env.invalidate_all()

    def test_rules_applied_again_keep_letters_and_handovers(self):
        self.hand(MONDAY + DAY, *self.items)
        rows = self.letter.interaction_id | self.list.handover_ids.interaction_id
        before = rows.mapped(lambda row: (row.type_id.code, row.state))
        self.assertEqual(before, [("1.2.2", "confirmed"), ("1.1.1", "confirmed")])
        self.apply_rules_again()
        self.assertEqual(rows.mapped(lambda row: (row.type_id.code, row.state)), before)
        self.assert_closed("answered", MONDAY + DAY)

    def test_rules_applied_again_keep_what_was_put_back(self):
        self.hand(MONDAY + DAY, *self.items)
        rows = self.letter.interaction_id | self.list.handover_ids.interaction_id
        mine = rows.with_user(self.accountant).sudo(False)
        mine.action_ignore()
        for row in mine:
            row.tag({"state": "to_review"})
        self.apply_rules_again()
        after = [("1.2.2", "to_review"), ("1.1.1", "to_review")]
        self.assertEqual(rows.mapped(lambda row: (row.type_id.code, row.state)), after)
