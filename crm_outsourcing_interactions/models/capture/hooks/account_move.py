from odoo import models


class AccountMove(models.Model):
    """Capture confirmed invoices and credit notes, and paid invoices."""

    _inherit = "account.move"

    def _interaction_is_captured(self):
        return super()._interaction_is_captured() and self.is_sale_document(include_receipts=True)

    def _post(self, soft=True):
        posted = super()._post(soft)
        self.env["crm.interaction.capture"]._invoices("posted", posted)
        return posted

    def _invoice_paid_hook(self):
        res = super()._invoice_paid_hook()
        self.env["crm.interaction.capture"]._payments(self)
        return res
