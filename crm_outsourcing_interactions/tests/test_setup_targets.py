import doctest

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models.targets import crm_interaction_target_today
from ..models.targets.crm_interaction_target_today import FIRST_SAMPLE
from .test_setup_checklist import SetupCase


@tagged("post_install", "-at_install")
class TestSetupTargets(SetupCase):
    def take(self):
        return (
            self.env["crm.interaction.target"].with_user(self.boss).with_company(self.firm).action_take_today_values()
        )

    def open_dialog(self):
        """Return the dialog that the checklist's step opens."""
        action = self.setup_of().open_step("targets")
        return self.env[action["res_model"]].with_user(self.boss).with_company(self.firm).create({})

    def used(self):
        return self.env["crm.interaction.target"].search([("company_id", "=", self.firm.id)])

    def test_too_few_confirmed_interactions_are_refused(self):
        self.log_confirmed(FIRST_SAMPLE - 2)
        with self.assertRaises(UserError):
            self.take()
        self.assertIn(str(FIRST_SAMPLE - 2), self.steps()["targets"]["text"])

    def test_todays_values_become_targets_that_are_met(self):
        self.log_confirmed(2 * FIRST_SAMPLE)
        self.assertTrue(self.steps()["targets"]["is_ready"])
        dialog = self.open_dialog()
        self.assertTrue(dialog.has_limits)
        self.assertIn("≥ 100 %", dialog.preview)
        self.assertFalse(self.used())
        dialog.action_apply()
        targets = self.env["crm.interaction.target"].search([("company_id", "=", self.firm.id)])
        ratio = targets.filtered(lambda target: target.measure == "improvement_ratio")
        self.assertEqual((ratio.low, ratio.bound, ratio.user_id), (1.0, "floor", self.boss))
        zones = self.env["crm.interaction.indicator"].search([("target_id", "=", ratio.id), ("partner_id", "=", False)])
        self.assertEqual(set(zones.mapped("zone")) - {"none"}, {"green"})
        self.assertIn("targets", self.done())

    def test_values_without_use_stay_off(self):
        self.log_confirmed(2 * FIRST_SAMPLE)
        dialog = self.open_dialog()
        self.assertIn("0 % is too small for a limit", dialog.preview)
        dialog.action_apply()
        self.assertEqual(self.used().mapped("measure"), ["improvement_ratio"])

    def test_step_stays_open_when_nothing_can_be_set(self):
        self.log_confirmed(FIRST_SAMPLE)  # a base of half as many
        dialog = self.open_dialog()
        self.assertFalse(dialog.has_limits)
        self.assertIn(f"Too few interactions: {FIRST_SAMPLE // 2} of {FIRST_SAMPLE}", dialog.preview)
        with self.assertRaises(UserError):
            dialog.action_apply()
        self.assertFalse(self.used().with_context(active_test=False).search([("company_id", "=", self.firm.id)]))
        self.assertNotIn("targets", self.done())

    def test_targets_in_use_stay(self):
        self.log_confirmed(2 * FIRST_SAMPLE)
        own = self.env["crm.interaction.target"].create(
            {"measure": "improvement_ratio", "bound": "floor", "low": 0.3, "company_id": self.firm.id}
        )
        with self.assertRaises(UserError):
            self.take()
        self.assertEqual(own.low, 0.3)

    def test_users_take_no_values(self):
        with self.assertRaises(AccessError):
            self.env["crm.interaction.target"].with_user(self.user).action_take_today_values()

    def test_limits(self):
        self.assertFalse(doctest.testmod(crm_interaction_target_today).failed)
