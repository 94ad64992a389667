from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests.common import tagged

from .complaint_common import MANAGER, MONDAY, ComplaintCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-03 12:00:00")
class TestMattersComplaints(ComplaintCase):
    """A complaint belongs to the supervisor and is closed by the client's word only."""

    def test_only_a_confirmed_negative_opinion_is_a_complaint(self):
        for values, is_complaint in (
            ({"type_code": "2.1.1", "polarity": "negative"}, True),
            ({"type_code": "2.1.1", "polarity": "neutral"}, False),
            ({"type_code": "2.1.1"}, False),
            ({"polarity": "negative"}, False),
            ({"type_code": "1.1.2", "polarity": "negative"}, False),
        ):
            with self.subTest(values):
                matter = self.message(record=self.make_task(partner_id=self.alfa.id), **values).matter_id
                self.assertEqual((matter.is_complaint, matter.complaint_state), (is_complaint, is_complaint and "open"))

    def test_accountant_declares_no_complaint_answered(self):
        complaint = self.message(type_code="2.1.1", polarity="negative")
        for mark in ("no_answer", "elsewhere", "withdrawn"):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self.by(self.accountant, complaint).mark_matter(mark)
        self.by(self.auditor, complaint).mark_matter("elsewhere")
        self.assertEqual(complaint.matter_id.waiting, "client")

    def test_suggested_complaint_becomes_one_when_confirmed(self):
        suggested = self.message(polarity="negative")
        self.by(self.accountant, suggested).tag({"type_id": self.type_("2.1.1").id})
        self.assertTrue(suggested.matter_id.is_complaint)
        self.assertEqual(suggested.matter_id.complaint_owner_id, self.auditor)

    def test_call_that_complains_waits_for_an_answer(self):
        call = self.log(
            partner_id=self.alfa.id, type_id=self.type_("2.1.1").id, polarity="negative", date=MONDAY, channel="phone"
        )
        self.assertRecordValues(
            call.matter_id,
            [{"complaint_state": "open", "waiting": "us", "due": MONDAY + timedelta(hours=4, minutes=30)}],
        )

    def test_response_time_of_client_service_type_and_company(self):
        service = self.env["crm.interaction.service"].search([], limit=1)
        complaint = self.complain()
        complaint._by_code().service_id = service
        matter, type_ = complaint.matter_id, self.type_("2.1.1")

        def hours():
            matter._set_fact("matter_response", {complaint.id: None})  # as if it were asked now
            matter._derive()
            return (matter.answer_due - complaint.date) / timedelta(hours=1)

        self.env.company.interaction_response_hours = 8
        found = [hours()]
        service.response_hours = 3
        found.append(hours())
        self.alfa.interaction_response_hours = 2
        found.append(hours())
        self.alfa.interaction_response_hours = service.response_hours = type_.response_hours = 0
        found.append(hours())
        self.assertEqual(found, [4.5, 3, 2, 8])

    def test_answer_closes_no_complaint(self):
        complaint, word = self.answered()
        matter = complaint.matter_id
        self.by(self.auditor, word).mark_matter("no_answer")
        self.assertRecordValues(
            matter, [{"complaint_state": "answered", "is_open": True, "waiting": "client", "closed_on": False}]
        )
        self.resolve(self.auditor, matter)
        self.assertRecordValues(
            matter,
            [
                {
                    "complaint_state": "to_confirm",
                    "complaint_action_by_id": self.auditor.id,
                    "complaint_action_on": datetime(2026, 11, 3, 12),
                    "is_open": True,
                }
            ],
        )

    def test_supervisor_deputy_and_manager_close_it_by_the_clients_word(self):
        self.auditor.write(
            {
                "interaction_deputy_id": self.deputy.id,
                "interaction_deputy_from": "2026-11-03",
                "interaction_deputy_until": "2026-11-04",
            }
        )
        for user in (self.auditor, self.deputy, self.manager):
            complaint, word = self.answered()
            matter = complaint.matter_id
            for stranger in (self.user, self.accountant):
                with self.subTest(user=stranger.name), self.assertRaises(AccessError):
                    self.by(stranger, word).mark_matter("settled")
            with self.subTest(user=user.name):
                self.by(user, word).mark_matter("settled")
                self.assertRecordValues(
                    matter,
                    [
                        {
                            "complaint_state": "closed",
                            "complaint_closed_by_id": user.id,
                            "complaint_closed_on": datetime(2026, 11, 3, 12),
                            "complaint_closing_id": word.id,
                            "is_open": False,
                        }
                    ],
                )
                self.assertIn("Complaint Settled", word.type_change_ids[:1].summary)
                with self.assertRaises(AccessError):
                    self.by(self.accountant, word).mark_matter(False)
                self.by(user, word).mark_matter(False)
                self.assertNotEqual(matter.complaint_state, "closed")

    def test_nobody_complained_of_decides(self):
        """Not even a manager or supervisor, and not after the client was given to somebody else."""
        self.alfa.interaction_accountant_id = self.manager
        complaint = self.complain(user=self.auditor)
        word = self.message(hours=2)
        matter = complaint.matter_id
        word._by_code().matter_id = matter
        matter._derive()
        self.assertEqual(matter.complaint_about_ids, self.manager | self.auditor)
        complaint._by_code().user_id = self.user
        self.alfa.interaction_accountant_id = self.accountant
        for user in (self.manager, self.auditor):
            with self.subTest(user=user.name):
                with self.assertRaises(AccessError):
                    self.by(user, word).mark_matter("settled")
                with self.assertRaises(AccessError):
                    self.resolve(user, matter)
                self.assertFalse(self.by(user, matter).can_resolve_complaint)
        other = self.make_staff(login="boss", groups=MANAGER)
        self.assertNotIn(matter.complaint_owner_id, self.manager | self.auditor)
        self.assertTrue(matter.complaint_owner_id.has_group(MANAGER))
        self.by(other, word).mark_matter("settled")
        self.assertEqual(matter.complaint_state, "closed")

    def test_no_message_of_ours_and_none_before_confirms(self):
        before, complaint, ours = self.message(), self.complain(1), self.message("message_out", 2)
        self.by(self.auditor, before | ours).merge_matter(complaint.matter_id.id)
        for interaction in (before, complaint, ours):
            with self.assertRaises(UserError):
                self.by(self.auditor, interaction).mark_matter("settled")

    def test_good_rating_closes_it_and_a_bad_one_does_not(self):
        complaint = self.complain()
        for value, polarity, state in ((3, "neutral", "open"), (5, "positive", "closed")):
            rating = self.message(
                "feedback_given", 2, type_code="2.1.1", polarity=polarity, rating_value=value, channel="portal"
            )
            with self.subTest(value=value):
                if state == "closed":
                    with self.assertRaises(AccessError):
                        self.by(self.accountant, rating).merge_matter(complaint.matter_id.id)
                self.by(self.auditor, rating).merge_matter(complaint.matter_id.id)
                self.assertRecordValues(
                    complaint.matter_id, [{"complaint_state": state, "complaint_closed_by_id": False}]
                )
        self.assertEqual(complaint.matter_id.complaint_closing_id, rating)
        again = self.complain(3)
        self.by(self.auditor, again).merge_matter(complaint.matter_id.id)
        self.assertEqual(complaint.matter_id.complaint_state, "open", "the client complains again")

    def test_complaint_does_not_vanish_by_whom_it_is_about(self):
        for change in (
            lambda row: row.tag({"type_id": self.type_("1.1.2").id}),
            lambda row: row.tag({"state": "ignored"}),
            lambda row: row.tag({"direction": "outgoing"}),
            lambda row: row.write({"polarity": "positive"}),
            lambda row: row.split_matter(),
            lambda row: row.action_reset(),
            lambda row: row.undo_matter({str(row.id): {"matter": False, "proposed": False, "mark": False}}),
        ):
            complaint, _word = self.answered()
            for user in (self.user, self.accountant):
                with self.assertRaises(AccessError), self.env.cr.savepoint():
                    change(self.by(user, complaint))
            self.env.invalidate_all()
            self.assertTrue(complaint.matter_id.is_complaint)
        self.by(self.auditor, complaint).tag({"type_id": self.type_("1.1.2").id})
        self.assertFalse(complaint.matter_id.is_complaint)

    def test_own_slip_cannot_be_undone_when_the_owner_has_acted(self):
        question = self.message()
        values = {"type_id": self.type_("2.1.1").id, "polarity": "negative"}
        answer = self.by(self.accountant, question).tag(values)
        self.resolve(self.auditor, question.matter_id)
        with self.assertRaises(AccessError):
            self.env["crm.interaction"].with_user(self.accountant).undo_tag(answer["undo"])

    def test_complaint_is_linked_by_reply_or_person_only(self):
        complaint = self.complain()
        answer = self.message("message_out", 1)
        self.assertFalse(answer.matter_id)
        self.assertEqual(complaint.matter_id.complaint_state, "open")
