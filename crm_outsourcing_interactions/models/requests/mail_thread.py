from odoo import models

from ..events.groups import USER


class MailThread(models.AbstractModel):
    """Mark the recipients that a chatter suggests, so that it asks about the letter for those of clients only."""

    _inherit = "mail.thread"

    def _message_get_suggested_recipients(self, *args, **kwargs):
        """Add ``interaction_client`` to the recipients: whether they belong to a client, by what is cached."""
        suggested = super()._message_get_suggested_recipients(*args, **kwargs)
        if self.env.user.has_group(USER) and self._interaction_is_captured():
            people = self.env["crm.interaction.people"]
            for recipient in suggested:
                partner = self.env["res.partner"].browse(recipient.get("partner_id") or ())
                recipient["interaction_client"] = bool(people._client_of(partner))
        return suggested
