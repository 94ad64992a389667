from odoo import api, fields, models

from ...events.actions import addon_action


class CrmInteractionRule(models.Model):
    """Add the interactions classified by a rule."""

    _inherit = "crm.interaction.rule"

    interaction_count = fields.Integer(compute="_compute_interaction_count")

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_interaction_count(self):
        counts = dict(self.env["crm.interaction"]._read_group([("rule_id", "in", self.ids)], ["rule_id"], ["__count"]))
        for rule in self:
            rule.interaction_count = counts.get(rule._origin, 0)

    def action_view_interactions(self):
        """Open the interactions that this rule classified."""
        self.ensure_one()
        action = addon_action(self.env, "crm_interaction_action")
        return {**action, "domain": [("rule_id", "=", self.id)], "context": {}}
