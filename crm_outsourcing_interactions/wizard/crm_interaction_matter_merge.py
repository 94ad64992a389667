from odoo import fields, models


class CrmInteractionMatterMerge(models.TransientModel):
    """Merge a matter with another one of the same client."""

    _name = "crm.interaction.matter.merge"
    _description = "Merge Matters"

    matter_id = fields.Many2one("crm.interaction.matter", required=True, readonly=True, ondelete="cascade")
    client_id = fields.Many2one(related="matter_id.commercial_partner_id", related_sudo=False, string="Client")
    company_id = fields.Many2one(related="matter_id.company_id", related_sudo=False)
    other_id = fields.Many2one(
        "crm.interaction.matter",
        "Merge With",
        required=True,
        ondelete="cascade",
        domain="[('commercial_partner_id', '=', client_id), ('company_id', '=', company_id), ('id', '!=', matter_id)]",
        help="Matter that keeps all interactions; its times are computed from all of them.",
    )

    def action_merge(self):
        """Move all interactions to the other matter and open it, unless the dialog was opened over another screen.

        :raises AccessError: when the user may not change an interaction of the matter.
        """
        self.ensure_one()
        other = self.other_id
        action = self.matter_id.interaction_ids._decided(self.env._("Matters merged"), "merge", other.id)
        is_here = self.env.context.get("interaction_merge_here")
        action["params"]["next"] = {"type": "ir.actions.act_window_close"} if is_here else other.get_formview_action()
        return action
