from odoo.tests.common import tagged

from .target_common import TargetCase


@tagged("post_install", "-at_install")
class TestAnalysisFrequency(TargetCase):
    """Test targets for interactions a month and days between interactions, by client."""

    def test_interactions_a_month_are_averaged_without_purposes(self):
        self.make_target(measure="interactions_month", bound="ceiling", high=4, window_months=2)
        self.log_many(self.client, "2026-08-05", {"1.1.2": 4})
        [first, *_others] = self.log_many(self.client, "2026-09-05", {"1.1.2": 4})
        self.log(partner_id=self.client.id, date="2026-09-05", split_from_id=first.id)
        self.refresh("2026-09-01")
        self.assert_value(self.indicator("2026-09-01"), 4.0, "green", n=8)

    def test_new_client_is_not_blamed_for_the_time_before(self):
        self.make_target(measure="interactions_month", window_months=3, bound="floor", low=4)
        self.log_many(self.client, "2026-09-25", {"1.1.2": 4})
        self.refresh("2026-09-01", "2026-08-01")
        self.assert_value(self.indicator("2026-09-01"), 4, "green")
        self.assertFalse(self.indicator("2026-08-01"))

    def test_running_month_is_not_blamed_for_what_may_still_come(self):
        self.make_target(measure="interactions_month", bound="range", low=4, high=6)
        self.log_many(self.client, "2026-10-05", {"1.1.2": 3})
        self.refresh()
        self.assert_value(self.indicator(), 3, "none")
        self.log_many(self.client, "2026-10-05", {"1.1.2": 4})
        self.refresh()
        self.assert_value(self.indicator(), 7, "red")

    def test_count_of_a_type_holds_the_types_of_a_group(self):
        target = self.make_target(measure="type_count", type_id=self.type_("3.2.1").id, bound="ceiling", high=2)
        self.log_many(self.client, "2026-09-05", {"3.2.1.1": 1, "3.2.1.3": 2, "3.1.1": 9})
        self.refresh()
        self.assert_value(self.indicator("2026-09-01"), 3, "red", n=3)
        self.assertFalse(self.indicator("2026-09-01", client=self.client.browse()), target)

    def test_interval_is_the_days_since_the_last_contact_of_the_type(self):
        self.make_target(
            measure="type_interval", type_id=self.type_("1.2.4").id, bound="ceiling", high=30, tolerance=20
        )
        self.log_many(self.client, "2025-12-30", {"1.2.4": 1})
        self.log_many(self.client, "2026-09-10", {"1.2.4": 1, "1.1.2": 1})
        self.refresh()
        self.assert_value(self.indicator("2026-09-01"), 20, "green", n=2)
        self.assert_value(self.indicator(), 40, "yellow", n=2)
        self.assertEqual(self.indicator().previous_value, 20)
        self.assertEqual(self.indicator().trend, "up")

    def test_interval_without_interaction_starts_with_the_first_one(self):
        self.make_target(measure="type_interval", type_id=self.type_("1.2.4").id, bound="ceiling", high=30)
        self.log_many(self.client, "2026-09-10", {"1.1.2": 1})
        self.refresh()
        self.assert_value(self.indicator(), 40, "red", n=0)


@tagged("post_install", "-at_install")
class TestAnalysisIndicatorCost(TargetCase):
    """Test that the number of queries of a refresh does not depend on the number of clients."""

    def make_clients(self, n):
        clients = self.env["res.partner"].create([{"name": f"Client {number}"} for number in range(n)])
        for client in clients:
            self.log_many(client, "2026-09-05", {"1.1.2": 3, "2.2.1": 1})
            self.log_many(client, "2026-10-05", {"1.1.2": 2})

    def test_cost_does_not_depend_on_the_number_of_clients(self):
        self.make_target(low=0)
        self.make_target(measure="interactions_month", bound="ceiling", high=50)
        self.make_target(measure="type_count", type_id=self.type_("1.2.2").id, bound="ceiling", high=50)
        self.make_target(measure="type_interval", type_id=self.type_("2.2.1").id, bound="ceiling", high=500)
        self.make_clients(3)
        self.refresh()
        self.assert_cost()
        self.make_clients(20)
        self.refresh()
        self.assert_cost()

    def assert_cost(self):
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(20):
            self.refresh()
            self.env.flush_all()
