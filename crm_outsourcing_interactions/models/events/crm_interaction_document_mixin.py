from odoo import api, fields, models
from odoo.exceptions import UserError

from .actions import document_action, notification_action


class CrmInteractionDocumentMixin(models.AbstractModel):
    """Open the document named by ``res_model`` and ``res_id``, which no foreign key keeps from being deleted."""

    _name = "crm.interaction.document.mixin"
    _description = "Record with a Document"

    document_deleted = fields.Boolean(
        compute="_compute_document_deleted", help="The document was deleted, e.g. a task; its interactions remain."
    )

    @api.depends("res_model", "res_id")
    def _compute_document_deleted(self):
        for record in self:
            record.document_deleted = bool(record.res_model and record.res_id and not record._existing_document())

    def _existing_document(self):
        """Return the document (recordset of one), or ``None``; those of an uninstalled app are deleted."""
        if not self.res_id or self.res_model not in self.env or self.env[self.res_model]._abstract:
            return None
        return self.env[self.res_model].browse(self.res_id).exists() or None

    def action_open_document(self):
        """Open the document, or say that it was deleted.

        :raises UserError: when there never was one, or the reader may not open it.
        """
        self.ensure_one()
        if document := self._existing_document():
            return document_action(document)
        if self.document_deleted:
            return notification_action(self.env._("Document deleted"), "info")
        raise UserError(self.env._("There is no document."))
