from odoo import models


class AccountMove(models.Model):
    """Take back interactions of invoices that are cancelled or deleted before sending."""

    _inherit = "account.move"

    def write(self, vals):
        res = super().write(vals)
        if vals.get("state") == "cancel":
            self.env["crm.interaction"]._take_back_documents(self)
        return res

    def unlink(self):
        self.env["crm.interaction"]._take_back_documents(self)
        return super().unlink()
