from datetime import datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests.common import tagged
from odoo.tools import mute_logger

from odoo.addons.crm_outsourcing_interactions.models.events import crm_interaction_job

from .common import InteractionCase

MONDAY = datetime(2026, 11, 2, 6)
"""9 o'clock in Moscow."""
TUESDAY, WEDNESDAY, SATURDAY = (MONDAY + timedelta(days=days) for days in (1, 2, 5))
GROUP = "crm_outsourcing_interactions.group_user"


@tagged("post_install", "-at_install")
@freeze_time(MONDAY)
class TestMattersReminders(InteractionCase):
    """One activity for each accountant and supervisor that lists what is due and what became late."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.write(
            {"resource_calendar_id": False, "interaction_tz": "Europe/Moscow", "interaction_response_hours": 8}
        )
        cls.user, cls.auditor, cls.deputy = cls.make_users(
            *({"login": login, "groups": GROUP} for login in ("accountant", "auditor", "deputy"))
        )
        cls.alfa = cls.make_client(name="Alfa", user_id=cls.user.id, interaction_supervisor_id=cls.auditor.id)

    def asked(self, when=MONDAY, **values):
        """Return the matter of a message that the client sends at ``when``."""
        values = {"partner": self.alfa, "record": self.make_task(partner_id=self.alfa.id), **values}
        with freeze_time(max(when, MONDAY)):
            matter = self.capture(when, code="message_in", **values).matter_id
        self.env.invalidate_all()
        return matter

    def remind(self, when=None):
        """Run the job at ``when``; return the open activities."""
        committed = patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 60)
        with freeze_time(when or MONDAY), committed:
            self.env["crm.interaction.matter"]._cron_remind()
            return self.reminders().filtered("active")

    def reminders(self):
        activities = self.env["mail.activity"].with_context(active_test=False)
        return activities.search([("interaction_reminder", "!=", False)], order="id")

    def test_accountant_gets_one_activity_for_all_that_is_due_today(self):
        first, second = self.asked(), self.asked(MONDAY - timedelta(minutes=30))
        activity = self.remind()
        self.assertRecordValues(
            activity,
            [
                {
                    "user_id": self.user.id,
                    "summary": "Awaiting an answer today: 2 matters, late: 0",
                    "date_deadline": MONDAY.date(),
                    "res_model": False,
                }
            ],
        )
        for matter in first | second:
            self.assertIn(f"/odoo/interaction-matters/{matter.id}", activity.note)
        self.assertIn("3:00", activity.note)  # six working hours from 9:00, Moscow's time
        self.assertEqual(activity.with_user(self.user).summary, activity.summary)
        self.assertFalse(activity.with_user(self.deputy).has_access("read"))

    def test_twice_is_once(self):
        self.asked()
        activity = self.remind()
        written = activity.write_date
        self.assertEqual(self.remind(), activity)
        self.assertEqual((self.reminders(), activity.write_date), (activity, written))

    def test_nothing_due_means_no_activity(self):
        self.alfa.interaction_response_hours = 20
        self.asked()
        self.assertFalse(self.remind())

    def test_open_activity_is_updated_and_deleted_when_all_is_answered(self):
        matter = self.asked()
        activity = self.remind()
        self.asked(MONDAY - timedelta(minutes=20))
        self.assertEqual(self.remind(TUESDAY) & activity, activity)
        self.assertEqual(activity.date_deadline, TUESDAY.date())
        self.assertEqual(activity.summary, "Awaiting an answer today: 2 matters, late: 2")
        for open_matter in self.env["crm.interaction.matter"].search([("waiting", "=", "us")]):
            open_matter.interaction_ids.mark_matter("elsewhere")
        self.assertEqual(matter.waiting, "nobody")
        self.assertFalse(self.remind(TUESDAY))

    def test_done_activity_comes_again_on_the_next_working_day_only(self):
        self.asked()
        activity = self.remind()
        activity.with_user(self.user).action_done()
        self.assertFalse(self.remind())
        again = self.remind(TUESDAY).filtered(lambda a: a.user_id == self.user)
        self.assertEqual(len(again), 1)
        self.assertNotEqual(again, activity)

    def test_no_activity_on_days_off(self):
        self.asked()
        self.assertFalse(self.remind(SATURDAY))
        calendar = self.env["resource.calendar"].create({"name": "Office", "tz": "Europe/Moscow"})
        self.env.company.resource_calendar_id = calendar
        leave = {"name": "Holiday", "calendar_id": calendar.id, "company_id": self.env.company.id}
        leave |= {"date_from": TUESDAY - timedelta(hours=8), "date_to": TUESDAY + timedelta(hours=16)}
        self.env["resource.calendar.leaves"].create(leave)
        self.assertFalse(self.remind(TUESDAY))
        self.assertTrue(self.remind(WEDNESDAY))

    def test_supervisor_gets_what_became_late_since_the_last_one(self):
        first = self.asked()
        self.assertNotIn(self.auditor, self.remind().user_id)
        activity = self.remind(TUESDAY).filtered(lambda a: a.user_id == self.auditor)
        self.assertEqual(activity.summary, "Became late: 1 matter")
        second = self.asked(TUESDAY)
        with freeze_time(TUESDAY):
            activity.with_user(self.auditor).action_done()
        self.assertNotIn(self.auditor, self.remind(TUESDAY + timedelta(hours=12)).user_id)
        new = self.remind(WEDNESDAY).filtered(lambda a: a.user_id == self.auditor)
        self.assertEqual(new.summary, "Became late: 1 matter")
        self.assertIn(f"/{second.id}", new.note)
        self.assertNotIn(f'/odoo/interaction-matters/{first.id}"', new.note)

    def test_supervisors_open_activity_keeps_what_it_lists(self):
        self.asked()
        activity = self.remind(TUESDAY).filtered(lambda a: a.user_id == self.auditor)
        self.asked(TUESDAY)
        self.assertIn(activity, self.remind(WEDNESDAY))
        self.assertEqual(activity.summary, "Became late: 2 matters")

    def test_history_and_complaints_remind_no_accountant(self):
        self.asked()._by_code().write({"from_history": True})
        self.asked(MONDAY - timedelta(minutes=5))._by_code().write({"is_complaint": True})
        self.assertFalse(self.remind())
        self.assertEqual(self.remind(TUESDAY).user_id, self.auditor)

    def test_deputy_is_reminded_in_the_absence(self):
        self.asked()
        self.user.write(
            {
                "interaction_deputy_id": self.deputy.id,
                "interaction_deputy_from": "2026-11-02",
                "interaction_deputy_until": "2026-11-03",
            }
        )
        activity = self.remind()
        self.assertEqual(activity.user_id, self.deputy)
        after = self.remind(WEDNESDAY).filtered(lambda a: a.interaction_reminder.startswith("due"))
        self.assertEqual(after.user_id, self.user)

    def test_language_of_the_user_and_zone_of_the_company(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.env["ir.module.module"]._load_module_terms(["crm_outsourcing_interactions"], ["ru_RU"])
        self.user.write({"lang": "ru_RU", "tz": "America/New_York"})
        self.asked()
        activity = self.remind()
        self.assertEqual(activity.summary, "Сегодня ждёт ответа: 1 вопрос, с опозданием: 0")
        self.assertIn("15:00", activity.note)

    def test_users_without_access_are_not_reminded(self):
        self.asked()
        self.user.group_ids = [(5,)]
        self.assertNotIn(self.user, self.remind().user_id)

    def test_companies_are_apart_and_a_fault_stops_nobody_else(self):
        other = self.env["res.company"].create({"name": "Other", "interaction_tz": "UTC"})
        self.user.company_ids += other
        self.asked()
        self.asked(MONDAY - timedelta(days=3), company=other)
        self.assertEqual(len(self.remind()), 2)
        self.reminders().unlink()
        cls = type(self.env["crm.interaction.matter"])
        original = cls._remind

        def broken(model, company, *args):
            if company != other:
                raise ValueError("Broken")
            return original(model, company, *args)

        quiet = mute_logger("odoo.sql_db", crm_interaction_job.__name__)
        with quiet, patch.object(cls, "_remind", broken):
            activity = self.remind()
        self.assertEqual(activity.interaction_reminder, f"due,{other.id}")
        errors = self.env["mail.activity"].search([("interaction_job", "=", "cron_matter_reminders")])
        self.assertEqual(errors.res_id, self.env.company.partner_id.id)

    def test_long_lists_are_cut(self):
        for minutes in range(22):
            self.asked(MONDAY - timedelta(minutes=minutes))
        note = self.remind().note
        self.assertEqual(note.count("/odoo/interaction-matters/"), 20)
        self.assertIn("2 more", note)
