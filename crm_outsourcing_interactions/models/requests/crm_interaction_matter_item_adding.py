from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError

from .file_faults import content_of, file_fault_text


class CrmInteractionMatterItem(models.Model):
    """Let the firm add files that came on paper or by messenger.

    That is no hand-over of the client: it changes no status and logs no interaction; a note on the list records it.
    """

    _inherit = "crm.interaction.matter.item"

    own_file_ids = fields.Many2many(
        "ir.attachment", "crm_interaction_matter_item_own_file_rel", "item_id", "attachment_id", "Our Files",
        readonly=True, copy=False,
    )  # fmt: skip
    added_file_ids = fields.Many2many(
        "ir.attachment", string="Add Files", compute="_compute_added_file_ids", inverse="_inverse_added_file_ids",
        help="Files that came on paper or by messenger, e.g. a scan; they do not count as handed over by the client.",
    )  # fmt: skip

    @api.depends("own_file_ids")
    def _compute_added_file_ids(self):
        for item in self:
            item.added_file_ids = item.own_file_ids

    def _inverse_added_file_ids(self):
        # read first: to add or delete some forgets what else is to change
        changes = [(item, item.added_file_ids, item.own_file_ids) for item in self]
        for item, files, before in changes:
            if new := files - before:
                item._add_files(new)
            if wrong := before - files:
                item._remove_files(wrong)

    def _add_files(self, files):
        """Add ``files`` (``ir.attachment``) that the user has uploaded for this item.

        :raises AccessError: for other files, which the readers of the item may not read, and for those of the client:
            files of a mail taken over are created by the user, too, and would no longer be kept.
        :raises UserError: when the item is done, or a file is empty or of a refused type.
        """
        if self.is_done:
            raise UserError(self.env._("Reopen “%s” before you add files.", self.name))
        uploaded = (self._name, self.id, self.env.user, "binary", False)
        handed_over = self.sudo().attachment_ids
        for file in files.sudo():
            is_upload = (file.res_model, file.res_id, file.create_uid, file.type, file.public) == uploaded
            if not is_upload or file in handed_over:
                raise AccessError(self.env._("Only files that you upload here can be added to “%s”.", self.name))
            if fault := file_fault_text(self.env, file.name, content_of(file)):
                raise UserError(fault)
        links = [Command.link(file.id) for file in files]
        self._by_code().write({"attachment_ids": links, "own_file_ids": links})
        names = ", ".join(files.mapped("name"))
        self.list_id.message_post(body=self.env._("Added by us to “%(item)s”: %(files)s", item=self.name, files=names))

    def _remove_files(self, files):
        """Delete ``files`` that were added by mistake.

        :raises UserError: when the item is done.
        """
        if self.is_done:
            raise UserError(self.env._("Reopen “%s” before you delete files.", self.name))
        names = ", ".join(files.mapped("name"))
        files.unlink()
        self.list_id.message_post(body=self.env._("Deleted from “%(item)s”: %(files)s", item=self.name, files=names))
