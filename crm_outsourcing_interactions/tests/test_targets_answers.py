from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.tests.common import tagged

from .target_common import TargetCase

MONDAY = datetime(2026, 10, 5, 9)


@tagged("post_install", "-at_install")
class TestTargetsAnswers(TargetCase):
    """Targets for answer times, for a client and the whole firm."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.write({"resource_calendar_id": False, "interaction_tz": "UTC", "interaction_response_hours": 9})

    def matter(self, answered=None, client=None):
        person = self.make_contact(parent_id=(client or self.client).id)
        task = self.make_task(partner_id=person.id)
        values = {"partner": person, "record": task, "user": self.staff}
        for hours, code in ((0, "message_in"), (answered, "message_out")):
            if hours is not None:
                moment = MONDAY + timedelta(hours=hours)
                with freeze_time(moment):
                    row = self.capture(moment, code=code, **values)
        matters = row.matter_id
        matters._refresh(matters)
        return matters

    def target(self, measure, **vals):
        bound = {"bound": "floor", "low": 0.9} if measure == "in_time" else {"bound": "ceiling", "high": 5.0}
        return self.make_target(measure=measure, **{**bound, **vals})

    def refreshed(self, measure, client=None, **vals):
        target = self.target(measure, **vals)
        self.refresh()
        return self.indicator(client=client, target=target)

    def test_in_time_of_client_and_firm(self):
        self.matter(2), self.matter(26), self.matter(), self.matter(3, self.make_client(name="Other"))
        indicator = self.refreshed("in_time")
        self.assertEqual((indicator.value, indicator.n, indicator.zone), (1 / 3, 3, "red"))
        firm = self.indicator(client=self.env["res.partner"], target=indicator.target_id)
        self.assertEqual((firm.value, firm.n), (0.5, 4))

    def test_median_that_is_only_known_to_be_more(self):
        self.matter(2)
        indicator = self.refreshed("median_hours")
        self.assertEqual((indicator.value_text, indicator.zone, indicator.is_exact), ("2 hours", "green", True))
        for _number in range(2):
            self.matter()
        self.refresh()
        self.assertIn("more than", indicator.value_text)
        self.assertEqual((indicator.zone, indicator.is_exact), ("red", False))

    def test_interactions_per_matter(self):
        self.matter(2), self.matter()
        self.assertEqual(self.refreshed("matter_interactions").value_text, "1.5")

    def test_too_few_matters_give_no_verdict(self):
        self.matter(26)
        for measure in ("in_time", "median_hours", "matter_interactions"):
            indicator = self.refreshed(measure, minimum_sample=2)
            self.assertEqual((indicator.zone, indicator.verdict_text), ("none", "Too few matters: 1 of 2"))

    def test_evidence_opens_exactly_the_matters_counted(self):
        self.matter(2), self.matter(26), self.matter(3, self.make_client(name="Other"))
        for measure in ("in_time", "median_hours", "matter_interactions"):
            with self.subTest(measure=measure):
                indicator = self.refreshed(measure)
                action = indicator.action_view_evidence()
                self.assertEqual(action["res_model"], "crm.interaction.matter")
                found = self.env["crm.interaction.matter"].search(action["domain"])
                self.assertEqual(len(found), indicator.n)
                self.assertEqual(found.commercial_partner_id, self.client)
                self.assertFalse("interaction" in (indicator.evidence or "").lower())

    def test_breach_opens_an_activity(self):
        self.matter(26)
        indicator = self.refreshed("in_time")
        self.assertEqual((indicator.breach, bool(indicator.activity_id)), ("open", True))

    def test_history_is_left_out(self):
        self.matter(26)._by_code().write({"from_history": True})
        self.assertFalse(self.refreshed("in_time").has_value)
