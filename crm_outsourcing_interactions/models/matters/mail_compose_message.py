import contextlib

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..events.marks import marked
from .crm_interaction_matter_complaint import REPLY


class MailComposeMessage(models.TransientModel):
    """Let a reply that is started from a matter belong to it, on whatever document it is posted."""

    _inherit = "mail.compose.message"

    interaction_matter_id = fields.Many2one(
        "crm.interaction.matter", "Answers the Matter", ondelete="set null",
        groups="crm_outsourcing_interactions.group_user",
    )  # fmt: skip

    @api.model
    def default_get(self, fields):
        """Return defaults, of the matter only one that the user may answer: any caller controls the context."""
        values = super().default_get(fields)
        matter = self.env["crm.interaction.matter"].browse(values.get("interaction_matter_id") or ())
        return values if matter._is_answered_by_user() else {**values, "interaction_matter_id": False}

    def _action_send_mail_comment(self, res_ids):
        messages = super()._action_send_mail_comment(res_ids)
        self.sudo().interaction_matter_id.sudo(False)._take_reply(messages)
        return messages

    def _prepare_schedule_message_post_values(self, post_values):
        values = super()._prepare_schedule_message_post_values(post_values)
        matter = self.sudo().interaction_matter_id
        return {**values, "interaction_matter_id": matter.id} if matter else values


class MailScheduledMessage(models.Model):
    """Remember the matter that a scheduled reply belongs to."""

    _inherit = "mail.scheduled.message"

    interaction_matter_id = fields.Many2one(
        "crm.interaction.matter", "Answers the Matter", index="btree_not_null", ondelete="set null",
        groups="crm_outsourcing_interactions.group_user",
    )  # fmt: skip

    def _message_created_hook(self, message):
        result = super()._message_created_hook(message)
        # sudo: whoever sends it now may lack our group; it counts for who has written it
        matter = self.sudo().interaction_matter_id.with_user(self.create_uid)
        matter._take_reply(message.with_user(self.create_uid))
        return result


class CrmInteractionMatter(models.Model):
    """Take over replies that were started from a matter."""

    _inherit = "crm.interaction.matter"

    def _is_answered_by_user(self):
        """Return whether the user may answer this matter (possibly none): reads it, and no others answer it."""
        matter = self.exists()
        return not self or (bool(matter) and matter.has_access("read") and not matter.is_private)

    def _take_reply(self, messages):
        """Let the interactions of ``messages`` (``mail.message``) belong to this matter (possibly none), if they may.

        The mail goes out in any case.
        """
        if not (self and self._is_answered_by_user()):
            return
        # sudo: which interactions a message has; whoever wrote it may move its own
        sent = messages.sudo().interaction_ids.filtered(
            lambda row: row.matter_id != self and row.commercial_partner_id == self.commercial_partner_id
        )
        with contextlib.suppress(AccessError, UserError), self.env.cr.savepoint():
            marked(sent.sudo(False), REPLY).merge_matter(self.id)
