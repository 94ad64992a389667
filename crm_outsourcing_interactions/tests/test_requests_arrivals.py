from datetime import timedelta

from freezegun import freeze_time

from odoo import Command
from odoo.tests.common import tagged

from .requests_common import DAY, MONDAY, WEEK, SettlingCase


@tagged("post_install", "-at_install")
class TestRequestArrivals(SettlingCase):
    """Test which hand-over answers our request: when documents arrived counts, not when somebody clicked."""

    def test_correction_of_a_decision_moves_no_answer(self):
        first, second = self.items
        self.click(MONDAY + DAY, first, "action_accept")
        self.hand(MONDAY + 2 * DAY, second)
        self.assert_closed("answered", MONDAY + 2 * DAY)
        self.click(MONDAY + 9 * DAY, first, "action_reopen")
        self.click(MONDAY + 9 * DAY, first, "action_accept")
        self.assert_closed("answered", MONDAY + 2 * DAY)

    def test_correction_moves_no_end_on_paper(self):
        for day, item in zip((1, 2), self.items, strict=True):
            self.click(MONDAY + day * DAY, item, "action_accept")
        self.assert_closed("elsewhere", MONDAY + 2 * DAY)
        self.click(MONDAY + 9 * DAY, self.items[0], "action_reopen")
        self.click(MONDAY + 9 * DAY, self.items[0], "action_accept")
        self.assert_closed("elsewhere", MONDAY + 2 * DAY)

    def test_correction_beside_what_is_not_applicable_moves_no_end(self):
        first, second = self.items
        self.click(MONDAY + DAY, first, "action_not_applicable")
        self.click(MONDAY + 2 * DAY, second, "action_accept")
        for action in ("action_reopen", "action_accept"):
            self.click(MONDAY + 9 * DAY, second, action)
        self.assert_closed("elsewhere", MONDAY + 2 * DAY)
        self.click(MONDAY + 10 * DAY, first, "action_reopen")
        self.click(MONDAY + 12 * DAY, first, "action_accept")
        self.assert_closed("elsewhere", MONDAY + 12 * DAY)

    def test_letter_about_something_new_takes_back_no_end(self):
        first, second = self.items
        self.click(MONDAY + DAY, first, "action_accept")
        lease = self.env["crm.interaction.matter.item"].create({"list_id": self.list.id, "name": "Lease"})
        self.click(MONDAY + 2 * DAY, second, "action_accept")
        ended = self.letter.interaction_id
        self.assertEqual((ended.matter_mark, ended.matter_marked_on), ("elsewhere", MONDAY + 2 * DAY))
        self.assertEqual(self.run_job(MONDAY + WEEK).item_ids, lease)
        self.list._settle_matters()
        self.env.invalidate_all()
        self.assertEqual((ended.matter_mark, ended.matter_marked_on), ("elsewhere", MONDAY + 2 * DAY))
        self.assertFalse(self.run_job(MONDAY + WEEK), "twice in a week")
        self.hand(MONDAY + 8 * DAY, lease)
        self.assertEqual(ended.matter_mark, "elsewhere")
        self.assert_closed("answered", MONDAY + 8 * DAY)

    def test_letter_about_a_reopened_item_asks_again(self):
        first, second = self.items
        self.hand(MONDAY + DAY, second)
        self.click(MONDAY + 2 * DAY, first, "action_accept")
        self.click(MONDAY + 3 * DAY, first, "action_reopen")
        self.assertEqual(self.run_job(MONDAY + WEEK).item_ids, first)
        self.click(MONDAY + 9 * DAY, first, "action_accept")
        self.assert_closed("elsewhere", MONDAY + 9 * DAY)
        self.assertEqual(self.matter.reminders, 1)

    def test_corrected_date_of_a_handover_moves_the_answer_only(self):
        self.hand(MONDAY + 3 * DAY, *self.items)
        self.list.handover_ids.interaction_id._by_code().date = MONDAY + 2 * DAY
        self.click(MONDAY + 4 * DAY, self.items, "action_accept")
        self.assert_closed("answered", MONDAY + 2 * DAY)

    def test_reopened_document_is_returned_as_before(self):
        first = self.items[0]
        self.hand(MONDAY + DAY, *self.items)
        self.click(MONDAY + 2 * DAY, first, "_return", "Page 2 is missing")
        for action in ("action_not_applicable", "action_reopen"):
            self.click(MONDAY + 3 * DAY, first, action)
        self.assertEqual((first.state, first.return_reason), ("returned", "Page 2 is missing"))
        self.assert_matter("client", False)
        self.click(MONDAY + 9 * DAY, self.items, "action_accept")
        self.assert_closed("elsewhere", MONDAY + 9 * DAY)

    def test_addition_answers_nothing(self):
        first, second = self.items
        self.hand(MONDAY + DAY, first, second)
        self.hand(MONDAY + 3 * DAY, first, row=self.message(3 * 24, reply_to=self.letter.message_id.id))
        self.hand(MONDAY + 4 * DAY, second)
        self.assert_closed("answered", MONDAY + DAY)
        self.assertEqual(self.list.handover_ids.sorted("id").mapped("is_addition"), [False, True, True])
        self.click(MONDAY + 5 * DAY, first, "_return", "Page 2 is missing")
        self.assert_closed(False, False)
        self.hand(MONDAY + 6 * DAY, first)
        self.assert_closed("answered", MONDAY + 6 * DAY)

    def test_addition_while_not_applicable_is_unchecked(self):
        first, second = self.items
        self.claim(MONDAY + DAY, first, second)
        self.hand(MONDAY + 3 * DAY, second)
        self.assert_matter("us", False)
        self.click(MONDAY + 4 * DAY, first, "action_accept")
        self.assert_closed("answered", MONDAY + DAY)

    def test_file_in_place_of_not_applicable_is_the_answer(self):
        first, second = self.items
        self.claim(MONDAY + DAY, first, second)
        self.hand(MONDAY + 3 * DAY, first)
        self.assert_closed("answered", MONDAY + 3 * DAY)

    def test_matter_waits_for_our_check_when_the_rest_came_on_paper(self):
        first, second = self.items
        self.claim(MONDAY + DAY, first)
        self.assert_matter("client", False)
        self.click(MONDAY + 2 * DAY, second, "action_accept")
        self.assert_matter("us", False)
        self.click(MONDAY + 9 * DAY, first, "action_accept")
        self.assert_closed("elsewhere", MONDAY + 2 * DAY)

    def test_replacement_on_paper_is_the_end(self):
        self.hand(MONDAY + DAY, *self.items)
        self.click(MONDAY + 2 * DAY, self.items[0], "_return", "Page 2 is missing")
        self.assert_closed(False, False)
        self.click(MONDAY + 9 * DAY, self.items[0], "action_accept")
        self.assert_closed("elsewhere", MONDAY + 9 * DAY)

    def test_documents_by_mail_are_the_end_after_an_earlier_reply(self):
        self.message(24)
        mail = self.message(5 * 24)
        self.hand(MONDAY + 6 * DAY, *self.items, row=mail)
        self.assert_closed("answered", MONDAY + 5 * DAY)

    def test_mail_taken_over_late_answers_in_part(self):
        first, second = self.items
        mail = self.message(24)
        self.hand(MONDAY + 8 * DAY, first)
        self.hand(MONDAY + 9 * DAY, second, row=mail)
        self.assertEqual(mail.matter_mark, "part")
        self.assert_closed("answered", MONDAY + 8 * DAY)

    def test_person_decides_after_a_part(self):
        self.hand(MONDAY + DAY, self.items[0])
        matter = self.matter.with_user(self.accountant)
        for action, outcome in (("no_answer", "no_answer"), ("withdrawn", "withdrawn"), ("elsewhere", "elsewhere")):
            with freeze_time(MONDAY + 2 * DAY):
                getattr(matter, f"action_{action}")()
                self.assert_closed(outcome, MONDAY + 2 * DAY)
                matter.action_undo_decision()
            self.assert_matter("client", False)

    def test_matter_waits_while_not_applicable_is_unchecked(self):
        first, second = self.items
        self.claim(MONDAY + DAY, first, second)
        self.assert_matter("us", False)
        with freeze_time(MONDAY + 2 * DAY):
            self.message(47, "1.2.1", "message_out")
            self.assert_matter("client", False)
            self.env["crm.interaction.request.list"]._settle_requests(self.env.company)
            self.assert_matter("client", False)
        self.click(MONDAY + 3 * DAY, first, "_return", "There was one in October")
        self.hand(MONDAY + 4 * DAY, first)
        self.assert_closed("answered", MONDAY + 4 * DAY)

    def test_end_is_taken_back_when_the_client_writes_first(self):
        self.vector.interaction_client_until = MONDAY - DAY
        with freeze_time(MONDAY + DAY):
            self.env["crm.interaction.request.list"]._settle_requests(self.env.company)
            self.assert_matter("nobody", "withdrawn")
        self.vector.interaction_client_until = False
        with freeze_time(MONDAY + 2 * DAY):
            self.message(47, "4.1.1", reply_to=self.letter.message_id.id)
            self.assert_matter("client", False)
        self.hand(MONDAY + 3 * DAY, self.items[0])
        self.assertFalse(self.letter.interaction_id.matter_mark)
        self.hand(MONDAY + 4 * DAY, self.items[1])
        self.assert_closed("answered", MONDAY + 4 * DAY)

    def test_archived_client_owes_nothing(self):
        self.hand(MONDAY + DAY, self.items[0])
        self.vector.active = False
        with freeze_time(MONDAY + 2 * DAY):
            self.env["crm.interaction.request.list"]._settle_requests(self.env.company)
        self.assertFalse(self.matter.is_open)

    def test_addition_by_mail_answers_nothing(self):
        first, second = self.items
        self.hand(MONDAY + DAY, first)
        mail = self.message(3 * 24, reply_to=self.letter.message_id.id)
        self.hand(MONDAY + 4 * DAY, first, row=mail)
        self.assertEqual(mail.matter_mark, "part")
        self.run_job(MONDAY + WEEK)
        self.hand(MONDAY + 9 * DAY, second)
        self.assert_closed("answered", MONDAY + 9 * DAY)
        self.assertEqual(self.matter.reminders, 1)

    def test_letter_sent_again_asks_for_all_that_it_names(self):
        self.items.sudo()._by_code().write({"added_on": MONDAY - DAY})
        with freeze_time(MONDAY + timedelta(hours=2)):
            lease = self.env["crm.interaction.matter.item"].create({"list_id": self.list.id, "name": "Lease"})
        self.letter.write({"item_ids": [Command.link(lease.id)], "date": MONDAY + timedelta(hours=4)})
        self.click(MONDAY + DAY, self.items, "action_accept")
        self.click(MONDAY + 9 * DAY, lease, "action_accept")
        self.assert_closed("elsewhere", MONDAY + 9 * DAY)

    def test_end_without_all_documents_is_that_of_the_decision(self):
        self.click(MONDAY + DAY, self.items[0], "action_accept")
        self.vector.interaction_client_until = MONDAY
        with freeze_time(MONDAY + 8 * DAY):
            self.env["crm.interaction.request.list"]._settle_requests(self.env.company)
        self.assert_closed("elsewhere", MONDAY + 8 * DAY)

    def test_correction_after_a_second_letter_keeps_both_ends(self):
        first, second = self.items
        self.hand(MONDAY + DAY, first)
        self.click(MONDAY + 2 * DAY, second, "action_accept")
        self.env["crm.interaction.matter.item"].create({"list_id": self.list.id, "name": "Lease"})
        self.run_job(MONDAY + WEEK)
        ended = self.letter.interaction_id
        for action in ("action_accept", "action_reopen", "action_accept"):
            self.click(MONDAY + 8 * DAY, second, action)
            self.assertEqual((ended.matter_mark, ended.matter_marked_on), ("elsewhere", MONDAY + 2 * DAY))
        self.assertEqual(self.matter.waiting_since, MONDAY + WEEK)
        self.hand(MONDAY + 9 * DAY, self.list.item_ids - self.items)
        for action in ("action_reopen", "action_accept"):
            self.click(MONDAY + 10 * DAY, second, action)
        self.assertEqual((ended.matter_mark, ended.matter_marked_on), ("elsewhere", MONDAY + 2 * DAY))
        self.assert_closed("answered", MONDAY + 9 * DAY)
        self.assertEqual(self.matter.their_asked_on, MONDAY + WEEK)

    def test_returned_file_in_place_of_not_applicable_waits_for_the_client(self):
        first, second = self.items
        self.claim(MONDAY + DAY, first, second)
        self.hand(MONDAY + 2 * DAY, first)
        self.click(MONDAY + 3 * DAY, first, "_return", "Page 2 is missing")
        self.assert_matter("client", False)
        self.assertEqual(self.matter.waiting_since, MONDAY)
        self.run_job(MONDAY + WEEK)
        self.hand(MONDAY + 8 * DAY, first)
        self.assert_closed("answered", MONDAY + 8 * DAY)
        self.assertEqual(self.matter.reminders, 1)

    def test_our_answer_to_not_applicable_is_no_reminder(self):
        first, second = self.items
        self.claim(MONDAY + DAY, first, second)
        self.message(30, "1.2.1", "message_out")
        self.hand(MONDAY + 2 * DAY, first)
        self.click(MONDAY + 3 * DAY, first, "_return", "Page 2 is missing")
        self.assert_matter("client", False)
        self.assertEqual(self.matter.reminders, 0)
