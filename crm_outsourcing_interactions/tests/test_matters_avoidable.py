from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form
from odoo.tests.common import tagged

from .common import InteractionCase

MONDAY = datetime(2026, 11, 2, 9)
GROUP = "crm_outsourcing_interactions.group_user"


@tagged("post_install", "-at_install")
@freeze_time("2026-11-27 12:00:00")
class TestMattersAvoidable(InteractionCase):
    """Why interactions are avoidable: by the three rules, or by a person's word."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.write({"resource_calendar_id": False, "interaction_tz": "UTC"})
        cls.user, cls.stranger = cls.make_users(
            {"login": "only.user", "groups": GROUP}, {"login": "other", "groups": GROUP}
        )
        cls.alfa = cls.make_client(name="Alfa", user_id=cls.user.id)
        cls.task = cls.make_task(partner_id=cls.alfa.id)
        cls.reminder, cls.reopened, cls.again, cls.known = (
            cls.env.ref(f"crm_outsourcing_interactions.avoidable_reason_{name}")
            for name in ("reminder", "reopened", "asked_again", "known")
        )

    def message(self, code, hours=0, **values):
        values = {"partner": self.alfa, "record": self.task, "user": self.user, **values}
        return self.capture(MONDAY + timedelta(hours=hours), code=code, **values)

    def request(self, hours, client=None, **values):
        """Return a request for source data, logged by hand on no document."""
        vals = {
            "partner_id": (client or self.alfa).id,
            "type_id": self.type_("1.2.2").id,
            "date": MONDAY + timedelta(hours=hours),
            "user_id": self.user.id,
            "channel": "email",
        }
        return self.env["crm.interaction"].create({**vals, **values})

    def find_again(self):
        self.env["crm.interaction.matter"]._find_asked_again()

    def reasons(self, *interactions):
        return [interaction.avoidable_reason_id for interaction in interactions]

    def by(self, records, user=None):
        return records.with_user(user or self.user).sudo(False)

    def test_same_side_writing_again_is_a_reminder(self):
        question, again, answer = (
            self.message("message_in"),
            self.message("message_in", 3),
            self.message("message_out", 4),
        )
        none = self.reminder.browse()
        self.assertEqual(self.reasons(question, again, answer), [none, self.reminder, none])

    def test_message_within_14_days_after_closing_is_reopened(self):
        question, _answer = self.message("message_in"), self.message("message_out", 1)
        late, after = self.message("message_in", 30), self.message("message_in", 24 * 20, record=self.make_task())
        self.assertEqual(self.reasons(late, after), [self.reopened.browse()] * 2, "they opened matters of their own")
        late.merge_matter(question.matter_id.id)
        self.assertEqual(late.avoidable_reason_id, self.reopened)
        self.message("message_out", 31)
        after.merge_matter(question.matter_id.id)
        self.assertEqual(self.reasons(late, after), [self.reopened, self.reopened.browse()])

    def test_reason_follows_what_happens_to_the_matter(self):
        question, again = self.message("message_in"), self.message("message_in", 3)
        question.write({"state": "ignored"})
        self.assertFalse(again.avoidable_reason_id, "nothing was asked before")
        question.write({"state": "to_review"})
        self.assertEqual(again.avoidable_reason_id, self.reminder)
        again.split_matter()
        self.assertFalse(again.avoidable_reason_id)

    def test_reason_goes_when_the_message_is_moved_to_another_client(self):
        self.message("message_in")
        again = self.message("message_in", 3)
        self.assertEqual(again.avoidable_reason_id, self.reminder)
        again._by_code().write({"partner_id": self.make_client(name="Beta").id})
        self.assertFalse(again.avoidable_reason_id)

    def test_second_request_within_three_working_days_asks_again(self):
        first, thursday, tuesday = self.request(0), self.request(78), self.request(24 * 8)
        other = self.request(80, client=self.make_client(name="Beta"))
        self.find_again()
        none = self.again.browse()
        self.assertEqual(self.reasons(first, thursday, tuesday, other), [none, self.again, self.again, none])

    def test_fourth_working_day_is_no_second_request(self):
        self.request(0)
        friday = self.request(24 * 4 + 1)
        self.find_again()
        self.assertFalse(friday.avoidable_reason_id)
        holiday = {"name": "Holiday", "date_from": "2026-11-03 00:00:00", "date_to": "2026-11-04 00:00:00"}
        self.env["resource.calendar.leaves"].create({**holiday, "company_id": self.env.company.id})
        self.find_again()
        self.assertEqual(friday.avoidable_reason_id, self.again)

    def test_asked_again_goes_when_the_first_request_was_none(self):
        first, second = self.request(0), self.request(5)
        self.find_again()
        self.assertEqual(second.avoidable_reason_id, self.again)
        first.unlink()
        self.find_again()
        self.assertFalse(second.avoidable_reason_id)

    def test_unreviewed_requests_do_not_count(self):
        self.request(0)
        second = self.request(5, state="to_review")
        self.find_again()
        self.assertFalse(second.avoidable_reason_id)

    def test_the_word_of_a_person_is_final(self):
        question, again = self.message("message_in"), self.message("message_in", 3)
        self.by(again).avoidable_choice_id = False
        self.by(question).avoidable_choice_id = self.known
        self.message("message_in", 4)
        self.assertEqual(self.reasons(question, again), [self.known, self.reminder.browse()])
        self.assertEqual((question | again).avoidable_decided_by_id, self.user)
        self.by(question | again).action_avoidable_by_rules()
        self.assertEqual(self.reasons(question, again), [self.reminder.browse(), self.reminder])

    def test_decision_leaves_a_record_that_can_be_undone(self):
        _question, again = self.message("message_in"), self.message("message_in", 3)
        self.assertFalse(again.type_change_ids, "the rule decided")
        self.by(again).avoidable_choice_id = self.known
        change = again.type_change_ids
        self.assertEqual((change.user_id, change.before["avoidable_reason_id"]), (self.user, self.reminder.id))
        self.assertIn("Already Provided", change.summary)
        change._undo()
        self.assertRecordValues(again, [{"avoidable_reason_id": self.reminder.id, "avoidable_decided_by_id": False}])

    def test_saving_the_form_decides_nothing(self):
        again = (self.message("message_in") | self.message("message_in", 3))[1]
        with Form(self.by(again)) as form:
            form.note = "Seen"
        self.assertFalse(again.avoidable_decided_by_id)
        with Form(self.by(again)) as form:
            form.avoidable_choice_id = self.known
        self.assertEqual((again.avoidable_reason_id, again.avoidable_decided_by_id), (self.known, self.user))

    def test_others_cannot_decide(self):
        again = (self.message("message_in") | self.message("message_in", 3))[1]
        for act in (
            lambda row: row.write({"avoidable_choice_id": self.known.id}),
            lambda row: row.action_avoidable_by_rules(),
        ):
            with self.assertRaises(AccessError):
                act(self.by(again, self.stranger))
        with self.assertRaises(AccessError):
            self.by(again).write({"avoidable_reason_id": self.known.id})
        self.assertEqual(again.avoidable_reason_id, self.reminder)

    def test_further_purpose_is_not_avoidable_by_itself(self):
        first = self.request(0)
        part = first._by_code().copy({"split_from_id": first.id})
        with self.assertRaises(UserError):
            self.by(part).avoidable_choice_id = self.known

    def test_archived_reason_switches_its_rule_off(self):
        self.reminder.active = False
        self.message("message_in")
        self.assertFalse(self.message("message_in", 3).avoidable_reason_id)
        with self.assertRaises(UserError):
            self.reminder.unlink()

    def test_pivot_counts_interactions_and_hours_by_side(self):
        self.message("message_in"), self.message("message_in", 3)
        first, second = self.request(0), self.request(5, duration=0.5)
        self.find_again()
        self.assertFalse(first.avoidable_reason_id)
        rows = self.by(self.env["crm.interaction"]).formatted_read_group(
            [("avoidable_reason_id", "!=", False), ("partner_id", "=", self.alfa.id)],
            ["avoidable_reason_id", "direction"],
            ["interaction_count:sum", "duration:sum"],
        )
        found = {(row["avoidable_reason_id"][0], row["direction"]): row for row in rows}
        self.assertEqual(found[self.reminder.id, "incoming"]["interaction_count:sum"], 1)
        of_us = found[self.again.id, "outgoing"]
        self.assertEqual((of_us["interaction_count:sum"], of_us["duration:sum"]), (1, 0.5))
        self.assertEqual(second.avoidable_reason_id, self.again)
