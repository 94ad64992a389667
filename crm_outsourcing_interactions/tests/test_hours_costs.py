from contextlib import contextmanager
from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests.common import tagged

from ..models.hours.crm_interaction_hourly_cost import EVER
from ..models.optional import timesheets
from .common import InteractionCase

NOVEMBER, DECEMBER = date(2031, 11, 1), date(2031, 12, 1)


@tagged("post_install", "-at_install")
class TestHoursCosts(InteractionCase):
    """Test hourly costs by month; ``tests/test_timesheets.py`` tests the cost of contact with employees."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Firm", "interaction_tz": "Pacific/Auckland"})
        cls.costs = cls.env["crm.interaction.hourly.cost"]

    @contextmanager
    def employees(self, *companies):
        """Have Odoo's employees cost what ``companies`` (pairs of company and dict of costs by user id) hold."""
        by_company = dict(companies)
        with (
            patch.object(timesheets, "has_hourly_costs", lambda env: True),
            patch.object(timesheets, "hourly_costs", lambda company: by_company.get(company, {})),
        ):
            yield

    def record(self, day, costs):
        """Record the present ``costs`` (dict) on a day."""
        with freeze_time(f"{day} 03:00:00"), self.employees((self.company, costs)):
            self.costs._record(self.company)

    def recorded(self, user=None):
        domain = [("company_id", "=", self.company.id), ("user_id", "=", (user or self.staff).id)]
        return [(cost.month, cost.hourly_cost) for cost in self.costs.search(domain, order="month")]

    def test_first_cost_counts_for_earlier_months(self):
        self.record("2031-11-10", {self.staff.id: 30.0})
        self.assertEqual(self.recorded(), [(EVER, 30.0)])

    def test_unchanged_cost_adds_nothing(self):
        for day in ("2031-11-10", "2031-11-11", "2031-12-01"):
            self.record(day, {self.staff.id: 30.1, self.manager.id: 0.0})
        self.assertEqual(self.recorded(), [(EVER, 30.1)])
        self.assertEqual(self.recorded(self.manager), [], "an employee without a cost")

    def test_rise_counts_from_the_month_of_the_company_on(self):
        self.record("2031-10-01", {self.staff.id: 30.0})
        self.record("2031-10-31", {self.staff.id: 36.0})
        self.record("2031-12-24", {self.staff.id: 40.0})
        self.assertEqual(self.recorded(), [(EVER, 30.0), (date(2031, 10, 1), 36.0), (DECEMBER, 40.0)])
        with freeze_time("2031-12-31 12:00:00"), self.employees((self.company, {self.staff.id: 44.0})):
            self.costs._record(self.company)  # it is January in Auckland
        self.assertEqual(self.recorded()[-1], (date(2032, 1, 1), 44.0))

    def test_second_change_in_a_month_replaces_the_first(self):
        for day, cost in (("2031-11-10", 30.0), ("2031-11-11", 300.0), ("2031-11-12", 33.0)):
            self.record(day, {self.staff.id: cost})
        self.assertEqual(self.recorded(), [(EVER, 30.0), (NOVEMBER, 33.0)])

    def test_former_employee_costs_nothing_from_then_on(self):
        self.record("2031-10-10", {self.staff.id: 30.0})
        self.record("2031-11-10", {})
        self.record("2031-11-11", {})
        self.assertEqual(self.recorded(), [(EVER, 30.0), (NOVEMBER, 0.0)])
        self.record("2031-12-10", {self.staff.id: 0.0})
        self.assertEqual(self.recorded(), [(EVER, 30.0), (NOVEMBER, 0.0)])
        self.record("2031-12-11", {self.staff.id: 25.0})
        self.assertEqual(self.recorded()[-1], (DECEMBER, 25.0))

    def test_each_company_has_its_own_costs(self):
        euro, other = self.env.ref("base.EUR"), self.env["res.company"].create({"name": "Other"})
        other.currency_id = euro if other.currency_id != euro else self.env.ref("base.USD")
        with self.employees((self.company, {self.staff.id: 30.0}), (other, {self.staff.id: 27.0})):
            for company in (self.company, other):
                self.costs._record(company)
        found = self.costs.search([("user_id", "=", self.staff.id)], order="company_id")
        self.assertEqual(
            {cost.company_id: (cost.hourly_cost, cost.currency_id) for cost in found},
            {self.company: (30.0, self.company.currency_id), other: (27.0, other.currency_id)},
        )

    def test_scheduled_action_records_every_company(self):
        cron = self.env.ref("crm_outsourcing_interactions.cron_hourly_costs")
        costs = {self.staff.id: 30.0}
        with self.enter_registry_test_mode(), self.employees((self.company, costs), (self.env.company, costs)):
            cron.method_direct_trigger()
        self.assertEqual(self.recorded(), [(EVER, 30.0)])

    def test_without_the_app_nothing_is_recorded(self):
        if timesheets.has_hourly_costs(self.env):
            self.skipTest("Odoo's hourly costs are installed")
        self.costs.create({"company_id": self.company.id, "user_id": self.staff.id, "month": EVER, "hourly_cost": 30})
        with self.enter_registry_test_mode():
            self.costs._cron_record()
        self.assertEqual(self.recorded(), [(EVER, 30.0)], "the app may come back")
        self.log(user_id=self.staff.id, company_id=self.company.id, duration=1.0)
        hours = self.env["crm.interaction.hours"].with_context(allowed_company_ids=self.company.ids)
        self.assertEqual(hours._read_group([], [], ["contact_hours:sum", "cost:sum"]), [(1.0, False)])

    def test_only_administrators_read_them(self):
        self.assertFalse(self.costs.with_user(self.manager).has_access("read"))
        administrator = self.costs.with_user(self.env.ref("base.user_admin"))
        self.assertTrue(administrator.has_access("write"))
        self.assertFalse(administrator.has_access("create") or administrator.has_access("unlink"))

    def test_administrator_corrects_a_mistyped_first_cost(self):
        self.record("2031-11-10", {self.staff.id: 3000.0})
        self.record("2031-12-01", {self.staff.id: 30.0})
        administrator = self.env.ref("base.user_admin")
        administrator.company_ids += self.company
        company = self.costs.with_user(administrator).with_context(allowed_company_ids=self.company.ids)
        first = company.search([("user_id", "=", self.staff.id)], order="month", limit=1)
        self.assertEqual(first.valid_from, "The beginning")
        first.hourly_cost = 30.0
        first.hourly_cost = 31.0
        self.assertEqual(self.recorded(), [(EVER, 31.0), (DECEMBER, 30.0)])
        change = self.env["crm.interaction.method.change"].search([("subject", "=like", "hourly_cost,%")])
        self.assertEqual((change.name, change.company_id), ("Hourly costs corrected", self.company))
        self.assertEqual(change.user_id, administrator)
        self.assertNotIn("30", str(change.before), "managers read method changes")

    def test_scheduled_action_is_no_correction(self):
        for day, cost in (("2031-11-10", 30.0), ("2031-12-01", 31.0), ("2031-12-02", 32.0)):
            self.record(day, {self.staff.id: cost})
        self.assertFalse(self.env["crm.interaction.method.change"].search([("subject", "=like", "hourly_cost,%")]))
