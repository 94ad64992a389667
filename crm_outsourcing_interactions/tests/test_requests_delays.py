from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests.common import tagged

from .requests_common import DAY, MONDAY, WEEK, TakenBackCase


@tagged("post_install", "-at_install")
class TestRequestDelays(TakenBackCase):
    """Test that nobody is late for what waits for us, is not needed, or came after the contract."""

    def test_file_in_place_of_an_unchecked_claim_is_not_late(self):
        self.claim(MONDAY + DAY, self.first, self.second)
        self.claim(MONDAY + 2 * DAY, self.first)
        self.hand(MONDAY + 14 * DAY, self.first)
        self.assert_closed("answered", MONDAY + 14 * DAY)
        self.assertFalse(self.matter.their_late, "it has waited for us")

    def test_document_found_not_to_be_needed_makes_nobody_late(self):
        self.hand(MONDAY + DAY, self.first)
        self.click(MONDAY + 21 * DAY, self.second, "action_not_applicable")
        self.assert_closed("answered", MONDAY + DAY)

    def test_decision_after_the_contract_moves_no_end(self):
        self.hand(MONDAY + DAY, self.first)
        self.vector.interaction_client_until = MONDAY + 2 * DAY
        self.run_job(MONDAY + 4 * DAY)
        self.click(MONDAY + 14 * DAY, self.second, "action_accept")
        self.assert_closed("elsewhere", MONDAY + 4 * DAY)

    def test_decisions_taken_back_after_the_contract_move_no_end(self):
        self.hand(MONDAY + DAY, self.first)
        self.vector.interaction_client_until = MONDAY + 2 * DAY
        self.run_job(MONDAY + 4 * DAY)
        self.click(MONDAY + 14 * DAY, self.first, "_return", "Page 2 is missing")
        for action in ("action_not_applicable", "action_reopen"):
            self.click(MONDAY + 14 * DAY, self.second, action)
            self.assert_closed("elsewhere", MONDAY + 4 * DAY)

    def test_claim_waits_for_us_after_the_contract(self):
        self.claim(MONDAY + DAY, self.first, self.second)
        self.vector.interaction_client_until = MONDAY + 2 * DAY
        self.run_job(MONDAY + 4 * DAY)
        self.list._settle_matters()
        self.assert_matter("us", False)
        with self.env.cr.savepoint() as savepoint:
            self.click(MONDAY + 5 * DAY, self.first, "_return", "There are some")
            self.assert_closed("answered", MONDAY + DAY)
            savepoint.rollback()
            self.env.invalidate_all()
        self.hand(MONDAY + 5 * DAY, self.first)
        self.assert_closed("answered", MONDAY + 5 * DAY)
        self.assertFalse(self.matter.their_late)

    def test_file_for_a_claim_returned_after_the_contract(self):
        self.claim(MONDAY + DAY, self.first, self.second)
        self.vector.interaction_client_until = MONDAY + 2 * DAY
        self.run_job(MONDAY + 4 * DAY)
        self.click(MONDAY + 5 * DAY, self.first, "_return", "There are some")
        self.hand(MONDAY + 6 * DAY, self.first)
        self.assert_closed("answered", MONDAY + DAY)

    def test_scan_of_an_accepted_document_is_to_check_again(self):
        self.click(MONDAY + DAY, self.first, "action_accept")
        self.add(MONDAY + 2 * DAY, self.first)
        for action in ("action_accept", "action_reopen"):
            self.click(MONDAY + 3 * DAY, self.first, action)
        self.assertEqual(self.first.state, "handed_over")
        self.hand(MONDAY + 4 * DAY, self.second)
        self.assert_closed("answered", MONDAY + 4 * DAY)

    def test_mail_taken_over_after_the_next_letter_is_returned(self):
        mail = self.message(24, reply_to=self.letter.message_id.id)
        self.run_job(MONDAY + WEEK)
        with freeze_time(MONDAY + 8 * DAY):
            self.hand_over_mail(mail)
        self.assert_closed("elsewhere", MONDAY + WEEK)
        self.click(MONDAY + 9 * DAY, self.first, "_return", "Page 2 is missing")
        self.assert_matter("client", False)
        self.assertEqual(self.matter.waiting_from, MONDAY)

    def hand_over_mail(self, mail):
        files = {item.id: {"files": [(f"{item.id}.pdf", b"%PDF")]} for item in self.list.item_ids}
        self.list.item_ids._hand_over(self.ivan, files, how="mail", interaction=mail)

    def test_message_in_another_matter_counts_as_asked(self):
        self.hand(MONDAY + DAY, self.first, self.lease)
        self.click(MONDAY + 2 * DAY, self.second, "action_accept")
        question = self.message(3 * 24, "1.2.2", "message_out")
        question.with_user(self.accountant).split_matter()
        self.click(MONDAY + 9 * DAY, self.second, "action_reopen")
        self.assert_end(self.row, "elsewhere", MONDAY + 2 * DAY)

    def test_new_document_on_paper_leaves_an_unchecked_claim(self):
        self.claim(MONDAY + DAY, self.first, self.second)
        self.ask_for_lease()
        self.assert_matter("client", False)
        self.click(MONDAY + 8 * DAY, self.lease, "action_accept")
        self.assert_matter("us", False)
        self.click(MONDAY + 9 * DAY, self.first, "action_accept")
        self.assert_closed("elsewhere", MONDAY + 8 * DAY)
        self.assertEqual(self.matter.their_asked_on, MONDAY + WEEK)

    def test_message_outside_the_list_is_followed(self):
        self.hand(MONDAY + DAY, *self.items)
        self.click(MONDAY + DAY, self.lease, "action_not_applicable")
        question = self.message(2 * 24, "1.2.2", "message_out", record=self.vector)
        question.with_user(self.accountant).merge_matter(self.matter.id)
        self.add(MONDAY + 3 * DAY, self.first)
        self.assert_closed("answered", MONDAY + 3 * DAY)
        for code, how in (("1.2.3", False), ("1.2.2", "answered")):
            question.with_user(self.accountant).sudo(False).tag({"type_id": self.type_(code).id})
            self.assert_matter("nobody" if how else "client", how)

    def test_undone_decision_leaves_the_derived_end(self):
        self.click(MONDAY + DAY, self.items, "action_accept")
        row = self.row.with_user(self.accountant).sudo(False)
        with freeze_time(MONDAY + 3 * DAY):
            undo = row.decide_matter("mark", "withdrawn")["undo"]
            row.undo_matter(undo)
        self.assert_end(self.row, "elsewhere", MONDAY + DAY)
        self.assertFalse(self.row.matter_marked_by_id)

    def test_nothing_needed_ends_all_letters_when_that_was_found(self):
        self.run_job(MONDAY + WEEK)
        self.click(MONDAY + 8 * DAY, self.items | self.lease, "action_not_applicable")
        self.assert_closed("withdrawn", MONDAY + 8 * DAY)

    def test_mistaken_accept_of_a_returned_document(self):
        self.hand(MONDAY + DAY, *self.items)
        self.click(MONDAY + 2 * DAY, self.first, "_return", "Page 2 is missing")
        for action in ("action_accept", "action_reopen"):
            self.click(MONDAY + 3 * DAY, self.first, action)
        self.assertEqual((self.first.state, self.first.return_reason), ("returned", "Page 2 is missing"))
        self.assert_matter("client", False)

    def test_rest_on_paper_beside_a_claim_that_is_replaced(self):
        self.claim(MONDAY + DAY, self.first)
        self.click(MONDAY + 2 * DAY, self.second, "action_accept")
        self.assert_matter("us", False)
        self.hand(MONDAY + 14 * DAY, self.first)
        self.assert_closed("answered", MONDAY + 14 * DAY)
        self.assertFalse(self.matter.their_late, "it has waited for us")

    def test_mail_taken_over_after_the_contract(self):
        mail = self.message(24, reply_to=self.letter.message_id.id)
        self.vector.interaction_client_until = MONDAY + 2 * DAY
        self.run_job(MONDAY + 4 * DAY)
        with freeze_time(MONDAY + 8 * DAY):
            self.hand_over_mail(mail)
        self.assert_closed("answered", MONDAY + DAY)

    def test_message_that_crosses_a_mail_ends_at_once(self):
        self.message(24, reply_to=self.letter.message_id.id)
        mail = self.list.interaction_ids.filtered(lambda row: row.direction == "incoming")
        question = self.message(3 * 24, "1.2.2", "message_out")
        with freeze_time(MONDAY + 8 * DAY):
            self.hand_over_mail(mail)
        self.assertFalse(question.matter_id.is_open)

    def test_letter_ends_no_other_question(self):
        self.hand(MONDAY + DAY, *self.items)
        self.click(MONDAY + DAY, self.lease, "action_not_applicable")
        question = self.message(2 * 24, "1.2.2", "message_out")
        other = self.new_item(MONDAY + 3 * DAY).with_user(self.accountant)
        self.run_job(MONDAY + WEEK)
        self.click(MONDAY + 8 * DAY, other, "action_not_applicable")
        self.assertTrue(question.matter_id.is_open)
        self.add(MONDAY + 9 * DAY, self.first)
        self.assertEqual(question.matter_id.closed_on, MONDAY + 9 * DAY)

    def test_renewed_contract_settles_a_complete_list(self):
        self.hand(MONDAY + DAY, self.first)
        self.click(MONDAY + DAY, self.lease, "action_not_applicable")
        self.vector.interaction_client_until = MONDAY + 2 * DAY
        self.run_job(MONDAY + 4 * DAY)
        self.hand(MONDAY + 8 * DAY, self.second)
        self.vector.interaction_client_until = False
        self.run_job(MONDAY + 10 * DAY)
        self.assert_closed("elsewhere", MONDAY + 8 * DAY)

    def test_what_another_person_need_not_send(self):
        olga = self.make_contact(name="Olga", email="olga@vector.example.com", parent_id=self.vector.id)
        self.second.partner_id = olga
        self.lease.partner_id = olga
        self.run_job(MONDAY + WEEK)
        for hand, how in ((self.hand, "answered"), (self.accept, "elsewhere")):
            with self.subTest(how), self.env.cr.savepoint() as savepoint:
                hand(MONDAY + 8 * DAY, self.first)
                self.click(MONDAY + 21 * DAY, self.second | self.lease, "action_not_applicable")
                self.assert_closed(how, MONDAY + 8 * DAY)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_what_an_earlier_letter_need_not_have_asked(self):
        self.click(MONDAY + DAY, self.second, "action_not_applicable")
        self.run_job(MONDAY + WEEK)
        self.click(MONDAY + 8 * DAY, self.lease, "action_accept")
        self.click(MONDAY + 21 * DAY, self.first, "action_not_applicable")
        self.assert_closed("elsewhere", MONDAY + 8 * DAY)

    def test_former_client_who_has_sent_nothing_stays_withdrawn(self):
        self.vector.interaction_client_until = MONDAY + 2 * DAY
        self.run_job(MONDAY + 4 * DAY)
        for action in ("action_accept", "action_reopen"):
            self.click(MONDAY + 5 * DAY, self.first, action)
        self.assert_closed("withdrawn", MONDAY + 4 * DAY)

    def test_item_added_after_the_contract_is_not_wanted(self):
        self.vector.interaction_client_until = MONDAY + 2 * DAY
        self.run_job(MONDAY + 4 * DAY)
        other = self.new_item(MONDAY + 5 * DAY).with_user(self.accountant)
        self.click(MONDAY + 6 * DAY, other, "action_accept")
        self.assert_closed("withdrawn", MONDAY + 4 * DAY)

    def test_message_before_the_items_were_added_ends_with_them(self):
        with freeze_time(MONDAY + 3 * DAY):
            own = self.make_list(period="2026-09-01")
        questions = [self.message(hours, "1.2.2", "message_out", record=own) for hours in (48, 49)]
        self.click(MONDAY + 5 * DAY, own.item_ids, "action_accept")
        self.assertEqual([question.matter_id.closed_on for question in questions], [MONDAY + 5 * DAY] * 2)

    def test_claim_beside_files_that_take_a_second_to_store(self):
        store = type(self.first)._store_files
        with freeze_time(MONDAY + DAY) as clock:
            slow = patch.object(
                type(self.first), "_store_files", lambda item, files: (clock.tick(), store(item, files))[1]
            )
            with slow:
                self.items._hand_over(
                    self.ivan,
                    {self.second.id: {"files": [("a.pdf", b"%PDF")]}, self.first.id: {"not_applicable": "None"}},
                )
        self.assert_matter("us", False)

    def test_document_added_after_our_message_is_not_late_with_the_contract(self):
        self.click(MONDAY + DAY, self.lease, "action_not_applicable")
        self.hand(MONDAY + DAY, self.first)
        self.message(2 * 24, "1.2.2", "message_out")
        self.hand(MONDAY + 3 * DAY, self.second)
        self.new_item(MONDAY + 3 * DAY + timedelta(hours=1))
        self.vector.interaction_client_until = MONDAY + 3 * DAY
        self.run_job(MONDAY + 4 * DAY)
        self.assert_closed("answered", MONDAY + 3 * DAY)

    def accept(self, moment, item):
        self.click(moment, item, "action_accept")
