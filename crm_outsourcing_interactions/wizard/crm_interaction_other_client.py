from odoo import api, fields, models

from ..models.events.groups import MANAGER


class CrmInteractionOtherClient(models.TransientModel):
    """Choose another client for interactions to review."""

    _name = "crm.interaction.other.client"
    _description = "Other Client"

    interaction_ids = fields.Many2many("crm.interaction")
    is_limited = fields.Boolean(compute="_compute_client_ids")
    client_ids = fields.Many2many("res.partner", string="Clients of the Address", compute="_compute_client_ids")
    addresses = fields.Char("Sender", compute="_compute_addresses")
    partner_id = fields.Many2one(
        "res.partner",
        "Client",
        required=True,
        domain="[('id', 'in', client_ids)] if is_limited else [('parent_id', '=', False)]",
        help="These interactions, and those waiting from the same address in the same thread, are assigned to it.",
    )

    @api.depends("interaction_ids")
    @api.depends_context("uid")
    def _compute_client_ids(self):
        """Offer the clients to whom the address belongs, to managers all."""
        for dialog in self:
            dialog.is_limited = not self.env.user.has_group(MANAGER)
            others = dialog.interaction_ids and dialog.interaction_ids._other_clients()
            dialog.client_ids = self.env["res.partner"].browse(others.ids if others else ())

    @api.depends("interaction_ids")
    def _compute_addresses(self):
        """Name the addresses of the interactions, for whoever opened the dialog by a key."""
        for dialog in self:
            rows = dialog.interaction_ids
            # sudo: the reason of a readable interaction names the address, its contact may be another company's
            found = {row._shared_address() or row.sudo().partner_id.email_normalized for row in rows}
            dialog.addresses = ", ".join(sorted(filter(None, found)))

    def action_choose(self):
        """Give the interactions to the client.

        :raises AccessError: when the user may not write them, read the client, or choose it.
        """
        self.interaction_ids._check_may_change_client()
        self.partner_id.check_access("read")
        # sudo: users of the addon need not be allowed to edit interactions of other clients
        self.interaction_ids._give_to_client(self.partner_id.sudo().commercial_partner_id)
        return {"type": "ir.actions.act_window_close"}
