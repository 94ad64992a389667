from odoo import Command, api, fields, models
from odoo.tools import email_normalize

from ..events.actions import RELOAD, notification_action
from ..events.attachments import attachment_facts, has_document
from ..events.marks import mark

LOGO = 100_000
"""Most bytes of a picture within a mail that is no document; telephones put photographs of documents there, too."""


class CrmInteractionRequestList(models.Model):
    """Keep replies to letters, notifications and new links with files until staff have taken the files over as items.

    Nobody but the person to whom a mail went replies to it: mail by others with its reference is a mere message.
    """

    _inherit = "crm.interaction.request.list"

    reply_ids = fields.Many2many(
        "mail.message", "crm_interaction_request_list_reply_rel", "list_id", "message_id", "Replies with Files",
        readonly=True, copy=False,
    )  # fmt: skip

    reply_file_ids = fields.Many2many(
        "ir.attachment", "crm_interaction_request_list_reply_file_rel", "list_id", "attachment_id",
        "Files Not Taken Over", readonly=True, copy=False,
    )  # fmt: skip
    reply_file_count = fields.Integer("Number of Files Not Taken Over", compute="_compute_reply_file_count")
    reply_list_id = fields.Many2one(
        "crm.interaction.request.list", "List with Files Not Taken Over", compute="_compute_reply_list_id",
        help="Another list of this client, on which a reply with files is waiting; it may contain files for this one.",
    )  # fmt: skip

    @api.depends("reply_file_ids")
    def _compute_reply_file_count(self):
        for list_ in self:
            list_.reply_file_count = len(list_.sudo().reply_file_ids)  # sudo: counted, whoever may read them

    @api.depends("commercial_partner_id.interaction_request_list_ids.reply_ids", "company_id")
    def _compute_reply_list_id(self):
        waiting = self.search(
            [("commercial_partner_id", "in", self.commercial_partner_id.ids), ("reply_ids", "!=", False)]
        )
        for list_ in self:
            others = (waiting - list_).filtered(
                lambda other, own=list_: (
                    (other.commercial_partner_id, other.company_id) == (own.commercial_partner_id, own.company_id)
                )
            )
            list_.reply_list_id = list_.state != "closed" and others[:1]

    def _message_post_after_hook(self, message, msg_vals):
        res = super()._message_post_after_hook(message, msg_vals)
        is_reply = mark(self.env, "interaction_reply_to") and not mark(self.env, "interaction_automatic")
        if is_reply and (files := self._documents_of(message)):
            self._keep_reply(message, files)
        return res

    @api.model
    def _documents_of(self, message):
        """Return the attachments of a message without logos, signatures, business cards and invitations."""
        # sudo: as for whoever replies
        return message.sudo().attachment_ids.filtered(
            lambda file: (
                has_document(attachment_facts(file), message.body)
                or ((file.mimetype or "").startswith("image/") and file.file_size > LOGO)
            )
        )

    def _keep_reply(self, message, documents):
        """Keep a message with ``documents`` if it replies to a letter, notification or new link, and its person wrote
        it."""
        # sudo: the sender is a client, or nobody for the mail gateway
        replied = self.env["mail.message"].sudo().browse(mark(self.env, "interaction_reply_to")).exists()
        is_mail = replied.message_type == "email_outgoing" and replied.model == self._name
        sender = email_normalize(message.email_from)
        if is_mail and sender in replied.partner_ids.mapped("email_normalized"):  # persons can share an address
            files = [Command.link(file.id) for file in documents]
            self.sudo()._by_code().write({"reply_ids": [Command.link(message.id)], "reply_file_ids": files})

    def _files_done(self, message, files):
        """Forget ``files`` of a reply, which were taken over or are not needed, and with the last one the reply."""
        list_ = self._by_code()
        list_.reply_file_ids -= files
        if not list_.reply_file_ids & message.attachment_ids:
            list_.reply_ids -= message

    def action_take_over(self):
        """Open the dialog that takes over the files of the oldest reply."""
        self.ensure_one()
        self.check_access("write")
        # sudo: their files may have been deleted in the chatter, whoever may read them
        gone = self.sudo().reply_ids.filtered(lambda reply: not reply.attachment_ids & self.sudo().reply_file_ids)
        self._by_code().reply_ids -= gone.sudo(False)
        if not self.reply_ids:
            return notification_action(self.env._("The files of this reply were deleted."), "warning", RELOAD)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Take Over Files"),
            "res_model": "crm.interaction.request.takeover",
            "view_mode": "form",
            "target": "new",
            "context": {"default_list_id": self.id, "default_message_id": self.reply_ids.sorted("id")[:1].id},
        }
