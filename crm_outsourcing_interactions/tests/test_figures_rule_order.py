import doctest
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests.common import tagged

from ..models.figures import crm_interaction_rule
from .common import InteractionCase


@tagged("post_install", "-at_install")
class TestAnalysisRuleOrder(InteractionCase):
    """Test that reordering rules is a method change, because the first match wins."""

    def all_changes(self):
        return self.env["crm.interaction.method.change"].search([], order="id")

    def make_rule(self, **vals):
        defaults = {"name": "Thanks", "event": "message_in", "type_id": self.type_("2.1.1").id}
        return self.env["crm.interaction.rule"].create({**defaults, **vals})

    def test_example_in_docstring(self):
        self.assertFalse(doctest.testmod(crm_interaction_rule).failed)

    def make_rules_in_order(self, *vals_list):
        """Return rules of an event that has no others, in use for some days, in their order."""
        self.env["crm.interaction.rule"].search([]).active = False
        rules = [self.make_rule(sequence=number, **vals) for number, vals in enumerate(vals_list)]
        self.all_changes().unlink()
        return self.env["crm.interaction.rule"].union(*rules)

    def test_another_order_of_rules_is_marked_once_a_day(self):
        first, second, third = rules = self.make_rules_in_order({}, {}, {})
        third.sequence = -1
        [change] = self.all_changes()
        self.assertRecordValues(
            change,
            [
                {
                    "name": "Order of rules changed: Message from the client",
                    "event": "message_in",
                    "effect": "changed",
                    "company_id": False,
                    "user_id": self.env.uid,
                }
            ],
        )
        first.sequence = 7
        self.assertEqual(self.all_changes(), change)
        for number, rule in enumerate(rules):
            rule.sequence = number
        self.assertFalse(self.all_changes())
        with freeze_time("2026-10-01 12:00:00"):
            second.sequence = -1
        second.sequence = 9
        self.assertEqual(len(self.all_changes()), 2)

    def test_restored_rule_order_records_no_method_change(self):
        rules = self.make_rules_in_order({}, {}, {}, {})
        rules[2].sequence = -1
        [change] = self.all_changes()
        new = self.make_rule(sequence=1)
        rules[3].active = False
        own = self.all_changes() - change
        rules[2].sequence = 2
        self.assertEqual(self.all_changes(), own)
        self.assertEqual(own.mapped("subject"), [f"rule,{new.id}", f"rule,{rules[3].id}"])

    def test_rows_dragged_together_are_looked_at_once(self):
        rules = self.make_rules_in_order(*[{}] * 6).with_user(self.manager)
        orders = type(rules)._orders
        with patch.object(type(rules), "_orders", autospec=True, side_effect=orders) as looked:
            rules[::-1].web_resequence({"sequence": {}})
        self.assertEqual(looked.call_count, 2)
        self.assertEqual(len(self.all_changes()), 1)
        self.assertEqual(rules.search([]), rules[::-1])

    def test_order_among_rules_of_different_events_makes_no_change(self):
        activity = self.type_("1.1.2").id
        rules = self.make_rules_in_order({}, {"event": "task_requested", "type_id": activity}, {})
        rules[1].sequence = 9
        rules[1].sequence = -9
        rules[2].sequence = 30
        self.assertFalse(self.all_changes())

    def test_order_of_a_companys_rule_concerns_that_company_alone(self):
        other = self.env["res.company"].create({"name": "Other Firm"})
        rules = self.make_rules_in_order({}, {"company_id": other.id}, {})
        rules[1].sequence = -1
        [change] = self.all_changes()
        self.assertEqual(change.company_id, other)
        rules[2].sequence = -2
        self.assertEqual((self.all_changes() - change).company_id, self.env["res.company"])

    def test_new_and_archived_rules_are_no_other_order(self):
        rules = self.make_rules_in_order({}, {}, {})
        rules[1].write({"active": False, "sequence": 30})
        [change] = self.all_changes()
        self.assertEqual(change.subject, f"rule,{rules[1].id}")
