from odoo import api, fields, models

from ..matters.turns import DECLINED


class CrmInteraction(models.Model):
    """Say of a client's reply to a request for feedback that the client declines."""

    _inherit = "crm.interaction"

    can_decline_feedback = fields.Boolean(compute="_compute_can_decline_feedback")

    @api.depends("direction", "matter_mark", "matter_id.type_id")
    def _compute_can_decline_feedback(self):
        for interaction in self:
            # sudo: what the interaction replies to, of which nothing is shown
            type_ = interaction.sudo().matter_id.type_id
            is_reply = interaction.direction == "incoming" and type_.role == "feedback"
            interaction.can_decline_feedback = is_reply and interaction.matter_mark != DECLINED

    def action_decline_feedback(self):
        """Mark these replies of a client: no feedback is given."""
        self.mark_matter(DECLINED)
