from functools import partial

from odoo import models

from ...events.attachments import attachment_facts, has_document
from ...events.event import Event
from ...events.reasons import doubt_of


class CrmInteraction(models.Model):
    """Convert interactions back to events for a replay."""

    _inherit = "crm.interaction"

    def _has_given_type(self):
        """Return whether a document, an offer or an automation set the type: rules do not set it again.

        The reason alone does not show it: ignoring an interaction and returning it to review replaces the reason. The
        type of a rule that was deleted since is not given; its reason still names the rule.
        """
        return self.classified_by == "rule" and not self.rule_id and (self.why or {}).get("code") != "rule"

    def _as_readable_event(self):
        """Return the ``Event`` of this interaction, ``None`` without a document or without access to the message."""
        document = self._document_now()
        if not document or self.message_id - self.message_id._filtered_access("read"):
            return None
        return self._as_event(document)

    def _as_event(self, document):
        """Return the original ``Event`` of this captured interaction."""
        self.ensure_one()
        message = self.message_id
        event = Event(
            code=self.event,
            record=document.sudo(),
            key=self.origin_key or "",
            company=self.company_id,
            date=self.date,
            partner=self.partner_id,
            user=self.user_id,
            channel=self.channel,
            subject=self.sudo().subject or "",  # sudo: whoever has rules applied again, the event is what it was
            message_id=message.id,
            # sudo: as above
            has_attachment=has_document(attachment_facts(message.sudo().attachment_ids), message.body),
            text=lambda: message._interaction_text(self.direction),
            polarity=self.polarity or "",
            duration=self.duration,
            rating_value=self.rating_value,
            previous=self.sudo().previous or "",  # sudo: as above
            hint=doubt_of(self.why),
            logged_id=self.id,
        )
        event.requests = partial(self._requests_of_month, event)
        return event
