import doctest
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command
from odoo.tests.common import TransactionCase, tagged
from odoo.tools import mute_logger

from ..models.requests import crm_interaction_request_letter_job, letter_days
from .requests_common import LETTER, MONDAY, WEEK, LetterCase


@tagged("post_install", "-at_install")
@freeze_time(MONDAY - timedelta(days=3))
class TestRequestLetterDays(LetterCase):
    """Test on which day letters go, each once, whatever happens to the job."""

    def test_twice_is_once(self):
        self.assertTrue(self.run_job())
        self.assertFalse(self.run_job())
        self.env.company.interaction_letter_week = False  # killed before the end
        self.assertFalse(self.run_job(MONDAY + timedelta(hours=5)))
        self.assertEqual((len(self.mails()), len(self.captured(self.list))), (1, 1))

    def test_new_lists_wait_for_the_next_week(self):
        self.run_job()
        olga = self.make_contact(name="Olga", email="olga@vector.example.com", parent_id=self.vector.id)
        self.make_list(period="2026-11-01", item_ids=[Command.create({"name": "Act", "partner_id": olga.id})])
        self.assertFalse(self.run_job(MONDAY + timedelta(days=2)))
        self.assertEqual(self.run_job(MONDAY + WEEK).partner_id, self.ivan | olga)

    def test_day_is_that_of_the_company(self):
        self.env.company.interaction_letter_weekday = "3"
        thursday = MONDAY + timedelta(days=3)
        self.assertFalse(self.run_job(thursday - timedelta(hours=2)))
        self.assertTrue(self.run_job(thursday))

    def test_next_working_day_after_holidays_and_reporting_weeks(self):
        calendar = self.env["resource.calendar"].create({"name": "Office", "tz": "Europe/Moscow"})
        self.env.company.resource_calendar_id = calendar
        holiday = {"name": "Holiday", "calendar_id": calendar.id, "company_id": self.env.company.id}
        dates = {"date_from": "2026-11-01 21:00:00", "date_to": "2026-11-02 21:00:00"}
        self.env["resource.calendar.leaves"].create({**holiday, **dates})
        weeks = {"name": "VAT", "date_from": "2026-11-03", "date_to": "2026-11-03"}
        self.env["crm.interaction.reporting.week"].create(weeks)
        days = [len(self.run_job(MONDAY + timedelta(days=number))) for number in range(4)]
        self.assertEqual(days, [0, 0, 1, 0])

    def test_letters_go_in_the_morning_of_the_person(self):
        self.vector.tz = "Asia/Vladivostok"
        sunday = MONDAY - timedelta(hours=7)  # 9 o'clock on Monday in Vladivostok
        omega = self.make_client(name="Omega", user_id=self.accountant.id, email="omega@example.com")
        self.make_list(omega)
        self.assertEqual(self.run_job(sunday).partner_id, self.ivan)
        self.assertFalse(self.run_job(sunday + timedelta(hours=5)))
        self.assertEqual(self.run_job().partner_id, omega)
        self.assertFalse(self.run_job(MONDAY + timedelta(hours=1)))

    def test_killed_job_goes_on(self):
        persons = self.env["res.partner"].create(
            [
                {"name": f"P{number}", "email": f"p{number}@vector.example.com", "parent_id": self.vector.id}
                for number in range(5)
            ]
        )
        items = [Command.create({"name": "Act", "partner_id": person.id}) for person in persons]
        self.make_list(period="2026-09-01", item_ids=items)
        with patch.object(crm_interaction_request_letter_job, "CHUNK", 2):
            self.assertEqual(len(self.run_job(seconds=0)), 2)
            self.assertFalse(self.env.company.interaction_letter_week)
            self.assertEqual(len(self.run_job()), 4)
        self.assertEqual(len(self.captured()), 6)
        self.assertEqual(str(self.env.company.interaction_letter_week), "2026-11-02")

    def test_fault_in_one_letter_stops_no_other(self):
        olga = self.make_contact(name="Olga", email="olga@vector.example.com", parent_id=self.vector.id)
        self.invoices.partner_id = olga
        original = type(self.env[LETTER])._body

        def body(records, company, plan):
            if plan.person == olga:
                raise ValueError("Fault")
            return original(records, company, plan)

        with (
            patch.object(type(self.env[LETTER]), "_body", body),
            mute_logger("odoo.addons.crm_outsourcing_interactions.models.events.crm_interaction_job"),
        ):
            self.assertEqual(self.run_job().partner_id, self.ivan)
        self.assertEqual(self.run_job(MONDAY + timedelta(hours=1)).partner_id, olga)


@tagged("post_install", "-at_install")
class TestLetterDays(TransactionCase):
    def test_examples(self):
        result = doctest.testmod(letter_days)
        self.assertTrue(result.attempted)
        self.assertFalse(result.failed)
