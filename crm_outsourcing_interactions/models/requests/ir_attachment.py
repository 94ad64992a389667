from odoo import api, models
from odoo.exceptions import UserError

from ..events.crm_interaction_protected_mixin import BY_CODE
from ..events.marks import mark

OWN = {"datas", "db_datas", "raw", "res_id", "res_model", "store_fname", "type", "url"}
"""Fields that make a file another one, or the file of another record."""


class IrAttachment(models.Model):
    """Keep files that clients handed over; accepted ones that belong to another record, for whoever checks the list."""

    _inherit = "ir.attachment"

    def write(self, vals):
        """Write ``vals``.

        :raises UserError: when files of items are overwritten or moved by others than those who may delete them.
        """
        if not self.env.su and OWN & vals.keys() and not mark(self.env, BY_CODE):
            self._unlink_except_handed_over()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_handed_over(self):
        # sudo: who may delete files may lack access to the item
        items = self.env["crm.interaction.matter.item"].sudo()
        for item in items.search([("attachment_ids", "in", self.ids)]):
            file = (item.attachment_ids & self.sudo())[:1]
            if file.res_model == item._name:
                raise UserError(
                    self.env._(
                        "This file belongs to “%s”. Return or accept the item instead of changing it.", item.name
                    )
                )
            if not item.list_id.with_env(self.env).sudo(False).has_access("write"):
                raise UserError(
                    self.env._(
                        "“%(file)s” was accepted as “%(item)s” of “%(list)s”. Ask %(user)s to change or delete it.",
                        file=file.name,
                        item=item.name,
                        list=item.list_id.name,
                        user=item.list_id.user_id.name or self.env._("a manager of Client Interactions"),
                    )
                )
