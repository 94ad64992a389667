from odoo import api, fields, models

from ...events.attachments import attachment_facts, has_document

PROBABLE = 3
"""Number of probable types offered first."""


class CrmInteraction(models.Model):
    """Offer the most probable types of a message to review."""

    _inherit = "crm.interaction"

    probable_types = fields.Json(
        compute="_compute_probable_types",
        help="IDs of the most probable types, for users who may read the message.",
    )

    @api.depends("message_id", "state", "direction", "commercial_partner_id", "channel", "company_id")
    @api.depends_context("uid")
    def _compute_probable_types(self):
        waiting = self.filtered(lambda i: i.state == "to_review" and i.message_id)
        readable = waiting.message_id if self.env.su else waiting.message_id._filtered_access("read")
        self.probable_types = []
        for i in waiting:
            if i.message_id in readable:
                i.probable_types = i.sudo()._probable_types()  # sudo: the message is readable

    def _probable_types(self):
        """Return the ids of the most probable types, the best first; empty without suggestions."""
        learner = self.env["crm.interaction.learner"]
        question = learner._question(self.direction, self.company_id)
        if not question:
            return []
        return [id_ for id_, _confidence in question.ranked(*self._text_and_facts())[:PROBABLE]]

    def _text_and_facts(self):
        """Return the text of the message, and the facts that the learner knows beside it."""
        message = self.message_id
        facts = self.env["crm.interaction.learner"]._facts(
            self.commercial_partner_id.id,
            self.res_model,
            self.channel,
            has_document(attachment_facts(message.attachment_ids), message.body),
            self.previous or "",
        )
        return message._interaction_text(self.direction), facts
