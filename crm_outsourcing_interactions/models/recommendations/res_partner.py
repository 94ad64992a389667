from odoo import api, fields, models

from ..events.actions import addon_action


class ResPartner(models.Model):
    """Show the number of open recommendations on a client."""

    _inherit = "res.partner"

    interaction_recommendation_count = fields.Integer(
        "Recommendations",
        compute="_compute_interaction_recommendation_count",
        groups="crm_outsourcing_interactions.group_user",
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_interaction_recommendation_count(self):
        domain = [("partner_id", "in", self.ids), ("state", "=", "open")]
        counts = dict(self.env["crm.interaction.recommendation"]._read_group(domain, ["partner_id"], ["__count"]))
        for partner in self:
            partner.interaction_recommendation_count = counts.get(partner._origin, 0)

    def action_view_interaction_recommendations(self):
        """Open the recommendations for this client."""
        self.ensure_one()
        action = addon_action(self.env, "crm_interaction_recommendation_action")
        return {**action, "domain": [("partner_id", "=", self.id)], "context": {"search_default_open": 1}}
