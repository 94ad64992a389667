from odoo.tests.common import tagged

from .target_common import TargetCase


@tagged("post_install", "-at_install")
class TestAnalysisIndicatorRange(TargetCase):
    """Test that the range of possible outcomes, not suggestions, determines the verdict."""

    def suggest(self, counts, day="2026-10-05"):
        return self.log_many(self.client, day, counts, state="to_review")

    def test_guesses_alone_are_no_verdict(self):
        self.make_target()
        self.suggest({"1.1.2": 17, "2.2.1": 16})
        self.refresh()
        indicator = self.indicator()
        self.assertEqual((indicator.zone, indicator.is_exact), ("none", False))
        self.assertAlmostEqual(indicator.value, 16 / 17)
        self.assertEqual((indicator.value_low, indicator.value_high), (0, 32))
        self.assertEqual(indicator.range_text, "0–3,200 % · bounds")
        self.assertEqual(
            indicator.parts_text, "Confirmed: 0 · Suggested: 33 · Unclassified: 0 · of these in the base: 17"
        )
        self.assertEqual(indicator.verdict_text, "Complete the review first. Left to review: 33")
        self.assertFalse(indicator.breach)

    def test_verdict_stands_where_no_review_can_change_it(self):
        self.make_target()
        self.log_many(self.client, "2026-10-05", {"1.1.2": 100, "2.2.1": 20})
        self.suggest({"1.1.2": 5, "": 5})
        self.refresh()
        self.assert_value(self.indicator(), 20 / 105, "green")
        self.assertEqual(self.indicator().range_text, "18.2–30 % · bounds")
        parts = "Confirmed: 120 · Suggested: 5 · Unclassified: 5 · of these in the base: 105"
        self.assertEqual(self.indicator().parts_text, parts)

    def test_reviewed_value_is_exact(self):
        self.make_target()
        self.log_many(self.client, "2026-10-05", {"1.1.2": 10, "2.2.1": 1})
        self.refresh()
        indicator = self.indicator()
        self.assertEqual((indicator.range_text, indicator.verdict_text), ("exact", False))
        self.assertEqual((indicator.value_low, indicator.value_high), (indicator.value, indicator.value))

    def test_review_gives_the_verdict(self):
        self.make_target()
        guesses = self.suggest({"1.1.2": 10, "2.2.1": 1})
        self.refresh()
        self.assertEqual(self.indicator().zone, "none")
        guesses.action_confirm()
        self.refresh()
        self.assert_value(self.indicator(), 0.1, "green", n=10)

    def test_share_of_a_kind(self):
        target = self.make_target(
            measure="kind_share", kind_id=self.type_("4.2.2").kind_id.id, bound="ceiling", high=0.3
        )
        self.log_many(self.client, "2026-10-05", {"1.1.2": 6, "4.2.2": 1})
        self.suggest({"4.2.2": 1, "1.1.2": 1, "": 1})
        self.refresh()
        self.assertEqual(self.indicator().zone, "none")
        self.assertEqual(self.indicator().range_text, "10–40 % · bounds")
        target.high = 0.4
        self.refresh()
        self.assertEqual(self.indicator().zone, "green")

    def test_suggestions_are_still_to_review(self):
        self.make_target(measure="open_share", bound="ceiling", high=0.2)
        self.log_many(self.client, "2026-10-05", {"1.1.2": 2})
        self.suggest({"1.1.2": 1, "": 1})
        self.refresh()
        self.assert_value(self.indicator(), 0.5, "red", n=4)
        self.assertEqual(self.indicator().range_text, "exact")
        domain = self.indicator().action_view_evidence()["domain"]
        self.assertEqual(self.env["crm.interaction"].search_count(domain), 2)
        self.assertIn(self.type_("1.1.2").display_name, self.indicator().evidence)

    def test_contacts_of_a_type_that_may_be_among_the_open_ones(self):
        vals = {"measure": "type_count", "type_id": self.type_("1.2.2").id, "bound": "ceiling"}
        target = self.make_target(high=3, **vals)
        self.log_many(self.client, "2026-09-05", {"1.2.2": 2})
        self.suggest({"": 2}, "2026-09-05")
        self.refresh()
        self.assertEqual(self.indicator("2026-09-01").zone, "none")
        self.assertEqual(self.indicator("2026-09-01").range_text, "2–4 · bounds")
        target.high = 4
        self.refresh()
        self.assert_value(self.indicator("2026-09-01"), 2, "green")
        parts = "Confirmed: 2 · Suggested: 0 · Unclassified: 2 · of these of this type: 2"
        self.assertEqual(self.indicator("2026-09-01").parts_text, parts, "the sample is named beside all purposes")

    def test_graph_agrees_with_the_verdict(self):
        """A value off target whose range reaches the yellow zone is near the limit: the graph says why."""
        self.make_target(bound="ceiling", low=0, high=0.1, tolerance=0.05)
        self.log_many(self.client, "2026-10-05", {"1.1.2": 100, "2.2.1": 12})
        self.suggest({"2.2.1": 6})
        self.refresh()
        indicator = self.indicator()
        self.assertEqual((indicator.value, indicator.zone), (0.18, "yellow"))
        self.assertEqual(indicator.bullet["verdict"], "yellow")
        self.assertEqual(indicator.bullet["note"], "Part of the range is near the limit")
        self.env["crm.interaction"].search([("state", "=", "to_review")]).action_confirm()
        self.refresh()
        self.assertEqual((self.indicator().bullet["verdict"], self.indicator().bullet["note"]), ("red", ""))

    def test_number_of_contacts_depends_on_no_type(self):
        self.make_target(measure="interactions_month", bound="ceiling", high=5)
        self.suggest({"1.1.2": 2, "": 1})
        self.refresh()
        self.assert_value(self.indicator(), 3, "green")
        self.assertEqual((self.indicator().range_text, self.indicator().parts_text), ("exact", ""))

    def test_why_there_is_no_verdict(self):
        self.make_target(minimum_sample=20)
        self.log_many(self.client, "2026-10-05", {"1.1.2": 10})
        self.refresh()
        self.assertEqual(self.indicator().verdict_text, "Too few interactions: 10 of 20")
