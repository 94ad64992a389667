from odoo import api, fields, models


class CrmInteractionRequestReturn(models.TransientModel):
    """Ask why items of a request list are returned to the client."""

    _name = "crm.interaction.request.return"
    _description = "Return to Client"

    item_ids = fields.Many2many(
        "crm.interaction.matter.item", "crm_interaction_request_return_item_rel", "return_id", "item_id", "Items",
        readonly=True,
    )  # fmt: skip
    reason = fields.Text(
        "Return Reason", required=True, help="The client reads it, e.g. The page with the stamp is missing."
    )

    notice = fields.Text("Client Learns of It", compute="_compute_notice", compute_sudo=False)

    @api.depends("item_ids")
    def _compute_notice(self):
        letters = self.env["crm.interaction.request.letter"]
        for dialog in self:
            by_person = dialog.item_ids._origin.filtered("partner_id").grouped(lambda i: (i.company_id, i.partner_id))
            texts = (letters._return_text(company, items) for (company, _person), items in by_person.items())
            dialog.notice = "\n".join(texts)

    def action_return(self):
        """Return the items."""
        self.ensure_one()
        self.item_ids._return(self.reason)
        return {"type": "ir.actions.act_window_close"}
