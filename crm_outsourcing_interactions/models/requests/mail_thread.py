from odoo import api, models
from odoo.tools.mail import email_normalize_all

from ..events.groups import USER
from ..events.marks import marked


class MailThread(models.AbstractModel):
    """Mark the recipients that a chatter suggests, so that it asks about the letter for those of clients only, and
    which mails have come back."""

    _inherit = "mail.thread"

    @api.model
    def _routing_handle_bounce(self, email_message, message_dict):
        """Mark to which addresses the mail went that came back: anybody can send a report that names an address.

        Reports of delays, deliveries and reading report no failure.
        """
        if not reports_failure(email_message):
            return None
        # sudo: the gateway's user need not be allowed to read them
        message = message_dict["bounced_message"].sudo()
        reached = self._interaction_reached(message, message_dict["bounced_msg_ids"] or [])
        return super(MailThread, marked(self, "interaction_reached", reached))._routing_handle_bounce(
            email_message, message_dict
        )

    @api.model
    def _interaction_reached(self, message, keys):
        """Return the addresses (set, normalised) to which we sent ``message`` (sudo) or invitations with these
        ``Message-Id`` (list of str).

        Mails from outside are none of ours: whoever sent one knows its ``Message-Id``.
        """
        ours = message.filtered(lambda sent: sent.message_type != "email").with_context(active_test=False)
        mails, notifications = ours.mail_ids, ours.notification_ids
        # sudo: as above
        invited = self.env["res.partner"].sudo().search([("interaction_invitation", "in", keys)])
        people = ours.partner_ids | notifications.res_partner_id | mails.recipient_ids | invited
        texts = [*people.mapped("email"), *notifications.mapped("mail_email_address"), *mails.mapped("email_to")]
        return {address for text in texts for address in email_normalize_all(text)}

    def _message_get_suggested_recipients(self, *args, **kwargs):
        """Add ``interaction_client`` to the recipients: whether they belong to a client, by what is cached."""
        suggested = super()._message_get_suggested_recipients(*args, **kwargs)
        if self.env.user.has_group(USER) and self._interaction_is_captured():
            people = self.env["crm.interaction.people"]
            for recipient in suggested:
                partner = self.env["res.partner"].browse(recipient.get("partner_id") or ())
                recipient["interaction_client"] = bool(people._client_of(partner))
        return suggested


def reports_failure(email):
    r"""Return whether a report (``email.message.EmailMessage``, RFC 3464) says that a mail could not be delivered.

    What names no action counts, too.

    >>> from email import message_from_string
    >>> report = "Content-Type: message/delivery-status\n\nReporting-MTA: dns; a\n\nAction: %s\n"
    >>> [reports_failure(message_from_string(report % action)) for action in ("failed", "Delayed", "relayed")]
    [True, False, False]
    >>> [reports_failure(message_from_string(f"Content-Type: {type_}\n\nA: b\n"))
    ...  for type_ in ("text/plain", "message/disposition-notification")]
    [True, False]
    """
    types = {part.get_content_type() for part in email.walk()}
    parts = [part for part in email.walk() if part.get_content_type() == "message/delivery-status"]
    actions = {
        str(block["Action"]).strip().lower()
        for part in parts
        if part.is_multipart()
        for block in part.get_payload()
        if block["Action"]
    }
    return "failed" in actions if actions else "message/disposition-notification" not in types
