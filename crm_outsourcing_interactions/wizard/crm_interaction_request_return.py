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

    is_correction = fields.Boolean("Correction", help="The items are returned already; only the reason changes.")
    notice = fields.Text("Client Notified", compute="_compute_notice", compute_sudo=False)

    @api.depends("item_ids")
    def _compute_notice(self):
        letters = self.env["crm.interaction.request.letter"]
        for dialog in self:
            items = dialog.item_ids._origin.filtered(lambda item: item.state == "handed_over")
            by_person = items.grouped(lambda item: (item.company_id, item.partner_id))
            texts = (letters._return_text(company, items) for (company, _person), items in by_person.items())
            dialog.notice = "\n".join(texts)

    def action_return(self):
        """Return the items."""
        self.ensure_one()
        self.item_ids._return(self.reason, self.is_correction)
        return {"type": "ir.actions.act_window_close"}
