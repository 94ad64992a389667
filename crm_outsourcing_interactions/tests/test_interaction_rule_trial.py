from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ClientMailCase

TRIAL = "odoo.addons.crm_outsourcing_interactions.models.interaction.upkeep.crm_interaction_rule_trial"


@tagged("post_install", "-at_install")
@freeze_time("2026-11-10 12:00:00")
class TestInteractionRuleTrial(ClientMailCase):
    """A rule, in use or not, is tried on what is logged already."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        values = {"name": "Holidays", "event": "message_in", "sequence": 1, "words": "vacation", "active": False}
        rules = cls.env["crm.interaction.rule"].with_user(cls.manager)
        cls.rule = rules.create({**values, "type_id": cls.type_("1.1.3").id})

    def receive_one(self, number, body="About my vacation"):
        return self.captured(self.env["project.task"].browse(self.receive(key=f"k{number}", body=body)))

    def try_rule(self, rule=None):
        action = (rule or self.rule).action_try()
        return self.env[action["res_model"]].with_user(self.manager).browse(action["res_id"])

    def numbers(self, trial):
        return trial.changed_count, trial.agreed_count, trial.contradicted_count

    def test_changes_agreements_and_contradictions_are_counted_apart(self):
        changed, agreed, contradicted, other = (self.receive_one(n) for n in range(4))
        self.receive_one(4, body="Hello")
        agreed.with_user(self.manager).type_id = self.type_("1.1.3")
        contradicted.with_user(self.manager).type_id = self.type_("1.1.1")
        other.action_ignore()
        before = (changed | agreed | contradicted | other).mapped("type_id.id")
        trial = self.try_rule()
        self.assertEqual((trial.state, *self.numbers(trial)), ("counted", 1, 1, 1))
        self.assertRecordValues(
            trial.line_ids,
            [
                {"type_before_id": changed.type_id.id, "number": 1, "is_by_user": False},
                {"type_before_id": self.type_("1.1.1").id, "number": 1, "is_by_user": True},
            ],
        )
        self.assertEqual(trial.line_ids.type_after_id, self.type_("1.1.3"))
        self.assertEqual((trial.changed_ids, trial.contradicted_ids), (changed, contradicted))
        self.assertEqual((changed | agreed | contradicted | other).mapped("type_id.id"), before, "nothing is written")

    def test_rule_changed_meanwhile_is_counted_from_the_beginning(self):
        for number in range(4):
            self.receive_one(number)
        with patch(f"{TRIAL}.BATCH_SIZE", 2):
            trial = self.env["crm.interaction.rule.trial"].with_user(self.manager).create({"rule_id": self.rule.id})
            trial._run_batch_or_stop()
            self.assertEqual((trial.state, trial.changed_count), ("counting", 2))
            self.rule.type_id = self.type_("1.1.1")
            self.env.flush_all()
            self.env.cr.execute("UPDATE crm_interaction_rule SET write_date = write_date + interval '1 second'")
            self.env.invalidate_all()
            while trial.state == "counting":
                trial._run_batch_or_stop()
        self.assertEqual((trial.changed_count, trial.read_count), (4, 4))
        self.assertRecordValues(trial.line_ids, [{"type_after_id": self.type_("1.1.1").id, "number": 4}])
        self.assertEqual(len(trial.changed_ids), 4)

    def test_earlier_rule_keeps_its_messages(self):
        self.receive_one(1, body="A complaint about my vacation")
        self.rule.sequence = 50
        self.assertEqual(self.numbers(self.try_rule()), (0, 0, 0))
        self.rule.sequence = 1
        self.assertEqual(self.numbers(self.try_rule()), (1, 0, 0))

    def test_rule_in_use_is_tried_with_its_changes(self):
        self.rule.active = True
        logged = self.receive_one(1)
        self.assertEqual(logged.rule_id, self.rule)
        self.assertEqual(self.numbers(self.try_rule()), (0, 0, 0))
        self.rule.type_id = self.type_("1.1.1")
        self.assertEqual(self.numbers(self.try_rule()), (1, 0, 0))

    def test_plain_conditions_and_age_limit_it(self):
        self.receive_one(1)
        old = self.receive_one(2)
        old._by_code().date = "2026-08-01 10:00:00"
        self.assertEqual(self.numbers(self.try_rule()), (1, 0, 0))
        for values in (
            {"client_id": self.make_client(name="Beta").id},
            {"model_name": "crm.lead"},
            {"channel": "phone"},
            {"event": "message_out", "type_id": self.type_("1.2.1").id},
        ):
            with self.subTest(values=values):
                self.assertEqual(self.numbers(self.try_rule(self.rule.copy(values))), (0, 0, 0))

    def test_long_history_is_counted_by_the_scheduled_action(self):
        for number in range(5):
            self.receive_one(number)
        with patch(f"{TRIAL}.BATCH_SIZE", 2), patch(f"{TRIAL}.MOST_EXAMPLES", 3):
            trial = self.env["crm.interaction.rule.trial"].with_user(self.manager).create({"rule_id": self.rule.id})
            trial._run_for(0)
            self.assertEqual((trial.state, trial.read_count), ("counting", 0))
            with patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 60):
                self.env["crm.interaction.rule.trial"]._cron_run()
        self.assertEqual((trial.state, trial.read_count, trial.percent), ("counted", 5, 100))
        self.assertEqual((self.numbers(trial), len(trial.changed_ids)), ((5, 0, 0), 3))
        self.assertEqual(trial.line_ids.number, 5)

    def test_fault_stops_the_trial_only(self):
        self.receive_one(1)
        outcomes = f"{TRIAL.rpartition('.')[0]}.crm_interaction_rule_outcomes.CrmInteractionRule._outcomes"
        with patch(outcomes, side_effect=ValueError), self.assertLogs(TRIAL, "ERROR"):
            self.assertEqual(self.try_rule().state, "stopped")

    def test_examples_are_only_what_the_reader_may_read(self):
        logged = self.receive_one(1)
        self.project.privacy_visibility = "followers"
        trial = self.try_rule()
        self.assertEqual((trial.changed_count, trial.changed_ids), (1, logged.browse()))

    def test_other_companies_are_not_counted(self):
        self.receive_one(1)
        other = self.env["res.company"].create({"name": "Other"})
        self.manager.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        trial = self.try_rule(self.rule.with_env(self.env(user=self.manager.id, context={})))
        self.assertEqual((trial.state, trial.changed_count), ("counted", 0))
        with self.assertRaises(AccessError):
            trial.copy({"company_ids": [(6, 0, self.env.company.ids)]})

    def test_users_try_no_rules(self):
        with self.assertRaises(AccessError):
            self.rule.with_user(self.staff).action_try()
