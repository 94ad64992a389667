from odoo import Command, fields, models
from odoo.tools import email_normalize

from ..events.marks import mark
from .file_names import likeness


class CrmInteractionRequestList(models.Model):
    """Keep replies to letters with files until staff have taken the files over as items.

    Nobody but the person to whom the letter went replies to it: mail by others with its reference is a mere message.
    """

    _inherit = "crm.interaction.request.list"

    reply_ids = fields.Many2many(
        "mail.message", "crm_interaction_request_list_reply_rel", "list_id", "message_id", "Replies with Files",
        readonly=True, copy=False,
    )  # fmt: skip

    def _message_post_after_hook(self, message, msg_vals):
        res = super()._message_post_after_hook(message, msg_vals)
        if mark(self.env, "interaction_reply_to") and message.attachment_ids:
            self._keep_reply(message)
        return res

    def _keep_reply(self, message):
        """Keep a message with files if it replies to a letter or notification, and its person has written it."""
        # sudo: the sender is a client, or nobody for the mail gateway
        letters = self.env["crm.interaction.request.letter"].sudo()
        replied_id = mark(self.env, "interaction_reply_to")
        domain = [("message_id", "=", replied_id)]
        letter = letters.search(domain, limit=1)
        notice = self.env["crm.interaction.notice"].sudo().search(domain, limit=1)  # sudo: as above
        sender = email_normalize(message.email_from)
        if (
            sender and (letter.partner_id or notice.partner_id).email_normalized == sender
        ):  # persons can share an address
            self.sudo()._by_code().reply_ids = [Command.link(message.id)]

    def _reply_done(self, message):
        """Forget a reply whose files were taken over or are not needed."""
        self._by_code().reply_ids = [Command.unlink(message.id)]

    def action_take_over(self):
        """Open the dialog that takes over the files of the oldest reply."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Take Over Files"),
            "res_model": "crm.interaction.request.takeover",
            "view_mode": "form",
            "target": "new",
            "context": {"default_list_id": self.id, "default_message_id": self.reply_ids.sorted("id")[:1].id},
        }


class CrmInteractionMatterItem(models.Model):
    """Find the item to which a file belongs."""

    _inherit = "crm.interaction.matter.item"

    def _of_file(self, name):
        """Return the one of these items to which a file with this name probably belongs, possibly none."""
        if len(self) == 1:
            return self
        fits = {item: likeness(item.name, name) for item in self}
        best = max(fits.values(), default=0)
        found = self.filtered(lambda item: best and fits[item] == best)
        return found if len(found) == 1 else self.browse()
