from odoo import api, models
from odoo.exceptions import UserError


class IrAttachment(models.Model):
    """Keep files that clients handed over, until the item is accepted and they belong to another record."""

    _inherit = "ir.attachment"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_handed_over(self):
        own = self.filtered(lambda file: file.res_model == "crm.interaction.matter.item")
        # sudo: who may delete files may lack access to the item
        items = self.env["crm.interaction.matter.item"].sudo()
        if own and (item := items.search([("attachment_ids", "in", own.ids)], limit=1)):
            raise UserError(
                self.env._("The client handed over this file for “%s”. Return the item instead.", item.name)
            )
