from datetime import timedelta

from freezegun import freeze_time

from odoo.tests.common import tagged

from .requests_common import DAY, MONDAY, WEEK, SettlingCase


@tagged("post_install", "-at_install")
class TestRequestAdditions(SettlingCase):
    """Test what a page that is added to a document answers: documents asked for in a message, and nothing else."""

    def test_answer_to_a_message_stays_when_another_document_is_returned(self):
        first, second = self.items
        self.hand(MONDAY + DAY, *self.items)
        question = self.message(2 * 24, "1.2.2", "message_out")
        self.add(MONDAY + 3 * DAY, first)
        self.assertEqual(question.matter_id.closed_on, MONDAY + 3 * DAY)
        self.click(MONDAY + 5 * DAY, second, "_return", "Page 2 is missing")
        self.assertEqual(question.matter_id.closed_on, MONDAY + 3 * DAY)
        self.claim(MONDAY + 6 * DAY, second)
        self.assertEqual(question.matter_id.closed_on, MONDAY + 3 * DAY)
        self.hand(MONDAY + 7 * DAY, second)
        self.assertEqual(question.matter_id.closed_on, MONDAY + 3 * DAY)

    def test_addition_after_a_document_was_returned_is_no_answer(self):
        first, second = self.items
        self.hand(MONDAY + DAY, *self.items)
        question = self.message(2 * 24, "1.2.2", "message_out")
        self.message(3 * 24, reply_to=self.letter.message_id.id)
        self.click(MONDAY + 3 * DAY, second, "_return", "Page 2 is missing")
        self.message(3 * 24 + 2, "1.2.2", "message_out", reply_to=self.letter.message_id.id)
        self.add(MONDAY + 4 * DAY, first)
        self.assertTrue(question.matter_id.is_open)
        self.assertTrue(self.matter.is_open)

    def test_message_before_the_letter_is_answered_by_no_addition_to_it(self):
        first = self.items[0]
        self.message(-48, "1.2.2", "message_out")
        self.message(-24)
        self.hand(MONDAY + DAY, first)
        self.add(MONDAY + 2 * DAY, first)
        self.env.invalidate_all()
        self.assertTrue(self.list.matter_id.is_open)

    def test_addition_answers_no_letter(self):
        self.hand(MONDAY + DAY, *self.items)
        lease = self.new_item(MONDAY + 2 * DAY)
        self.assertTrue(self.run_job(MONDAY + WEEK))
        self.add(MONDAY + 8 * DAY, self.items[0])
        self.assert_matter("client", False)
        self.click(MONDAY + 15 * DAY, lease, "action_not_applicable")
        self.assert_closed("withdrawn", MONDAY + 15 * DAY)
        self.assertEqual(self.matter.their_asked_on, MONDAY + WEEK)

    def test_addition_is_no_answer_while_what_we_asked_for_is_outstanding(self):
        self.hand(MONDAY + DAY, *self.items)
        lease = self.new_item(MONDAY + 2 * DAY)
        question = self.message(3 * 24, "1.2.2", "message_out")
        self.add(MONDAY + 4 * DAY, self.items[0])
        self.assertTrue(question.matter_id.is_open)
        self.click(MONDAY + 9 * DAY, lease, "action_not_applicable")
        self.assertEqual(question.matter_id.closed_on, MONDAY + 9 * DAY)

    def test_decision_about_another_document_ends_no_message_about_a_new_one(self):
        self.hand(MONDAY + DAY, *self.items)
        lease = self.new_item(MONDAY + 2 * DAY)
        question = self.message(3 * 24, "1.2.2", "message_out")
        self.click(MONDAY + 4 * DAY, self.items[0], "action_accept")
        self.env["crm.interaction.request.list"]._settle_requests(self.env.company)
        self.assertTrue(question.matter_id.is_open)
        self.hand(MONDAY + 9 * DAY, lease)
        self.assertEqual(question.matter_id.closed_on, MONDAY + 9 * DAY)

    def test_item_added_for_the_next_letter_has_no_part_in_a_message_before(self):
        self.hand(MONDAY + DAY, *self.items)
        question = self.message(2 * 24, "1.2.2", "message_out")
        for added in (self.new_item(MONDAY + 3 * DAY), self.new_item(MONDAY + 3 * DAY)):
            with freeze_time(MONDAY + 3 * DAY):
                added.unlink()
        self.env.invalidate_all()
        self.assertTrue(question.matter_id.is_open)
        self.new_item(MONDAY + 3 * DAY)
        self.add(MONDAY + 4 * DAY, self.items[0])
        self.assertEqual(question.matter_id.closed_on, MONDAY + 4 * DAY)

    def test_item_made_of_a_message_is_what_it_asks_for(self):
        self.hand(MONDAY + DAY, *self.items)
        message = self.list.message_post(body="Please send the lease", subtype_xmlid="mail.mt_comment")
        question = self.message(2 * 24, "1.2.2", "message_out", message_id=message.id)
        values = {"message_id": message.id, "documents": "Lease", "client_id": self.vector.id, "period": "2026-10-01"}
        with freeze_time(MONDAY + 3 * DAY):
            self.env["crm.interaction.request.asking"].with_user(self.accountant).create(values).action_ask()
        lease = self.list.item_ids - self.items.sudo(False)
        self.assertEqual(lease.sudo().message_id, message)
        self.add(MONDAY + 4 * DAY, self.items[0])
        self.assertTrue(question.matter_id.is_open)
        with freeze_time(MONDAY + 5 * DAY):
            lease.unlink()
        self.env.invalidate_all()
        self.assertFalse(question.matter_id.is_open)

    def test_addition_beside_a_document_reopened_by_mistake_moves_no_end(self):
        first, second = self.items
        self.hand(MONDAY + DAY, first)
        self.click(MONDAY + 2 * DAY, second, "action_accept")
        self.click(MONDAY + 3 * DAY, second, "action_reopen")
        self.add(MONDAY + 3 * DAY, first)
        self.click(MONDAY + 4 * DAY, second, "action_accept")
        self.assert_closed("elsewhere", MONDAY + 2 * DAY)

    def test_addition_answers_no_other_question(self):
        self.hand(MONDAY + DAY, *self.items)
        for number, codes in enumerate((("1.2.3", "2.2.1"), ("1.2.2", "1.2.3"))):
            for hours, type_code in enumerate(codes):
                question = self.message(48 + 2 * number + hours, type_code, "message_out")
                self.assertTrue(question.type_id.expects_answer)
            self.add(MONDAY + 3 * DAY + timedelta(hours=number), self.items[0])
            self.assertTrue(question.matter_id.is_open)
            self.message(80 + number)

    def test_addition_is_judged_anew_when_the_type_of_our_message_is_corrected(self):
        self.hand(MONDAY + DAY, *self.items)
        question = self.message(2 * 24, "1.2.3", "message_out")
        self.add(MONDAY + 3 * DAY, self.items[0])
        self.click(MONDAY + 4 * DAY, self.items, "action_accept")
        self.assertTrue(question.matter_id.is_open)
        for code, closed_on in (("1.2.2", MONDAY + 3 * DAY), ("1.2.3", False)):
            question.with_user(self.accountant).sudo(False).tag({"type_id": self.type_(code).id})
            self.env.invalidate_all()
            self.assertEqual(question.matter_id.closed_on, closed_on)

    def test_addition_before_the_decision_about_another_document_stays_in_part(self):
        """The matter was opened by our message, before any letter."""
        with freeze_time(MONDAY + DAY):
            own = self.make_list(period="2026-09-01").with_user(self.env.user)
        first, second = own.item_ids
        question = self.capture(MONDAY + 2 * DAY, record=own, partner=self.ivan, code="message_out", type_code="1.2.2")
        submissions = {first.id: {"not_applicable": "None"}, second.id: {"files": [("b.pdf", b"%PDF")]}}
        with freeze_time(MONDAY + 3 * DAY):
            own.item_ids._hand_over(self.ivan, submissions)
        self.add(MONDAY + 4 * DAY, second)
        self.env.invalidate_all()
        self.assertEqual(question.matter_id.waiting, "us")
        self.click(MONDAY + 5 * DAY, first, "action_not_applicable")
        self.assertEqual(question.matter_id.closed_on, MONDAY + 3 * DAY)

    def test_mistaken_decision_after_an_addition_moves_no_answer(self):
        first, second = self.items
        self.claim(MONDAY + DAY, first, second)
        self.hand(MONDAY + 2 * DAY, first)
        self.add(MONDAY + 3 * DAY, first)
        for action in ("action_not_applicable", "action_reopen", "action_accept"):
            self.click(MONDAY + 9 * DAY, first, action)
            self.assert_closed("answered", MONDAY + 2 * DAY)

    def test_addition_typed_as_a_question_and_back_is_in_part_again(self):
        first = self.items[0]
        self.hand(MONDAY + DAY, first)
        self.add(MONDAY + 2 * DAY, first)
        addition = self.list.handover_ids.filtered("is_addition").interaction_id
        for hours, code, mark in ((1, "1.1.2", False), (2, "1.1.1", "part"), (3, "1.1.2", False), (99, "1.1.1", False)):
            with freeze_time(MONDAY + 2 * DAY + timedelta(hours=hours)):
                addition.with_user(self.accountant).sudo(False).tag({"type_id": self.type_(code).id})
                self.env.invalidate_all()
                self.assertEqual(addition.matter_mark, mark)
        self.assertTrue(addition.matter_kept, "our answer was late")

    def test_rest_of_a_mail_taken_over_later_leaves_its_answer(self):
        first, second = self.items
        mail = self.message(24, reply_to=self.letter.message_id.id)
        self.hand(MONDAY + DAY, first, second, row=mail)
        self.assert_closed("answered", MONDAY + DAY)
        with freeze_time(MONDAY + 9 * DAY):
            files = {first.id: {"files": [("page 2.pdf", b"%PDF 2")]}}
            self.list.item_ids._hand_over(self.ivan, files, how="mail", interaction=mail)
        self.assertFalse(mail.matter_mark)
        self.assert_closed("answered", MONDAY + DAY)

    def test_newer_message_makes_no_late_answer_one_in_time(self):
        self.hand(MONDAY + DAY, *self.items)
        lease = self.new_item(MONDAY + DAY)
        question = self.message(2 * 24, "1.2.2", "message_out")
        self.add(MONDAY + 3 * DAY, self.items[0])
        self.hand(MONDAY + 9 * DAY, lease)
        self.assertEqual(question.matter_id.closed_on, MONDAY + 9 * DAY)
        newer = self.message(10 * 24, "1.2.2", "message_out", reply_to=question.message_id.id)
        newer.merge_matter(question.matter_id.id)
        self.list._settle_matters()
        self.env.invalidate_all()
        self.assertEqual(question.matter_id.waiting_from, MONDAY + 10 * DAY)

    def test_confirmed_addition_keeps_its_answer_while_another_document_is_returned(self):
        first, second = self.items
        self.hand(MONDAY + DAY, *self.items)
        question = self.message(2 * 24, "1.2.2", "message_out")
        self.add(MONDAY + 3 * DAY, first)
        self.click(MONDAY + 5 * DAY, second, "_return", "Page 2 is missing")
        addition = self.list.handover_ids.filtered("is_addition").interaction_id
        addition.with_user(self.accountant).sudo(False).tag({"type_id": addition.type_id.id})
        self.env.invalidate_all()
        self.assertEqual(question.matter_id.closed_on, MONDAY + 3 * DAY)
