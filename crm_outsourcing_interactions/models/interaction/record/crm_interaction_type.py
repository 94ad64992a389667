from odoo import api, fields, models

from ...events.actions import addon_action


class CrmInteractionCodeMixin(models.AbstractModel):
    """Protect kinds and types with interactions."""

    _inherit = "crm.interaction.code.mixin"

    def _used_entry(self):
        # sudo: interactions outside the user's access count as well
        interactions = self.env["crm.interaction"].sudo().with_context(active_test=False)
        name = self._interaction_field
        groups = interactions._read_group([(name, "in", self.ids)], [name], ["__count"], limit=1)
        return groups[0] if groups else None

    def action_view_interactions(self):
        """Open the interactions of this entry."""
        self.ensure_one()
        action = addon_action(self.env, "crm_interaction_action")
        return {**action, "domain": [(self._interaction_field, "child_of", self.id)], "context": {}}


class CrmInteractionType(models.Model):
    """Add the number of interactions to a type."""

    _inherit = "crm.interaction.type"

    interaction_count = fields.Integer(compute="_compute_interaction_count")

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_interaction_count(self):
        counts = dict(self.env["crm.interaction"]._read_group([("type_id", "in", self.ids)], ["type_id"], ["__count"]))
        for type_ in self:
            type_.interaction_count = counts.get(type_._origin, 0)
