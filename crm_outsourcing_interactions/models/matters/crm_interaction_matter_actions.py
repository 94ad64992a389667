from odoo import models
from odoo.exceptions import UserError

from ..events.actions import document_action, may_open


class CrmInteractionMatter(models.Model):
    """Add the buttons that lead from a matter to its document, its messages, and the answer."""

    _inherit = "crm.interaction.matter"

    def action_open_last_message(self):
        """Open the document of the last message and point to the message; without one, e.g. of a rating, the document.

        :raises UserError: when there is none that the reader may read.
        """
        message, document = self._last_message(), self._document()
        is_rating = self.is_complaint and not self.interaction_ids.message_id
        if is_rating and document and may_open(document):
            return document_action(document)
        if not message:
            raise UserError(self.env._("You can read no message of this matter. Ask the client's accountant."))
        document = self.env[message.model].browse(message.res_id)
        params = {"document": document_action(document), "message_id": message.id}
        return {"type": "ir.actions.client", "tag": "interaction_open_message", "params": params}

    def action_reply(self):
        """Open the composer with an answer to the person, on the document or, where there is none, on the client.

        :raises UserError: when the client was deleted. :raises AccessError: when others answer the complaint.
        """
        if self.is_private:
            self._refuse_complaint(self.display_name)
        document, message = self._answered_document(), self._last_message()
        if not document:
            raise UserError(self.env._("The client of this matter was deleted."))
        is_there = message.model == document._name and message.res_id == document.id
        action = self.env["ir.actions.act_window"]._for_xml_id("mail.action_email_compose_message_wizard")
        return {**action, "target": "new", "context": self._reply_defaults(document, message if is_there else None)}

    def _reply_defaults(self, document, message):
        """Return the context of the composer.

        :param message: the message to answer, if it stands on ``document``.
        """
        return {
            "default_composition_mode": "comment",
            "default_model": document._name,
            "default_res_ids": document.ids,
            "default_parent_id": message.id if message else False,
            "default_partner_ids": (self.partner_id or self.commercial_partner_id).ids,
            "default_subtype_xmlid": "mail.mt_comment",
            "default_interaction_matter_id": self.id,
            **({} if message or not self.subject else {"default_subject": f"Re: {self.subject}"}),
            **(self._complaint_defaults(message) if self.is_complaint else {}),
        }

    def _document(self):
        """Return the document of one matter, an empty recordset of partners if there is none."""
        return self._existing_document() or self.env["res.partner"]

    def _answered_document(self):
        """Return the document on which the reader may answer, else the client."""
        document = self._document()
        may_post = document and hasattr(document, "message_post") and may_open(document)
        return document if may_post else self.partner_id or self.commercial_partner_id

    def _last_message(self):
        """Return the last message of one matter that the reader may read."""
        self.ensure_one()
        shown = self.interaction_ids.filtered("message_id").sorted("date", reverse=True)
        return next(iter(shown.message_id._filtered_access("read")), self.env["mail.message"])
