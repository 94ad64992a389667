from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import Form
from odoo.tests.common import tagged

from .requests_common import MONDAY, WEEK, SettlingCase


@tagged("post_install", "-at_install")
@freeze_time(MONDAY + timedelta(days=1))
class TestRequestSettling(SettlingCase):
    """Test that a list of which nothing is requested any more leaves no matter open, whatever ended it."""

    def test_matter_waits_for_the_client_until_nothing_is_outstanding(self):
        values = {"record": self.list, "partner": self.ivan}
        # a mail without files, taken for documents
        self.capture(MONDAY + timedelta(hours=4), code="message_in", type_code="1.1.1", **values)
        self.assert_matter("client", False)
        question = self.capture(MONDAY + timedelta(hours=5), code="message_in", type_code="1.1.3", **values)
        self.assertEqual(question.matter_id, self.matter)
        self.assert_matter("us", False)
        self.capture(MONDAY + timedelta(hours=6), type_code="1.2.1", **values)
        self.assert_matter("client", False)
        self.assertTrue(self.matter.is_open and self.matter.is_requested and not self.matter.closed_on)
        second = self.run_job(MONDAY + WEEK)
        self.assertEqual((second.interaction_id.matter_id, len(self.list.interaction_ids.matter_id)), (self.matter, 1))
        with freeze_time(MONDAY + WEEK + timedelta(days=1)):
            for item in self.items:
                self.assert_matter("client", False)
                self.hand_over(item, (f"{item.id}.pdf", b"%d" % item.id))
        self.assert_matter("nobody", "answered")
        self.assertFalse(self.matter.is_requested)
        self.assertEqual(self.matter.closed_on, MONDAY + WEEK + timedelta(days=1), "with the last document")
        with freeze_time(MONDAY + WEEK + timedelta(days=3)):
            self.message(9 * 24, "4.1.1")
        self.assertEqual(self.matter.closed_on, MONDAY + WEEK + timedelta(days=1), "not with news")

    def test_other_matters_on_the_list_leave_none_open(self):
        question = self.message(4, "1.1.3")
        question.with_user(self.accountant).split_matter()
        self.message(5, "2.1.1", polarity="negative")
        sigma = self.make_client(name="Sigma", user_id=self.accountant.id)
        foreign = self.message(6, "1.2.2", "message_out", partner=sigma)
        self.items[0].action_accept()
        self.assertEqual((self.matter.waiting, foreign.matter_id.is_requested), ("client", False))
        self.items[1].action_accept()
        self.assert_matter("nobody", "elsewhere")
        matters = self.list.interaction_ids.matter_id
        self.assertGreater(len(matters), 2)
        self.assertFalse(any(matters.mapped("is_requested")))
        self.assertEqual(foreign.matter_id.waiting, "client", "our question to another client")

    def test_person_ends_what_documents_are_outstanding_of(self):
        self.message(4)
        self.assert_matter("client", False)
        matter = self.matter.with_user(self.accountant)
        for action, outcome in (("no_answer", "no_answer"), ("withdrawn", "withdrawn"), ("elsewhere", "elsewhere")):
            getattr(matter, f"action_{action}")()
            self.assert_matter("nobody", outcome)
            self.assertEqual(self.matter.closed_on, MONDAY + timedelta(days=1), "now")
            matter.action_undo_decision()
            self.assert_matter("client", False)
        matter.action_elsewhere()
        self.assertFalse(self.matter.is_open)
        matter.action_undo_decision()
        self.assert_matter("client", False)

    def test_decision_after_our_answer_is_about_the_documents(self):
        self.message(4, "1.1.3")
        answer = self.message(5, "1.2.1", "message_out")
        self.assert_matter("client", False)
        self.matter.with_user(self.accountant).action_withdrawn()
        self.env.invalidate_all()
        self.assertEqual((self.matter.is_open, answer.matter_mark), (False, False))
        self.assertEqual(self.letter.interaction_id.matter_mark, "withdrawn")

    def test_matter_without_its_letter_waits_for_nothing(self):
        self.message(4, "1.1.3")
        self.message(5, "1.2.1", "message_out")
        self.assert_matter("client", False)
        self.letter.interaction_id.with_user(self.accountant).tag({"state": "ignored"})
        self.assertFalse(self.matter.is_open)

    def test_ignored_reminder_leaves_the_letter_before(self):
        reminder = self.run_job(MONDAY + WEEK)
        with freeze_time(MONDAY + WEEK + timedelta(days=1)):
            reminder.interaction_id.with_user(self.accountant).tag({"state": "ignored"})
            question = self.message(7 * 24 + 1, "1.1.3")
            self.message(7 * 24 + 2, "1.2.1", "message_out")
            question.with_user(self.accountant).tag({"type_id": self.type_("1.1.2").id})
            self.assert_matter("client", False)

    def test_new_line_of_a_late_list_can_be_added(self):
        self.env.company.interaction_letter_weekday = False
        self.list.due = "2026-11-01"
        with Form(self.list.with_user(self.accountant)) as form, form.item_ids.new() as line:
            line.name = "Contract"
            self.assertFalse(line.is_overdue)
            line.due = "2026-10-31"

    def test_hand_over_that_is_no_interaction_leaves_nothing_open(self):
        self.hand_over(self.items[0], ("a.pdf", b"a"))
        with freeze_time(MONDAY + timedelta(days=2)):
            last = self.hand_over(self.items[1], ("b.pdf", b"b"))
            self.assert_matter("nobody", "answered")
            last.interaction_id.with_user(self.accountant).tag({"state": "ignored"})
            self.assert_matter("nobody", "elsewhere")

    def test_renewed_contract_waits_again(self):
        self.vector.interaction_client_until = "2026-11-05"
        self.run_job(MONDAY + timedelta(days=4))
        self.assert_matter("nobody", "withdrawn")
        self.vector.interaction_client_until = False
        self.run_job(MONDAY + timedelta(days=5))
        self.assert_matter("client", False)

    def test_decision_about_a_question_leaves_the_documents(self):
        self.message(4, "1.1.3").with_user(self.accountant).mark_matter("elsewhere")
        self.assert_matter("client", False)

    def test_item_named_in_a_letter_remains_on_its_list(self):
        later = self.make_list(period="2026-11-01", names=("Contract",))
        item = self.items[0].with_user(self.accountant).sudo(False)
        for change in (item.unlink, lambda: item.write({"list_id": later.id})):
            with self.assertRaisesRegex(UserError, "named in a letter"):
                change()
        self.assertEqual(item.list_id, self.list)

    def test_reopened_list_waits_again(self):
        self.message(4)
        self.items.action_accept()
        self.assert_matter("nobody", "answered")
        self.list.with_user(self.accountant).action_reopen()
        self.items[0].action_reopen()
        self.assert_matter("client", False)

    def test_documents_on_paper_answer_it_elsewhere(self):
        self.items[0].action_accept()
        self.assert_matter("client", False)
        self.items[1].action_not_applicable()
        self.assertEqual(self.list.state, "closed")
        self.assert_matter("nobody", "elsewhere")

    def test_nothing_applicable_withdraws_it(self):
        self.items.action_not_applicable()
        self.assert_matter("nobody", "withdrawn")

    def test_reopened_item_waits_for_the_client_again(self):
        self.items.action_accept()
        self.items[0].action_reopen()
        self.assert_matter("client", False)
        self.assertTrue(self.matter.waiting_from, "the client's time runs")
        self.assertFalse(self.letter.interaction_id.matter_mark)
        self.items[0].action_accept()
        self.assert_matter("nobody", "elsewhere")

    def test_word_of_a_person_stays(self):
        self.letter.interaction_id.with_user(self.accountant).mark_matter("withdrawn")
        self.items.action_accept()
        self.items[0].action_reopen()
        self.assert_matter("nobody", "withdrawn")

    def test_paper_after_a_reminder_settles_it(self):
        self.hand_over(self.items[0], ("a.pdf", b"a"))
        self.run_job(MONDAY + WEEK)
        with freeze_time(MONDAY + WEEK + timedelta(days=1)):
            self.items.action_accept()
        self.assert_matter("nobody", "elsewhere")

    def test_list_without_its_last_item_is_closed_by_hand(self):
        lease = self.new_item(MONDAY)
        self.items.action_accept()
        lease.with_user(self.accountant).unlink()
        self.assert_matter("nobody", "elsewhere")
        self.list.with_user(self.accountant).action_close()
        self.assert_matter("nobody", "elsewhere")

    def test_deleted_list_withdraws_it(self):
        list_ = self.make_list(period="2026-08-01", names=("Contract",))
        self.ask(list_)
        self.env.invalidate_all()
        self.matter = list_.matter_id
        self.assertEqual(self.matter.waiting, "client", "asked by hand, no letter names it")
        list_.unlink()
        self.assert_matter("nobody", "withdrawn")

    def test_end_of_the_contract_withdraws_it(self):
        self.vector.interaction_client_until = "2026-11-05"
        self.run_job(MONDAY + timedelta(days=3))
        self.assert_matter("client", False)
        self.run_job(MONDAY + WEEK)
        self.assert_matter("nobody", "withdrawn")

    def test_question_back_does_not_keep_the_list_from_its_end(self):
        self.message(4, "1.1.3")
        back = self.message(5, "1.2.1", "message_out")
        back.with_user(self.accountant).mark_matter("question_back")
        self.assert_matter("client", False)
        for item in self.items:
            self.hand_over(item, ("a.pdf", b"a"))
        self.items.action_accept()
        self.assertEqual(self.list.state, "closed")
        self.message(6, "1.1.3")
        self.message(7, "1.2.1", "message_out")
        self.assertFalse(self.matter.is_open)

    def test_hand_over_retyped_as_a_question_asks_us(self):
        question = self.hand_over(self.items[0], answer="Could you take it from the bank?").interaction_id
        self.assertEqual(question.matter_mark, "part")
        question.with_user(self.accountant).tag({"type_id": self.type_("1.1.3").id})
        self.assert_matter("us", False)
        self.items[0].action_accept()
        self.hand_over(self.items[1], ("b.pdf", b"b"))
        self.assert_matter("us", False)

    def test_request_by_hand_after_the_end_waits(self):
        for item in self.items:
            self.hand_over(item, ("a.pdf", b"a"))
        frozen = freeze_time(MONDAY + timedelta(days=3))
        frozen.start()
        self.addCleanup(frozen.stop)
        request = self.message(50, "1.2.2", "message_out")
        request.with_user(self.accountant).tag({"type_id": self.type_("1.2.2").id})
        self.items[0].action_accept()
        self.run_job(MONDAY + timedelta(days=4))
        self.assertEqual(request.matter_id.waiting, "client")

    def test_other_question_of_ours_stays_open(self):
        types = self.env["crm.interaction.type"].search([("expects_answer", "=", True), ("direction", "=", "outgoing")])
        other = (types - self.letter.interaction_id.type_id)[:1] or self.type_("1.2.1").browse()
        other.expects_answer = True
        self.capture(MONDAY + timedelta(hours=9), record=self.list, partner=self.ivan, type_code=other.code)
        self.items.action_accept()
        self.assert_matter("client", False)
