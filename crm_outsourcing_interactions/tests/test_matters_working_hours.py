from datetime import datetime

from odoo import Command
from odoo.tests.common import tagged

from .common import InteractionCase

HOUR = 3600
FRIDAY, MONDAY, TUESDAY = (datetime(2031, 11, day, 12) for day in (7, 10, 11))


@tagged("post_install", "-at_install")
class TestMattersWorkingHours(InteractionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hours = cls.env["crm.interaction.working.hours"]
        cls.calendar = cls.make_calendar("Mornings", 8, 12)
        cls.company = cls.env["res.company"].create({"name": "Firm", "interaction_tz": "Europe/Moscow"})
        cls.company.resource_calendar_id = cls.calendar
        cls.nobody = cls.env["res.users"]

    @classmethod
    def make_calendar(cls, name, start, end, **vals):
        lines = [
            {"name": "Day", "dayofweek": str(day), "hour_from": start, "hour_to": end, "day_period": "morning"}
            for day in range(5)
        ]
        attendances = [Command.clear(), *map(Command.create, lines)]
        return cls.env["resource.calendar"].create(
            {"name": name, "tz": "Europe/Moscow", "company_id": False, "attendance_ids": attendances, **vals}
        )

    def between(self, user=None, start=FRIDAY, end=TUESDAY):
        """Return the working hours from Friday noon to Tuesday noon, in Moscow 15:00."""
        return self.hours._of(self.company, user or self.nobody).between(start, end) / HOUR

    def leave(self, **vals):
        defaults = {"name": "Holiday", "date_from": "2031-11-10 00:00:00", "date_to": "2031-11-10 23:59:59"}
        company = vals.pop("company", self.company)
        leave = self.env["resource.calendar.leaves"].with_company(company).create({**defaults, **vals})
        self.assertEqual(leave.company_id, company)

    def test_company_calendar(self):
        self.assertEqual(self.between(), 8)

    def test_calendar_of_the_accountant_goes_first(self):
        self.staff.company_ids = self.company | self.env.company
        self.assertEqual(self.between(self.staff), 8)
        evenings = self.make_calendar("Evenings", 16, 20)
        self.env["resource.resource"].create(
            {"name": "Staff", "user_id": self.staff.id, "company_id": self.company.id, "calendar_id": evenings.id}
        )
        self.assertEqual(self.between(self.staff), 8)
        self.assertEqual(self.between(self.staff, MONDAY, TUESDAY), 4)
        self.assertEqual(self.hours._of(self.company, self.staff).after(FRIDAY, HOUR).hour, 14)

    def test_public_holidays_of_the_company_only(self):
        self.leave()
        self.assertEqual(self.between(), 4)
        self.leave(company=self.env.company, date_from="2031-11-11", date_to="2031-11-12")
        self.assertEqual(self.between(), 4)

    def test_flexible_calendar_means_nine_to_six_in_the_company_zone(self):
        self.calendar.schedule_type = "flexible"
        self.assertEqual(self.between(), 3 + 9 + 6)
        self.leave(company=self.env.company, calendar_id=self.calendar.id)
        self.assertEqual(self.between(), 3 + 6)

    def test_no_calendar_means_nine_to_six(self):
        self.company.resource_calendar_id = False
        self.assertEqual(self.between(), 3 + 9 + 6)

    def test_overlapping_lines_count_once(self):
        self.calendar.attendance_ids.filtered(lambda line: line.dayofweek == "0").copy({"hour_from": 9, "hour_to": 13})
        self.assertEqual(self.between(), 9)

    def test_known_months_take_no_statement(self):
        self.between()
        with self.assertQueryCount(0):
            self.between()

    def test_users_need_no_access(self):
        self.hours = self.hours.with_user(self.staff)
        self.assertEqual(self.between(), 8)
