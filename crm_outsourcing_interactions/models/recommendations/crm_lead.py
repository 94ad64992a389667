from odoo import api, fields, models

from ..events.reasons import because


class CrmLead(models.Model):
    """Link an opportunity to the recommendations that it was created from, and to their evidence."""

    _inherit = "crm.lead"

    interaction_offer_type_id = fields.Many2one(
        "crm.interaction.type",
        string="Offer",
        ondelete="restrict",
        copy=False,
        domain="[('kind_id.ratio_role', '=', 'additional'), ('direction', '=', 'outgoing'), ('is_group', '=', False)]",
        groups="crm_outsourcing_interactions.group_user",
        help="Type of messages to the client on this opportunity, e.g. “Cross-selling”. Empty: the rules decide.",
    )
    interaction_recommendation_ids = fields.One2many(
        "crm.interaction.recommendation",
        "lead_id",
        string="From Recommendations",
        groups="crm_outsourcing_interactions.group_user",
    )
    interaction_evidence_count = fields.Integer(
        "Evidence",
        compute="_compute_interaction_evidence_count",
        groups="crm_outsourcing_interactions.group_user",
        help="Number of interactions that led to this opportunity.",
    )

    @api.depends("interaction_recommendation_ids.n")
    def _compute_interaction_evidence_count(self):
        for lead in self:
            lead.interaction_evidence_count = sum(lead.interaction_recommendation_ids.mapped("n"))

    def action_view_interaction_evidence(self):
        """Open the interactions that led to this opportunity."""
        return self.interaction_recommendation_ids.action_view_interactions()

    @api.model
    def _interaction_offered(self, events):
        """Classify messages on an opportunity as its offer, without applying rules."""
        for event in events:
            is_offer = event.is_untyped and event.code == "message_out" and event.record._name == self._name
            if is_offer and (type_ := event.record.interaction_offer_type_id):
                event.vals |= {
                    "type_id": type_.id,
                    "kind_id": type_.kind_id.id,
                    "direction": type_.direction,
                    "classified_by": "rule",
                    "why": because("opportunity"),
                    "duration": event.duration,
                    "state": "to_review",
                }
        return events

    def _merge_dependences(self, opportunities):
        res = super()._merge_dependences(opportunities)
        # sudo: a user who may merge opportunities may lack access to recommendations
        recommendations = self.env["crm.interaction.recommendation"].sudo()
        recommendations.search([("lead_id", "in", opportunities.ids)])._by_code().lead_id = self
        return res
