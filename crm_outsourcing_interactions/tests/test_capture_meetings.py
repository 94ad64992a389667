from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command, fields
from odoo.tests.common import tagged

from odoo.addons.crm_outsourcing_interactions.models.capture.history.messages import message_events

from .common import InteractionCase

MONDAY = fields.Datetime.to_datetime("2026-11-02 10:00:00")
FRIDAY_EVENING = MONDAY + timedelta(days=4, hours=8)


@tagged("post_install", "-at_install")
class TestCaptureMeetings(InteractionCase):
    """Test that each meeting counts once, however often a calendar recreates it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_company = cls.make_client()
        cls.contact = cls.make_contact(parent_id=cls.client_company.id)
        cls.colleague = cls.make_staff(login="interaction.colleague")
        cls.calendar = cls.env["calendar.event"].with_context(no_mail_to_attendees=True, dont_notify=True)

    def at(self, moment):
        """Make ``moment`` (datetime) the time for the rest of the test, that of the database included."""
        self.env.flush_all()
        patches = (freeze_time(moment), patch.object(type(self.env.cr), "now", lambda _cr: moment))
        for patcher in patches:
            patcher.start()
            self.addCleanup(patcher.stop)

    def meeting(self, start=MONDAY, *partners, **vals):
        people = self.staff.partner_id | self.contact
        defaults = {
            "name": "Review",
            "start": start,
            "stop": start + timedelta(hours=1),
            "user_id": self.staff.id,
            "partner_ids": [Command.set([*people.ids, *(partner.id for partner in partners)])],
        }
        return self.calendar.create({**defaults, **vals})

    def series(self, count):
        """Create a daily series; return its occurrences."""
        rule = {"recurrency": True, "rrule_type": "daily", "interval": 1, "end_type": "count", "count": count}
        return self.meeting(**rule).recurrence_id.calendar_event_ids.sorted("start")

    def hold(self):
        """Run the daily job; return what is logged of meetings, ignored or not."""
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 60):
            self.env["calendar.event"]._cron_capture_meetings()
        self.env.invalidate_all()
        return self.env["crm.interaction"].with_context(active_test=False).search([("event", "!=", False)])

    def held_series(self):
        """Return a series of six of which five were held and logged."""
        self.at(MONDAY - timedelta(days=1))
        meetings = self.series(6)
        self.at(FRIDAY_EVENING)
        self.assertEqual(len(self.hold()), 5)
        return meetings

    def test_series_made_longer_adds_nothing_held(self):
        meetings = self.held_series()
        self.env.flush_all()
        meetings[0].write({"recurrence_update": "all_events", "count": 9})
        self.assertEqual(len(self.hold()), 5)
        self.at(FRIDAY_EVENING + timedelta(days=1))
        self.assertEqual(len(self.hold()), 6)

    def test_series_moved_from_the_second_on_adds_nothing(self):
        meetings = self.held_series()
        start = meetings[1].start + timedelta(minutes=30)
        meetings[1].write(
            {"recurrence_update": "future_events", "start": start, "stop": start + timedelta(hours=1)},
        )
        logged = self.hold()
        self.assertEqual(len(logged), 5)
        self.assertEqual(set(logged.mapped("date")), {MONDAY + timedelta(days=day) for day in range(5)})
        self.assertEqual(len(self.hold()), 5)

    def test_word_of_a_person_survives_the_series_made_anew(self):
        meetings = self.held_series()
        logged = self.hold().sorted("date")
        logged[1].with_user(self.staff).action_ignore()
        logged[2].with_user(self.staff).write({"type_id": self.type_("1.2.2").id})
        meetings[0].write({"recurrence_update": "all_events", "count": 9})
        again = self.hold().sorted("date")
        self.assertEqual(again.ids, logged.ids)
        self.assertEqual(again[1].state, "ignored")
        self.assertEqual(again[2].type_id, self.type_("1.2.2"))

    def test_deleted_and_another_meeting_are_two(self):
        self.at(MONDAY - timedelta(days=1))
        first = self.meeting()
        self.at(FRIDAY_EVENING)
        self.assertEqual(len(self.hold()), 1)
        first.unlink()
        self.meeting(MONDAY + timedelta(days=2), name="Audit")
        self.assertEqual(len(self.hold()), 2)

    def test_copy_of_another_calendar_is_no_second_one(self):
        for vals in ({}, {"user_id": self.colleague.id}):
            with self.subTest(vals=vals):
                self.at(MONDAY - timedelta(days=1))
                self.meeting()
                self.meeting(**vals)
                self.at(FRIDAY_EVENING)
                self.assertEqual(len(self.hold()), 1)

    def test_late_copy_of_an_ignored_one_is_none(self):
        self.at(MONDAY - timedelta(days=1))
        self.meeting()
        self.at(FRIDAY_EVENING)
        self.hold().with_user(self.staff).action_ignore()
        self.meeting()
        self.assertEqual(self.hold().mapped("state"), ["ignored"])

    def test_two_colleagues_meet_a_client_at_the_same_time(self):
        self.at(MONDAY - timedelta(days=1))
        self.meeting()
        people = self.colleague.partner_id | self.contact
        self.meeting(user_id=self.colleague.id, partner_ids=[Command.set(people.ids)])
        self.at(FRIDAY_EVENING)
        self.assertEqual(len(self.hold()), 2)

    def activity(self, meeting):
        task = self.make_task(partner_id=self.contact.id)
        activity_type = self.env.ref("mail.mail_activity_data_meeting")
        activity_type.is_interaction = True
        activity = task.activity_schedule(activity_type_id=activity_type.id, user_id=self.staff.id)
        activity.calendar_event_id = meeting
        return activity

    def test_meeting_and_its_activity_are_one(self):
        for meetings, is_held_first in ((1, True), (2, False)):
            with self.subTest(is_held_first=is_held_first):
                self.at(MONDAY - timedelta(days=1))
                activity = self.activity(self.meeting(MONDAY + timedelta(hours=2 * meetings)))
                self.at(FRIDAY_EVENING)
                if is_held_first:
                    self.hold()
                activity.with_user(self.staff).action_feedback(feedback="Went through the report")
                self.assertEqual(len(self.hold()), meetings)

    def test_history_finds_the_meeting_of_an_activity(self):
        self.at(MONDAY - timedelta(days=1))
        meeting = self.meeting()
        activity = self.activity(meeting)
        self.at(FRIDAY_EVENING)
        activity.action_feedback()
        logged = self.hold()
        key = f"calendar.event,{meeting.id},held"
        self.assertEqual(logged.mapped("origin_key"), [key])
        for is_logged in (True, False):
            with self.subTest(is_logged=is_logged):
                if not is_logged:
                    logged.message_id.write({"date": FRIDAY_EVENING})
                    self.env.cr.execute("DELETE FROM crm_interaction WHERE id = %s", [logged.id])
                self.env.flush_all()
                period = FRIDAY_EVENING - timedelta(days=7), FRIDAY_EVENING + timedelta(days=7)
                events, _last, _read = message_events(self.env, 0, 10_000, *period)
                found = self.env["crm.interaction.pipeline"]._run([e for e in events if e.code == "activity_done"])
                self.assertEqual(found.mapped("origin_key"), [] if is_logged else [key])

    def test_replay_adds_nothing_when_the_meeting_was_deleted(self):
        self.at(MONDAY - timedelta(days=1))
        meeting = self.meeting()
        activity = self.activity(meeting)
        self.at(FRIDAY_EVENING)
        activity.action_feedback()
        self.hold()
        meeting.unlink()
        period = FRIDAY_EVENING - timedelta(days=7), FRIDAY_EVENING + timedelta(days=7)
        self.env.flush_all()
        events, _last, _read = message_events(self.env, 0, 10_000, *period)
        done = [event for event in events if event.code == "activity_done"]
        self.assertFalse(self.env["crm.interaction.pipeline"]._run(done))
