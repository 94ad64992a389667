from odoo import api, models
from odoo.exceptions import UserError


class IrAttachment(models.Model):
    """Keep files that clients handed over; accepted ones that belong to another record, for whoever checks the list."""

    _inherit = "ir.attachment"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_handed_over(self):
        # sudo: who may delete files may lack access to the item
        items = self.env["crm.interaction.matter.item"].sudo()
        for item in items.search([("attachment_ids", "in", self.ids)]):
            file = (item.attachment_ids & self.sudo())[:1]
            if file.res_model == item._name:
                raise UserError(
                    self.env._("The client handed over this file for “%s”. Return the item instead.", item.name)
                )
            if not item.list_id.with_env(self.env).sudo(False).has_access("write"):
                raise UserError(
                    self.env._(
                        "“%(file)s” was accepted as “%(item)s” of “%(list)s”. Ask %(user)s to delete it.",
                        file=file.name,
                        item=item.name,
                        list=item.list_id.name,
                        user=item.list_id.user_id.name or self.env._("a manager of Client Interactions"),
                    )
                )
