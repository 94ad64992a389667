from datetime import timedelta

from freezegun import freeze_time

from odoo.tests.common import tagged

from .requests_common import MONDAY, WEEK, SettlingCase


@tagged("post_install", "-at_install")
@freeze_time(MONDAY + timedelta(days=1))
class TestRequestSettlingMoves(SettlingCase):
    """Test that lists wait for the client in one matter, whatever is moved, merged or split off."""

    def test_two_lists_in_one_matter_wait_for_both(self):
        november = self.make_list(period="2026-11-01", names=("Contract",))
        self.run_job(MONDAY + WEEK)
        own = november.matter_id
        self.assertNotEqual(own, self.matter)
        self.env.invalidate_all()
        self.list.matter_id.interaction_ids.with_user(self.accountant).merge_matter(own.id)
        self.env.invalidate_all()
        self.matter = self.list.matter_id
        self.items.action_accept()
        self.message(10)
        self.assert_matter("client", False)
        november.item_ids.action_accept()
        self.assertFalse(self.matter.is_requested)
        self.assert_matter("nobody", "answered")

    def test_merged_matter_goes_on_waiting(self):
        other = self.message(3, "1.1.3", record=self.vector).matter_id
        self.message(4)
        self.matter.interaction_ids.with_user(self.accountant).merge_matter(other.id)
        self.matter = other
        self.message(20, "1.2.1", "message_out").with_user(self.accountant).merge_matter(other.id)
        self.assert_matter("client", False)

    def test_letter_of_a_finished_list_asks_for_nothing(self):
        self.items.action_accept()
        question = self.message(4, "1.1.3", record=self.vector)
        self.message(5, "1.2.1", "message_out", record=self.vector).with_user(self.accountant).merge_matter(
            question.matter_id.id
        )
        self.letter.interaction_id.with_user(self.accountant).merge_matter(question.matter_id.id)
        self.assertFalse(question.matter_id.is_open)

    def test_list_is_asked_for_in_the_matter_of_its_question(self):
        november = self.make_list(period="2026-11-01", names=("Contract",))
        question = self.message(4, "1.1.3", record=november)
        self.run_job(MONDAY + WEEK)
        self.message(9 * 24, "1.2.1", "message_out", record=november)
        self.env.invalidate_all()
        self.assertEqual((november.matter_id, question.matter_id.waiting), (question.matter_id, "client"))

    @freeze_time(MONDAY + WEEK + timedelta(days=1))
    def test_matters_that_one_letter_opened_are_ended_as_one(self):
        sigma = self.make_client(name="Sigma", user_id=self.accountant.id, email="s@example.com")
        october, november = (self.make_list(sigma, period=period) for period in ("2026-10-01", "2026-11-01"))
        self.run_job(MONDAY + WEEK)
        self.matter = october.matter_id
        self.assertNotEqual(november.matter_id, self.matter)
        november.matter_id.interaction_ids.with_user(self.accountant).merge_matter(self.matter.id)
        self.assert_matter("client", False)
        matter = self.matter.with_user(self.accountant)
        matter.action_withdrawn()
        self.assert_matter("nobody", "withdrawn")
        matter.action_undo_decision()
        self.assert_matter("client", False)
        november.item_ids.action_accept()
        self.assert_matter("client", False)
        october.item_ids.action_accept()
        self.assert_matter("nobody", "elsewhere")
        self.assertFalse(self.matter.is_decided, "by no person")

    def test_letter_split_off_after_the_end_waits_until_the_next_job(self):
        self.hand_over(self.items[0], ("a.pdf", b"a"))
        self.hand_over(self.items[1], ("b.pdf", b"b"))
        own = self.letter.interaction_id
        own.with_user(self.accountant).split_matter()
        self.assertEqual(own.matter_id.waiting, "client")
        self.run_job(MONDAY + timedelta(days=2))
        self.assertEqual((own.matter_id.waiting, self.list.state), ("nobody", "open"))

    def hand_over_all(self, days=1):
        with freeze_time(MONDAY + timedelta(days=days)):
            for item in self.items:
                self.hand_over(item, ("a.pdf", b"%d" % item.id))

    @freeze_time(MONDAY + timedelta(days=9))
    def test_later_question_leaves_what_was_answered(self):
        self.hand_over_all()
        answered = self.matter.their_answered_on
        question = self.message(7 * 24, "1.1.3")
        self.items.action_accept()
        self.assertEqual((self.matter.their_answered_on, self.matter.their_late), (answered, False))
        self.message(8 * 24, "1.2.1", "message_out")
        self.list._settle_matters()
        self.assertEqual((self.matter.their_answered_on, question.matter_id.waiting), (answered, "nobody"))

    @freeze_time(MONDAY + timedelta(days=3))
    def test_claim_waits_for_us_until_it_is_decided(self):
        self.message(4, "1.1.3")
        self.message(5, "1.2.1", "message_out")
        with freeze_time(MONDAY + timedelta(days=1)):
            self.hand_over(self.items[0], ("a.pdf", b"a"))
            self.hand_over(self.items[1], not_applicable="There were none")
        self.assert_matter("us", False)
        self.items[0].action_accept()
        for _time in range(3):
            self.list._settle_matters()
            self.assert_matter("us", False)
        self.items[1].action_accept()
        self.assert_matter("nobody", "answered")

    @freeze_time(MONDAY + timedelta(days=3))
    def test_hand_over_beside_a_question_stays_one_in_part(self):
        self.message(4, "1.1.3")
        self.hand_over_all()
        self.message(30, "1.2.1", "message_out")
        self.items[0].action_accept()
        self.assertEqual(self.list.handover_ids[-1].interaction_id.matter_mark, "part")
        self.assertFalse(self.matter.reminders)

    @freeze_time(MONDAY + timedelta(days=3))
    def test_request_after_the_hand_over_of_a_list_without_letter_waits(self):
        with freeze_time(MONDAY):
            list_ = self.make_list(period="2026-08-01", names=("Contract",))
            self.ask(list_)
        with freeze_time(MONDAY + timedelta(days=1)):
            self.hand_over(list_.item_ids, ("a.pdf", b"a"))
        request = self.message(30, "1.2.2", "message_out", record=list_)
        list_.item_ids.action_accept()
        self.assertEqual((list_.state, request.matter_id.waiting), ("closed", "client"))

    @freeze_time(MONDAY + WEEK + timedelta(days=1))
    def test_document_of_a_later_letter_leaves_what_was_answered(self):
        self.hand_over_all()
        self.env["crm.interaction.matter.item"].create({"list_id": self.list.id, "name": "Contract"})
        self.run_job(MONDAY + WEEK)
        self.items[0].action_accept()
        self.assertFalse(self.list.handover_ids.interaction_id.sorted("date")[-1].matter_mark)
        self.assert_matter("client", False)
        self.assertFalse(self.matter.reminders)

    def asked_by_hand(self):
        """Return a list of two items, for which a message of ours has asked on Monday."""
        list_ = self.make_list(period="2026-08-01", names=("Contract", "Act"))
        list_.item_ids._by_code().added_on = MONDAY - WEEK
        with freeze_time(MONDAY):
            self.ask(list_)
        return list_

    @freeze_time(MONDAY + timedelta(days=3))
    def test_list_asked_for_by_hand_is_answered_by_what_came(self):
        list_ = self.asked_by_hand()
        with freeze_time(MONDAY + timedelta(days=1)):
            for item in list_.item_ids:
                self.hand_over(item, (f"{item.id}.pdf", b"%d" % item.id))
        self.env["crm.interaction.matter.item"].create({"list_id": list_.id, "name": "Lease"})
        list_.item_ids[0].action_accept()
        self.assertFalse(list_.handover_ids.interaction_id.sorted("id")[-1].matter_mark)
        self.assertEqual(list_.matter_id.closed_how, "answered")

    @freeze_time(MONDAY + timedelta(days=4))
    def test_rest_on_paper_ends_a_reminder_by_hand(self):
        list_ = self.asked_by_hand()
        with freeze_time(MONDAY + timedelta(days=1)):
            self.hand_over(list_.item_ids[0], ("a.pdf", b"a"))
        self.message(50, "1.2.2", "message_out", record=list_)
        list_.item_ids.action_accept()
        self.assertEqual(list_.handover_ids.interaction_id.matter_mark, "part")
        self.assertEqual((list_.matter_id.waiting, list_.matter_id.closed_how), ("nobody", "elsewhere"))
