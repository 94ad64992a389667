from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests.common import tagged

from .common import InteractionCase

MONDAY = datetime(2026, 11, 2, 9)
FIGURES = [
    "waiting", "due", "answer_due", "answered_on", "closed_on", "late", "turns", "reopened", "reminders",
    "interaction_count", "hours_us", "hours_client",
]  # fmt: skip


@tagged("post_install", "-at_install")
@freeze_time("2026-11-03 12:00:00")
class TestMattersDecided(InteractionCase):
    """What a person decides about matters."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.write({"resource_calendar_id": False, "interaction_tz": "UTC"})
        cls.user, cls.auditor = cls.make_users(
            {"login": "only.user", "groups": "crm_outsourcing_interactions.group_user"},
            {"login": "auditor", "groups": "crm_outsourcing_interactions.group_user"},
        )
        cls.alfa = cls.make_client(name="Alfa", user_id=cls.user.id, interaction_supervisor_id=cls.auditor.id)
        cls.task = cls.make_task(partner_id=cls.alfa.id)

    def message(self, code, hours=0, **values):
        values = {"partner": self.alfa, "record": self.task, "user": self.user, **values}
        return self.capture(MONDAY + timedelta(hours=hours), code=code, **values)

    def by(self, user, records):
        return records.with_user(user).sudo(False)

    def test_question_back_pauses_the_clock(self):
        question, back = self.message("message_in"), self.message("message_out", 2)
        matter = question.matter_id
        self.assertEqual(matter.closed_how, "answered")
        [state] = self.by(self.user, back).mark_matter("question_back")
        self.assertEqual((state["waiting"], matter.waiting, matter.due), ("client", "client", False))
        self.assertEqual((back.matter_marked_by_id, back.matter_marked_on), (self.user, datetime(2026, 11, 3, 12)))
        self.message("message_in", 25)
        self.assertEqual((matter.waiting, matter.due), ("us", MONDAY + timedelta(hours=32)))
        self.assertEqual(
            [(turn.hours, bool(turn.date_to)) for turn in matter.turn_ids], [(2, True), (8, True), (2, False)]
        )
        sums = matter.turn_ids._read_group([("matter_id", "=", matter.id)], ["side"], ["hours:sum"])
        self.assertEqual(dict(sums), {"us": matter.hours_us, "client": matter.hours_client})
        self.by(self.user, back).mark_matter(False)
        self.assertEqual((matter.answered_on, matter.reopened), (False, 1))

    def test_acknowledgement_is_dated(self):
        question, reply = self.message("message_in"), self.message("message_out", 1)
        self.by(self.user, reply).mark_matter("acknowledgement")
        self.assertRecordValues(question.matter_id, [{"waiting": "us", "acknowledged_on": reply.date}])

    def test_own_question_is_neither_acknowledged_nor_asked_back(self):
        asked = self.message("message_out", type_code="1.2.2")
        asked.action_confirm()
        self.assertEqual(asked.matter_id.waiting, "client")
        for value in ("acknowledgement", "question_back"):
            with self.assertRaisesRegex(UserError, "our own question"):
                self.by(self.user, asked).mark_matter(value)
        self.assertEqual((asked.matter_mark, asked.matter_id.waiting), (False, "client"))

    def test_withdrawn_and_answered_elsewhere(self):
        for hours, mark in enumerate(("withdrawn", "elsewhere")):
            question = self.message("message_in", hours, record=self.make_task(partner_id=self.alfa.id))
            self.by(self.user, question).mark_matter(mark)
            self.assertEqual((question.matter_id.waiting, question.matter_id.closed_how), ("nobody", mark))

    def test_only_the_supervisor_decides_after_the_due_date(self):
        late, early = self.message("message_in"), self.message("message_in", 26, record=self.make_task())
        self.assertTrue(late.matter_id.late)
        self.by(self.user, early).mark_matter("no_answer")
        self.assertRecordValues(early.matter_id, [{"asked_by": False, "closed_how": "no_answer", "answer_due": False}])
        with self.assertRaises(AccessError):
            self.by(self.user, late).mark_matter("no_answer")
        self.by(self.auditor, late).mark_matter("no_answer")
        self.assertEqual((late.matter_id.late, late.matter_marked_by_id), (False, self.auditor))

    def test_merge_and_split_back_restores_the_figures(self):
        question, other = self.message("message_in"), self.message("message_in", 1, record=self.make_task())
        answer = self.message("message_out", 2)
        before = (question.matter_id | other.matter_id).read(FIGURES, load=None)
        self.by(self.auditor, other).merge_matter(question.matter_id.id)
        self.assertEqual((other.matter_id, question.matter_id.interaction_count), (question.matter_id, 3))
        self.assertEqual(question.matter_id.reminders, 1)
        self.by(self.user, other).split_matter()
        after = (question.matter_id | other.matter_id).read(FIGURES, load=None)
        self.assertEqual([{**row, "id": 0} for row in after], [{**row, "id": 0} for row in before])
        self.assertEqual(answer.matter_id, question.matter_id)
        self.assertEqual(other.matter_link, {"code": "matter_split", "name": "only.user"})

    def test_proposed_matter_is_accepted_or_refused(self):
        question = self.message("message_in", record=self.alfa)
        accepted, refused = (self.message("message_out", hours, record=self.alfa) for hours in (1, 2))
        self.assertEqual((accepted | refused).proposed_matter_id, question.matter_id)
        self.by(self.user, refused).refuse_proposed_matter()
        self.by(self.user, accepted).accept_proposed_matter()
        self.assertEqual((accepted.matter_id, refused.matter_id.id), (question.matter_id, False))
        self.assertFalse((accepted | refused).proposed_matter_id)
        self.assertEqual(question.matter_id.answered_on, accepted.date)

    def test_matters_of_two_clients_stay_apart(self):
        question, other = self.message("message_in"), self.message("message_in", partner=self.make_client(name="Beta"))
        with self.assertRaises(UserError):
            (question | other).split_matter()
        with self.assertRaises(UserError):
            question.merge_matter(other.matter_id.id)

    def test_strangers_and_nonsense_are_refused(self):
        question = self.message("message_in")
        stranger = self.make_staff(login="stranger", groups="crm_outsourcing_interactions.group_user")
        for call in (("mark_matter", "no_answer"), ("split_matter",), ("merge_matter", question.matter_id.id)):
            with self.assertRaises(AccessError):
                getattr(self.by(stranger, question), call[0])(*call[1:])

    def test_nonsense_is_refused_with_a_clear_error(self):
        question = self.by(self.user, self.message("message_in"))
        matter = question.matter_id
        deleted = self.message("message_in", record=self.make_task(partner_id=self.alfa.id))
        gone = deleted.matter_id.id
        deleted._by_code().unlink()
        for value in ("nonsense", [1], [], {}, 5, 1.5, "a", -1, 0, 2**31, gone):
            for call in (("mark_matter", value), ("decide_matter", value), ("decide_matter", "mark", value)):
                if value != 0:  # is False
                    with self.subTest(call=call), self.assertRaises(ValidationError):
                        getattr(question, call[0])(*call[1:])
            for call in (("merge_matter", value), ("decide_matter", "merge", value)):
                with self.subTest(call=call), self.assertRaises(UserError):
                    getattr(question, call[0])(*call[1:])
            for data in (value, {str(question.id): value}, {str(question.id): {"matter": value, "mark": False}}):
                if data not in ({}, {str(question.id): {"matter": gone, "mark": False}}):
                    with self.subTest(data=data), self.assertRaises(ValidationError):
                        question.undo_matter(data)
        self.assertEqual((question.matter_id, question.matter_mark), (matter, False))

    def test_forged_undo_takes_no_question_out_of_all_matters(self):
        question = self.by(self.user, self.message("message_in"))
        due = question.matter_id.due
        question.undo_matter({str(question.id): {"matter": False, "proposed": False, "mark": False}})
        self.assertRecordValues(question.matter_id, [{"waiting": "us", "due": due}])

    def test_deputy_gets_the_hours_of_the_absence(self):
        deputy = self.make_staff(login="deputy", groups="crm_outsourcing_interactions.group_user")
        self.user.write(
            {
                "interaction_deputy_id": deputy.id,
                "interaction_deputy_from": "2026-11-03",
                "interaction_deputy_until": "2026-11-04",
            }
        )
        question = self.message("message_in")
        self.message("message_out", 26)
        hours = {turn.user_id: turn.hours for turn in question.matter_id.turn_ids}
        self.assertEqual(hours, {self.user: 9.0, deputy: 2.0})
        self.assertEqual(question.matter_id.hours_us, 11)
