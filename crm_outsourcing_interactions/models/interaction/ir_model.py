from odoo import models
from odoo.tools.sql import column_exists


class IrModel(models.Model):
    """Interactions stay when an app is removed whose documents they were on."""

    _inherit = "ir.model"

    def unlink(self):
        """Forget the messages on these documents, which Odoo deletes by SQL.

        When it is this addon that is removed, the column is gone by now.
        """
        if column_exists(self.env.cr, "crm_interaction", "message_id"):
            # sudo: whoever may remove a model removes all messages
            messages = self.env["mail.message"].sudo().search([("model", "in", self.mapped("model"))])
            self.env["crm.interaction"]._point_elsewhere(["message_id"], messages.ids)
        return super().unlink()
