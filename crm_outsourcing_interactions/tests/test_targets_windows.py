from freezegun import freeze_time

from odoo.tests.common import tagged

from .target_common import TargetCase

ADVICE = "1.2.4"


@tagged("post_install", "-at_install")
class TestAnalysisWindows(TargetCase):
    """Test that frequencies weight unfinished months and name their months, and that *never* is no exact value."""

    def log_months(self, n, *months, client=None):
        for month in months:
            self.log_many(client or self.client, f"{month}-05", {"1.1.2": n})

    def make_frequency(self, **vals):
        return self.make_target(**{"measure": "interactions_month", "bound": "ceiling", "high": 99, **vals})

    def test_new_month_does_not_lower_the_average(self):
        """36 a month were 24 on the first day of the next one."""
        self.make_frequency(bound="range", low=30, high=40, window_months=3)
        self.log_months(36, "2026-08", "2026-09", "2026-10")
        with freeze_time("2026-11-01 12:00:00"):
            self.refresh()
            self.assert_value(self.indicator("2026-10-01"), 36, "green", n=108)
            november = self.indicator("2026-11-01")
            self.assert_value(november, 72 / (2 + 1 / 30), "green", n=72)
            self.assertEqual((november.window_text, november.trend), ("Sep–Nov 2026", "steady"))

    def test_running_month_alone_is_not_projected(self):
        self.make_frequency(window_months=1, high=4)
        self.log_many(self.client, "2026-10-01", {"1.1.2": 3})
        with freeze_time("2026-10-02 12:00:00"):
            self.refresh()
        self.assert_value(self.indicator(), 3, "green")

    def test_too_many_so_far_are_a_breach_only_when_nothing_can_mend_it(self):
        self.make_frequency(window_months=3, high=4)
        self.log_months(4, "2026-08", "2026-09")
        self.log_many(self.client, "2026-10-01", {"1.1.2": 3})
        with freeze_time("2026-10-02 12:00:00"):
            self.refresh()
        self.assertGreater(self.indicator().value, 4)
        self.assertEqual((self.indicator().zone, self.indicator().verdict_text), ("none", "The month is not over"))
        self.log_many(self.client, "2026-10-01", {"1.1.2": 2})
        self.refresh()
        self.assertEqual(self.indicator().zone, "red")

    def test_month_in_which_the_contract_began_counts_by_its_days(self):
        self.make_frequency(window_months=3)
        self.client.interaction_client_from = "2026-08-17"
        self.log_months(9, "2026-09")
        self.log_months(2, "2026-07", client=self.make_client(name="Other"))
        self.refresh("2026-09-01")
        self.assert_value(self.indicator("2026-09-01"), 9 / (1 + 15 / 31), "green", n=9)
        self.assertEqual(self.indicator("2026-09-01").window_text, "Aug–Sep 2026")

    def test_nothing_is_counted_before_there_are_records(self):
        self.make_frequency(window_months=3)
        self.client.interaction_client_from = "2020-01-01"
        self.log_months(9, "2026-09")
        self.refresh("2026-09-01")
        self.assert_value(self.indicator("2026-09-01"), 9, "green")

    def test_month_in_which_the_contract_ended_counts_by_its_days(self):
        self.make_frequency(window_months=2)
        self.log_months(6, "2026-08", "2026-09")
        self.client.interaction_client_until = "2026-10-31"
        self.refresh("2026-09-01")
        self.assert_value(self.indicator("2026-09-01"), 6, "green")

    def test_window_is_named(self):
        ratio, one = self.make_target(low=0, window_months=3), self.make_frequency(window_months=1)
        interval = self.make_target(
            measure="type_interval", type_id=self.type_(ADVICE).id, bound="ceiling", high=90, low=0
        )
        self.log_months(2, "2026-08", "2026-09", "2026-10")
        self.log_many(self.client, "2026-10-05", {ADVICE: 1})
        self.refresh()
        texts = [self.indicator(target=target).window_text for target in (ratio, one, interval)]
        self.assertEqual(texts, ["Aug–Oct 2026", "Oct 2026", False])
        ratio.window_months = 12
        self.assertEqual(self.indicator(target=ratio).window_text, "Aug–Oct 2026")
        self.refresh("2026-10-01")
        indicator = self.indicator(target=ratio)
        self.assertEqual(indicator.window_text, "Nov 2025 – Oct 2026")
        self.env["res.lang"]._activate_lang("ru_RU")
        self.assertEqual(indicator.with_context(lang="ru_RU").window_text, "нояб. 2025 – окт. 2026")

    def test_evidence_is_that_of_the_window_as_it_was(self):
        target = self.make_target(low=0, window_months=3)
        self.log_months(2, "2026-05", "2026-08", "2026-10")
        self.refresh()
        target.window_months = 12
        domain = self.indicator().action_view_evidence()["domain"]
        self.assertEqual(self.env["crm.interaction"].search_count(domain), 4)


@tagged("post_install", "-at_install")
class TestAnalysisNever(TargetCase):
    """Test the interval since an interaction that never happened."""

    def setUp(self):
        super().setUp()
        vals = {"measure": "type_interval", "type_id": self.type_(ADVICE).id, "bound": "ceiling", "high": 90}
        self.target = self.make_target(**vals, tolerance=7, low=0)

    def never(self, day):
        self.log_many(self.client, day, {"1.1.2": 1}, duration=False)
        self.refresh()
        return self.indicator()

    def test_never_asked_is_a_bound_and_no_exact_value(self):
        indicator = self.never("2026-07-26")
        self.assert_value(indicator, 86, "none", n=0)
        self.assertEqual(indicator.value_text, "never so far")
        self.assertEqual(indicator.range_text, "at least 86 days · bounds")
        self.assertEqual(indicator.verdict_text, "Never so far, not overdue yet")
        self.assertFalse(indicator.is_exact)
        self.assertEqual((indicator.number, indicator.trend, indicator.has_previous), (0, False, False))
        self.assertEqual(indicator.bullet["text"], "never so far")

    def test_client_of_long_ago_misses_the_target(self):
        self.assert_value(self.never("2026-06-20"), 122, "red", n=0)

    def test_within_tolerance(self):
        self.assert_value(self.never("2026-07-18"), 94, "yellow", n=0)

    def test_client_without_any_contact_counts_from_the_contract(self):
        self.target.partner_id = self.client
        self.client.interaction_client_from = "2026-05-01"
        self.refresh()
        self.assert_value(self.indicator(), 172, "red", n=0)

    def test_asked_once_is_exact(self):
        self.never("2026-06-20")
        self.log_many(self.client, "2026-10-10", {ADVICE: 1})
        self.refresh()
        self.assert_value(self.indicator(), 10, "green", n=1)
        self.assertEqual((self.indicator().range_text, self.indicator().value_text), ("exact", "10 days"))

    def test_bound_is_not_a_number_in_the_pivot(self):
        self.never("2026-06-20")
        groups = self.env["crm.interaction.indicator"]._read_group(
            [("target_id", "=", self.target.id), ("month", "=", "2026-10-01")], ["partner_id"], ["number:avg"]
        )
        self.assertEqual([number for _client, number in groups], [False])
