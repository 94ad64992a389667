from odoo.exceptions import ValidationError
from odoo.tests.common import tagged

from .target_common import TargetCase

HUGE = (10**12, 1e300, float("inf"), float("nan"), -1)


@tagged("post_install", "-at_install")
class TestEventsRanges(TargetCase):
    """Test that out-of-range numbers are refused with the name of the field."""

    def assert_refused(self, record, names, values=HUGE):
        for name in names:
            for value in values:
                label = record._fields[name]._description_string(self.env)
                with self.subTest(model=record._name, name=name, value=value):
                    with self.assertRaisesRegex(ValidationError, "must be between") as caught, self.cr.savepoint():
                        record.write({name: value})
                    self.assertIn(label, str(caught.exception))

    def test_target(self):
        target = self.make_target(measure="type_count", type_id=self.type_("1.1.2").id, bound="ceiling", high=5)
        self.assert_refused(target, ["low", "high", "tolerance", "minimum_sample", "window_months"])

    def test_interval_of_a_million_days(self):
        interval = {"measure": "type_interval", "type_id": self.type_("2.2.1").id, "bound": "ceiling"}
        for high in (10**12, 50_000):
            with self.assertRaises(ValidationError), self.cr.savepoint():
                self.make_target(**interval, high=high)
        target = self.make_target(**interval, high=3660)
        self.log_many(self.client, "2026-10-05", {"2.2.1": 1})
        self.refresh()
        self.assertEqual(str(self.client.interaction_next_feedback), "2036-10-12")
        self.assertTrue(target.limits)

    def test_percentages(self):
        target = self.make_target()
        for name in ("low", "high", "tolerance"):
            with self.assertRaises(ValidationError), self.cr.savepoint():
                target[name] = 11

    def test_company(self):
        self.assert_refused(self.env.company, list(self.env.company._ranges))

    def test_settings_form(self):
        settings = self.env["res.config.settings"].create({})
        with self.assertRaisesRegex(ValidationError, "must be between"):
            settings.write({"interaction_recommendation_quiet_days": 10**9})
            settings.execute()

    def test_places_and_colours_of_the_classification(self):
        huge = tuple(value for value in HUGE if value != -1)
        for record in (
            self.type_("1.1.1").kind_id,
            self.type_("1.1.1"),
            self.env["crm.interaction.service"].search([], limit=1),
            self.env["crm.interaction.corrective.action"].search([], limit=1),
        ):
            self.assert_refused(record, ["sequence"], huge)
        self.assert_refused(self.type_("1.1.1").kind_id, ["color"])

    def test_scope_and_rule(self):
        service = self.env["crm.interaction.service"].search([], limit=1)
        scope = self.env["crm.interaction.scope"].create({"partner_id": self.client.id, "service_id": service.id})
        self.assert_refused(scope, ["monthly_limit"])
        self.assert_refused(self.env["crm.interaction.rule"].search([], limit=1), ["duration"])
