from odoo import api, fields, models

from ..models.matters.turns import SETTLED


class CrmInteractionConfirmation(models.TransientModel):
    """Dialog to choose the message in which a client confirms that a complaint is settled."""

    _name = "crm.interaction.confirmation"
    _description = "Client's Confirmation"

    matter_id = fields.Many2one("crm.interaction.matter", required=True, readonly=True, ondelete="cascade")
    commercial_partner_id = fields.Many2one(related="matter_id.commercial_partner_id", related_sudo=False)
    company_id = fields.Many2one(related="matter_id.company_id", related_sudo=False)
    complained_on = fields.Datetime(related="matter_id.complained_on", related_sudo=False)
    interaction_id = fields.Many2one(
        "crm.interaction",
        "Client's Message",
        required=True,
        domain="[('commercial_partner_id', '=', commercial_partner_id), ('company_id', '=', company_id), "
        "('direction', '=', 'incoming'), ('date', '>', complained_on), ('polarity', '!=', 'negative')]",
        help="Message, call or rating in which the client says that the complaint is settled. Log a call first.",
        ondelete="cascade",
    )

    @api.model
    def default_get(self, fields):
        """Return defaults, among them the latest message of the client in the matter."""
        values = super().default_get(fields)
        matter = self.env["crm.interaction.matter"].browse(values.get("matter_id") or ()).exists()
        after = matter.interaction_ids.filtered(
            lambda row: row.direction == "incoming" and row.polarity != "negative" and row.date > matter.complained_on
        )
        return {**values, "interaction_id": after.sorted("date")[-1:].id} if after else values

    def action_confirm(self):
        """Add the message to the matter, and close the complaint by it."""
        self.ensure_one()
        self.matter_id._check_resolved_by_user()
        interaction = self.interaction_id
        if interaction.matter_id != self.matter_id:
            interaction.merge_matter(self.matter_id.id)
        interaction.mark_matter(SETTLED)
        return {"type": "ir.actions.act_window_close"}
