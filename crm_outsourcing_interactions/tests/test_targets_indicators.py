from unittest.mock import patch

from odoo.tests.common import tagged

from .target_common import TargetCase


@tagged("post_install", "-at_install")
class TestAnalysisIndicators(TargetCase):
    """Test values of indicators by client and month."""

    def test_ratio_of_client_and_of_firm_is_computed_from_counts(self):
        self.make_target()
        other = self.make_client(name="Other")
        self.log_many(self.client, "2026-10-05", {"1.1.2": 8, "4.2.2": 2, "2.2.1": 1, "3.1.1": 5})
        self.log_many(other, "2026-10-06", {"1.1.2": 30})
        self.refresh()
        self.assert_value(self.indicator(), 0.1, "green", n=10)
        self.assert_value(self.indicator(client=other), 0.0, "red", n=30)
        self.assert_value(self.indicator(client=other.browse()), 1 / 40, "red", n=40)

    def test_contacts_without_client_count_for_the_firm_only(self):
        self.make_target(measure="open_share", bound="ceiling", high=0.5)
        self.log_many(self.client, "2026-10-05", {"1.1.2": 1})
        self.log_many(self.env["res.partner"], "2026-10-05", {"": 3})
        self.refresh()
        self.assert_value(self.indicator(client=self.client.browse()), 0.75, "red", n=4)
        self.assert_value(self.indicator(), 0.0, "green", n=1)
        self.assertEqual(len(self.indicator(client=self.client.browse())), 1)

    def test_no_base_is_no_data(self):
        self.make_target()
        self.log_many(self.client, "2026-10-05", {"3.1.1": 4})
        self.refresh()
        indicator = self.indicator()
        self.assertEqual((indicator.has_value, indicator.zone, indicator.n), (False, "none", 0))
        self.assertEqual(indicator.value_text, "no data")

    def test_exactly_at_the_limit_is_within_the_target(self):
        target = self.make_target(
            measure="kind_share", kind_id=self.type_("1.1.2").kind_id.id, bound="ceiling", high=0.3
        )
        self.log_many(self.client, "2026-10-05", {"1.1.2": 3, "3.1.1": 7})
        self.refresh()
        self.assert_value(self.indicator(), 0.3, "green")
        target.write({"high": 0.2, "tolerance": 0.1})
        self.refresh()
        self.assert_value(self.indicator(), 0.3, "yellow")
        target.tolerance = 0.09
        self.refresh()
        self.assert_value(self.indicator(), 0.3, "red")

    def test_small_sample_raises_no_alarm(self):
        target = self.make_target(minimum_sample=11)
        self.log_many(self.client, "2026-10-05", {"1.1.2": 10})
        self.refresh()
        self.assert_value(self.indicator(), 0.0, "none", n=10)
        target.minimum_sample = 10
        self.refresh()
        self.assert_value(self.indicator(), 0.0, "red", n=10)

    def test_ignored_contacts_do_not_count(self):
        self.make_target()
        self.log_many(self.client, "2026-10-05", {"1.1.2": 10, "2.2.1": 1})
        self.log_many(self.client, "2026-10-05", {"1.1.2": 10}).action_ignore()
        self.refresh()
        self.assert_value(self.indicator(), 0.1, "green", n=10)

    def test_window_goes_over_the_end_of_the_year(self):
        self.make_target(window_months=3)
        self.log_many(self.client, "2025-10-31", {"1.1.2": 100})
        self.log_many(self.client, "2025-11-01", {"1.1.2": 6})
        self.log_many(self.client, "2026-01-31", {"1.1.2": 4, "2.2.1": 1})
        self.log_many(self.client, "2026-02-01", {"1.1.2": 100})
        self.refresh("2026-01-01")
        self.assert_value(self.indicator("2026-01-01"), 0.1, "green", n=10)

    def test_month_is_that_of_the_time_zone_of_the_company(self):
        self.env.company.interaction_tz = "Asia/Tokyo"
        self.make_target(measure="interactions_month", bound="ceiling", high=5)
        self.log(partner_id=self.client.id, date="2026-09-30 20:00:00")
        self.refresh()
        self.assert_value(self.indicator(), 1, "green")
        self.assertFalse(self.indicator("2026-09-01"))

    def test_client_target_beats_that_of_the_firm(self):
        of_firm, of_client = self.make_target(), self.make_target(partner_id=self.client.id, low=0.3)
        other = self.make_client(name="Other")
        for client in (self.client, other):
            self.log_many(client, "2026-10-05", {"1.1.2": 10, "2.2.1": 1})
        self.refresh()
        self.assertEqual(self.indicator().target_id, of_client)
        self.assertEqual(self.indicator().zone, "red")
        self.assertEqual(self.indicator(client=other).target_id, of_firm)
        self.assertEqual(self.indicator(client=other).zone, "green")

    def test_expired_target_judges_no_more_and_the_firms_takes_over(self):
        of_firm = self.make_target()
        of_client = self.make_target(partner_id=self.client.id, low=0.3, date_to="2026-10-30")
        self.log_many(self.client, "2026-09-05", {"1.1.2": 10, "2.2.1": 1})
        self.refresh()
        self.assertEqual(self.indicator("2026-09-01").target_id, of_client)
        self.assertEqual(self.indicator().target_id, of_firm)

    def test_target_that_begins_during_the_month_judges_it(self):
        target = self.make_target(date_from="2026-10-31")
        self.log_many(self.client, "2026-10-05", {"1.1.2": 10})
        self.refresh()
        self.assertEqual(self.indicator().target_id, target)
        self.assertFalse(self.indicator("2026-09-01"))

    def test_archived_client_keeps_past_verdicts_and_gets_no_new_ones(self):
        self.make_target()
        self.log_many(self.client, "2026-09-05", {"1.1.2": 10})
        self.refresh()
        self.client.active = False
        self.refresh()
        self.assertEqual(self.indicator("2026-09-01").zone, "red")
        self.assertFalse(self.indicator())
        self.assertEqual(self.indicator("2026-09-01", client=self.client.browse()).n, 10)

    def test_target_out_of_use_keeps_finished_months(self):
        target = self.make_target()
        self.log_many(self.client, "2026-09-05", {"1.1.2": 10})
        self.refresh()
        target.active = False
        self.refresh()
        self.assertTrue(self.indicator("2026-09-01"))
        self.assertFalse(self.indicator())

    def test_two_companies_count_their_own(self):
        other = self.env["res.company"].create({"name": "Other Firm"})
        self.make_target()
        theirs = self.make_target(company_id=other.id)
        self.log_many(self.client, "2026-10-05", {"1.1.2": 10, "2.2.1": 1})
        self.log_many(self.client, "2026-10-05", {"1.1.2": 5}, company_id=other.id, user_id=False)
        self.refresh()
        indicators = self.env["crm.interaction.indicator"]
        indicators._refresh(other)
        self.assert_value(self.indicator(), 0.1, "green", n=10)
        self.assert_value(
            indicators.search([("target_id", "=", theirs.id), ("partner_id", "=", self.client.id), ("n", ">", 0)]),
            0,
            "red",
            n=5,
        )

    def test_second_refresh_changes_nothing(self):
        self.make_target()
        self.log_many(self.client, "2026-10-05", {"1.1.2": 10, "2.2.1": 1})
        first = self.refresh()
        before = [(i.id, i.write_date, i.value, i.zone) for i in first]
        with (
            patch.object(type(first), "write", side_effect=AssertionError),
            patch.object(type(first), "_close_breaches", autospec=True, side_effect=self.assertFalse),
        ):
            second = self.refresh()
        self.assertEqual([(i.id, i.write_date, i.value, i.zone) for i in second.sorted("id")], sorted(before))

    def test_refresh_from_selected_rows_keeps_them(self):
        self.make_target()
        self.log_many(self.client, "2026-10-05", {"1.1.2": 10, "2.2.1": 1})
        first = self.refresh()
        self.assertEqual(first._refresh(self.env.company).exists(), first)

    def test_values_of_several_indicators_are_not_averaged(self):
        self.make_target()
        other = self.make_client(name="Other")
        self.log_many(self.client, "2026-10-05", {"1.1.2": 10, "2.2.1": 1})
        self.log_many(other, "2026-10-05", {"1.1.2": 10, "2.2.1": 3})
        self.refresh()
        domain = [("month", "=", "2026-10-01"), ("partner_id", "in", (self.client.id, other.id))]
        indicators = self.env["crm.interaction.indicator"]
        self.assertEqual(
            indicators._read_group(domain, ["partner_id"], ["value:avg"]), [(self.client, 0.1), (other, 0.3)]
        )
        self.assertEqual(indicators._read_group(domain, [], ["value:avg"]), [(False,)])

    def test_evidence_is_what_was_counted(self):
        self.make_target(window_months=2)
        self.make_target(measure="interactions_month", bound="ceiling", high=50)
        self.make_target(measure="type_count", type_id=self.type_("3.2.1").id, bound="ceiling", high=50)
        self.make_target(measure="open_share", bound="ceiling", high=1)
        self.log_many(self.client, "2026-08-31", {"1.1.2": 50})
        self.log_many(self.client, "2026-09-05", {"1.1.2": 3, "3.2.1.1": 2, "": 1})
        self.log_many(self.client, "2026-10-05", {"1.1.2": 5, "2.2.1": 1, "3.2.1.1": 1, "": 2})
        self.log_many(self.make_client(), "2026-10-05", {"1.1.2": 7})
        self.refresh()
        counts = {
            indicator.measure: self.env["crm.interaction"].search_count(indicator.action_view_evidence()["domain"])
            for indicator in self.indicator()
        }
        self.assertEqual(counts, {"improvement_ratio": 15, "interactions_month": 9, "type_count": 1, "open_share": 2})
        self.assertEqual(self.indicator().filtered(lambda i: i.measure == "interactions_month").n, 9)
