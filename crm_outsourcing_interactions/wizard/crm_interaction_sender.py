from odoo import api, fields, models


class CrmInteractionSender(models.TransientModel):
    """Choose the client to whom unknown senders belong."""

    _name = "crm.interaction.sender"
    _description = "This Is Client"

    interaction_ids = fields.Many2many("crm.interaction", context={"active_test": False})
    addresses = fields.Char(compute="_compute_addresses")
    partner_id = fields.Many2one(
        "res.partner",
        "Client",
        required=True,
        help="The addresses become contacts of this client, and all messages waiting from them are assigned to it.",
    )

    @api.depends("interaction_ids")
    def _compute_addresses(self):
        for wizard in self:
            senders = wizard.interaction_ids.mapped("unknown_sender")
            wizard.addresses = ", ".join(sorted(set(filter(None, senders))))

    def action_assign(self):
        """Make the senders contacts of the client; all that waits from them follows.

        :raises AccessError: when the user may not write the interactions or read the client.
        """
        self.interaction_ids._check_unknown_senders()
        self.partner_id.check_access("read")
        # sudo: users of the addon need not be allowed to edit contacts
        self.interaction_ids._assign_to_client(self.partner_id.sudo().commercial_partner_id)
        return {"type": "ir.actions.act_window_close"}
