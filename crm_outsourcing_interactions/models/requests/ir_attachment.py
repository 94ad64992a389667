from odoo import api, models
from odoo.exceptions import UserError

from ..events.crm_interaction_protected_mixin import BY_CODE
from ..events.marks import mark

OWN = {
    "access_token", "datas", "db_datas", "mimetype", "name", "public", "raw", "res_field", "res_id", "res_model",
    "store_fname", "type", "url",
}  # fmt: skip
"""Fields that make a file look like or be another one, the file of another record, or open it to others."""


class IrAttachment(models.Model):
    """Keep files that clients handed over; accepted ones that belong to another record, for whoever checks the list."""

    _inherit = "ir.attachment"

    def write(self, vals):
        """Write ``vals``.

        :raises UserError: when files of items are overwritten or moved by others than those who may delete them.
        """
        if not self.env.su and OWN & vals.keys() and not mark(self.env, BY_CODE):
            self.check_access("write")  # or the refusal would tell strangers of the item
            self._check_kept()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_handed_over(self):
        self._check_kept(is_deleted=True)

    def _check_kept(self, is_deleted=False):
        """Check that the user may change or delete these files, as far as they belong to items.

        :raises UserError: with whom to ask.
        """
        # sudo: who may delete files may lack access to the item
        items = self.env["crm.interaction.matter.item"].sudo()
        for item in items.search([("attachment_ids", "in", self.ids)]):
            may_write = item.list_id.with_env(self.env).sudo(False).has_access("write")
            for file in item.attachment_ids & self.sudo():
                is_mistake = is_deleted and file in item.own_file_ids and not item.is_done
                if not (may_write and is_mistake):
                    self._check_file_kept(file, item, may_write)

    def _check_file_kept(self, file, item, may_write):
        if file.res_model == item._name:
            raise UserError(
                self.env._("This file belongs to “%s”. Return or accept the item instead of changing it.", item.name)
            )
        if not may_write:
            raise UserError(
                self.env._(
                    "“%(file)s” was accepted as “%(item)s” of “%(list)s”. Ask %(user)s to reopen the item: then "
                    "the file returns to it.",
                    file=file.name,
                    item=item.name,
                    list=item.list_id.name,
                    user=item.list_id.user_id.name or self.env._("a manager of Client Interactions"),
                )
            )
