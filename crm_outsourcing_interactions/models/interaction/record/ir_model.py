from odoo import models


class IrModel(models.Model):
    """Interactions stay when an app is removed whose documents they were on."""

    _inherit = "ir.model"

    def unlink(self):
        """Forget the messages on these documents, which Odoo deletes by SQL."""
        # sudo: whoever may remove a model removes all messages
        messages = self.env["mail.message"].sudo().search([("model", "in", self.mapped("model"))])
        self.env["crm.interaction"]._point_elsewhere(["message_id"], messages.ids)
        return super().unlink()
