import psycopg2

from odoo.exceptions import AccessError, ValidationError
from odoo.tests.common import new_test_user, tagged
from odoo.tools import mute_logger

from .target_common import TargetCase


@tagged("post_install", "-at_install")
class TestAnalysisTargets(TargetCase):
    """Test the validation and the texts of targets."""

    def test_seeds_hold_the_figures_of_the_article_and_are_not_in_use(self):
        ref = self.env.ref
        improvement = ref("crm_outsourcing_interactions.target_improvement_ratio")
        additional = ref("crm_outsourcing_interactions.target_additional_ratio")
        self.assertEqual((improvement.low, additional.low), (0.08, 0.66))
        data = self.env["ir.model.data"].search(
            [("module", "=", "crm_outsourcing_interactions"), ("model", "=", "crm.interaction.target")]
        )
        seeds = self.env["crm.interaction.target"].browse(data.filtered("noupdate").mapped("res_id"))
        self.assertGreaterEqual(len(seeds), 7)
        self.assertFalse(
            any(seeds.filtered(lambda target: "demo" not in target.get_external_id()[target.id]).mapped("active"))
        )
        self.assertTrue(all(seeds.mapped("corrective_action_ids")))

    def test_name_tells_what_is_measured(self):
        kind = self.env.ref("crm_outsourcing_interactions.kind_4")
        target = self.make_target(measure="kind_share", kind_id=kind.id, bound="ceiling", high=0.2)
        self.assertEqual(target.name, "Share of a kind · 4 Organisational")
        target.name = "Our own name"
        self.assertEqual(target.name, "Our own name")

    def test_limits_read_in_the_unit_of_the_measure(self):
        feedback = self.type_("2.2.1").id
        for vals, text in (
            ({"bound": "floor", "low": 0.08}, "≥ 8 %"),
            ({"bound": "range", "low": 0.055, "high": 0.1}, "5.5 % – 10 %"),
            ({"measure": "interactions_month", "bound": "ceiling", "high": 1500}, "≤ 1,500"),
            ({"measure": "type_interval", "type_id": feedback, "bound": "ceiling", "high": 90}, "every 90 days"),
        ):
            with self.subTest(vals=vals):
                target = self.make_target(**vals)
                self.assertEqual(target.limits, text)
                target.active = False

    def test_what_makes_no_sense_is_refused(self):
        contact = self.make_contact(parent_id=self.client.id)
        feedback = self.type_("2.2.1").id
        for vals, message in (
            ({"bound": "range", "low": 0.2, "high": 0.1}, "lower limit"),
            ({"measure": "kind_share", "bound": "floor", "low": 0.1}, "Select the kind"),
            ({"measure": "type_count", "bound": "floor", "low": 1}, "Select the type"),
            ({"measure": "open_share", "bound": "ceiling", "high": 5}, "between 0 and 100 %"),
            ({"measure": "additional_ratio", "bound": "floor", "low": 66}, "between 0 and 1000 %"),
            ({"measure": "type_interval", "type_id": feedback, "bound": "floor", "low": 90}, "number of days"),
            ({"partner_id": contact.id, "bound": "floor", "low": 0.1}, "not with its contact"),
        ):
            with self.subTest(vals=vals), self.assertRaisesRegex(ValidationError, message):
                self.make_target(**vals)

    @mute_logger("odoo.sql_db")
    def test_the_database_refuses_impossible_numbers(self):
        for vals in (
            {"window_months": 0},
            {"window_months": 13},
            {"tolerance": -0.1},
            {"date_from": "2026-02-01", "date_to": "2026-01-31"},
        ):
            refused = psycopg2.errors.CheckViolation if "date_from" in vals else ValidationError
            with self.subTest(vals=vals), self.assertRaises(refused), self.cr.savepoint():
                self.make_target(**vals)

    def test_two_targets_for_the_same_at_the_same_time_are_refused(self):
        first = self.make_target(date_to="2026-06-30")
        self.make_target(date_from="2026-07-01")
        self.make_target(partner_id=self.client.id)
        self.make_target(measure="additional_ratio")
        with self.assertRaisesRegex(ValidationError, "at the same time"):
            self.make_target(date_from="2026-06-30", date_to="2026-06-30")
        spare = self.make_target(active=False, date_to="2026-01-31")
        with self.assertRaisesRegex(ValidationError, "at the same time"):
            spare.active = True
        first.active = False
        spare.active = True

    def test_another_company_has_its_own(self):
        self.make_target()
        other = self.env["res.company"].create({"name": "Other Firm"})
        self.assertTrue(self.make_target(company_id=other.id))

    def test_other_measures_forget_kind_and_type(self):
        target = self.make_target(measure="type_count", type_id=self.type_("1.2.2").id, bound="ceiling", high=3)
        target.write({"measure": "interactions_month"})
        self.assertFalse(target.type_id)


@tagged("post_install", "-at_install")
class TestAnalysisTargetAccess(TargetCase):
    """Test that users read only the firm's targets and those of their clients, and only managers write them."""

    def found(self, user, record):
        return bool(self.env[record._name].with_user(user).search([("id", "=", record.id)]))

    def test_users_see_targets_and_indicators_of_own_clients_only(self):
        own, other = self.make_client(user_id=self.staff.id), self.make_client(user_id=self.manager.id)
        of_firm, of_own, of_other = (self.make_target(partner_id=p) for p in (False, own.id, other.id))
        for target, sees in ((of_firm, True), (of_own, True), (of_other, False)):
            self.assertEqual(self.found(self.staff, target), sees)
            self.assertTrue(self.found(self.manager, target))
        self.log_many(own, "2026-10-05", {"1.1.2": 2})
        self.log_many(other, "2026-10-05", {"1.1.2": 2})
        self.refresh()
        for client, sees in ((own, True), (other, False), (self.env["res.partner"], False)):
            indicator = self.indicator(client=client)
            self.assertTrue(self.found(self.manager, indicator))
            self.assertEqual(self.found(self.staff, indicator), sees, client)

    def test_nobody_writes_indicators_by_hand(self):
        indicators = self.env["crm.interaction.indicator"]
        for user in (self.staff, self.manager):
            model = indicators.with_user(user)
            self.assertTrue(model.has_access("read"))
            self.assertFalse(model.has_access("write") or model.has_access("create") or model.has_access("unlink"))

    def test_only_managers_set_targets_and_refresh(self):
        for name in ("crm.interaction.target", "crm.interaction.corrective.action"):
            self.assertTrue(self.env[name].with_user(self.staff).has_access("read"))
            self.assertFalse(self.env[name].with_user(self.staff).has_access("write"))
            self.assertTrue(self.env[name].with_user(self.manager).has_access("write"))
        self.env["crm.interaction.indicator"].with_user(self.manager).action_refresh()
        with self.assertRaises(AccessError):
            self.env["crm.interaction.indicator"].with_user(self.staff).action_refresh()

    def test_portal_public_and_plain_employees_get_nothing(self):
        outsiders = (
            new_test_user(self.env, "target.portal", groups="base.group_portal"),
            new_test_user(self.env, "target.employee", groups="base.group_user"),
            self.env.ref("base.public_user"),
        )
        for user in outsiders:
            for name in ("crm.interaction.target", "crm.interaction.corrective.action", "crm.interaction.indicator"):
                self.assertFalse(self.env[name].with_user(user).has_access("read"))
            for name in ("interaction_sparkline", "interaction_indicator_ids", "interaction_open_complaints"):
                with self.assertRaises(AccessError):
                    self.client.with_user(user)[name]

    def test_other_companies_indicators_stay_theirs(self):
        other = self.env["res.company"].create({"name": "Other Firm"})
        self.make_target(company_id=other.id)
        self.log(partner_id=self.client.id, company_id=other.id, user_id=False, type_id=self.type_("1.1.2").id)
        theirs = self.env["crm.interaction.indicator"]._refresh(other)
        self.assertTrue(theirs)
        self.assertFalse(self.found(self.manager, theirs[0]))
