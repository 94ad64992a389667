from odoo import api, models

UNCAPTURED_MODELS = {
    "discuss.channel",
    "hr.applicant",
    "hr.employee",
    "mail.thread",
    "mailing.mailing",
    "purchase.order",
    "res.users",
}
"""Documents whose messages are no contact with a client of the firm."""


class MailThread(models.AbstractModel):
    """Tells capture of messages, and of mails that machines wrote."""

    _inherit = "mail.thread"

    def _interaction_is_captured(self):
        """Say whether messages on this document (or on documents of this model) can be contacts
        with a client. Extend it for models of your own; it must not ask the database."""
        return self._name not in UNCAPTURED_MODELS

    @api.model
    def _get_allowed_message_params(self):
        chosen = {"interaction_type_id"} if self.env.user._is_internal() else set()
        return super()._get_allowed_message_params() | chosen

    def _get_message_create_ignore_field_names(self):
        return super()._get_message_create_ignore_field_names() | {"interaction_type_id"}

    def _notify_thread(self, message, msg_vals=False, **kwargs):
        postponed = self._is_notification_scheduled(kwargs.get("scheduled_date"))
        known = known_values(self, message, msg_vals) if msg_vals and not postponed else {}
        recipients = super()._notify_thread(message, msg_vals=msg_vals, **kwargs)
        if not postponed:
            self.env["crm.interaction.capture"]._message(self, message, known, recipients)
        return recipients

    def _message_mail_after_hook(self, mails):
        res = super()._message_mail_after_hook(mails)
        self.env["crm.interaction.capture"]._campaign(mails, self.env.context.get("interaction_mailing"))
        return res

    def _message_log_batch(self, bodies, *args, message_type="notification", **kwargs):
        messages = super()._message_log_batch(bodies, *args, message_type=message_type, **kwargs)
        if message_type == "sms" and len(bodies) > 1:
            self.env["crm.interaction.capture"]._campaign(messages, f"mail.message,{messages[:1].id}")
        return messages

    def rating_send_request(self, *args, **kwargs):
        self = self.with_context(interaction_event="feedback_asked")
        return super().rating_send_request(*args, **kwargs)

    @api.model
    def _message_route_process(self, message, message_dict, routes):
        if is_automatic(message):
            self = self.with_context(interaction_skip=True)
        return super()._message_route_process(message, message_dict, routes)


def known_values(record, message, msg_vals):
    """Return ``msg_vals`` with what is in the cache just now; a mail that is sent at once empties it."""
    user = record.env.user
    known = {"date": message.date, "message_id": message.message_id, **msg_vals}
    if user._is_internal():
        known["user_partner_id"] = user.partner_id.id
    if msg_vals.get("partner_ids") and not msg_vals.get("subject"):
        known["subject"] = record.display_name  # the mail needs it as well
    return known


def is_automatic(message):
    """Say whether a mail (``email.message.Message``) was written by a machine, by RFC 3834 and usage.

    >>> from email import message_from_string
    >>> is_automatic(message_from_string("Auto-Submitted: auto-replied"))
    True
    >>> is_automatic(message_from_string("Auto-Submitted: no"))
    False
    >>> is_automatic(message_from_string("X-Autoreply: yes"))
    True
    """
    submitted = (message.get("Auto-Submitted") or "no").split(";")[0].strip().lower()
    return (
        submitted != "no"
        or (message.get("Precedence") or "").strip().lower() in {"auto_reply", "bulk", "junk", "list"}
        or any(name in message for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Reply"))
    )
