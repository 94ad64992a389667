import contextlib

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..events.marks import marked
from .crm_interaction_matter_complaint import REPLY


class MailComposeMessage(models.TransientModel):
    """Let a reply that is started from a matter belong to it, on whatever document it is posted."""

    _inherit = "mail.compose.message"

    interaction_matter_id = fields.Many2one("crm.interaction.matter", "Answers the Matter", ondelete="set null")

    def _action_send_mail_comment(self, res_ids):
        messages = super()._action_send_mail_comment(res_ids)
        if matter := self.interaction_matter_id:
            # sudo: which interactions a message has; whoever wrote it may move its own
            sent = messages.sudo().interaction_ids.filtered(
                lambda row: row.matter_id != matter and row.commercial_partner_id == matter.commercial_partner_id
            )
            # the mail goes out also when it may not answer the matter
            with contextlib.suppress(AccessError, UserError), self.env.cr.savepoint():
                marked(sent.sudo(False), REPLY).merge_matter(matter.id)
        return messages
