import logging

import psycopg2

from odoo import api, models
from odoo.fields import Domain

from ...events.marks import mark, marked
from ...events.private_links import mail_without_links, without_links
from ...optional import apps
from ..reader.automatic_mail import mail_signs, verdict
from ..reader.group_mail import original_sender

_logger = logging.getLogger(__name__)

UNCAPTURED_MODELS = {"discuss.channel", "mail.thread", "res.users"} | apps.UNCAPTURED_MODELS
"""Models whose messages are never interactions with a client."""


class MailThread(models.AbstractModel):
    """Capture messages, and mark automatic mails."""

    _inherit = "mail.thread"

    def _interaction_is_captured(self):
        """Return whether messages on this document or model can be interactions.

        Extend it for other models; it must not query the database.
        """
        return self._name not in UNCAPTURED_MODELS

    @api.model
    def _interaction_readable_domain(self):
        """Return the domain of documents whose name the user may read, in addition to access rules.

        Extend it for models that hide names by other means.
        """
        return Domain.TRUE

    @api.model
    def _get_allowed_message_params(self):
        chosen = {"interaction_type_id"} if self.env.user._is_internal() else set()
        return super()._get_allowed_message_params() | chosen

    def _message_create(self, values_list):
        """Keep the type chosen by the writer, which is not a field of the message."""
        values_list = [dict(values) for values in values_list]
        for values in values_list:
            values.pop("interaction_type_id", None)
        return super()._message_create(values_list)

    def message_post(self, *, parent_id=False, body="", **kwargs):
        """Keep the message replied to: Odoo also sets a parent where nobody replied to one."""
        if parent_id:
            self = marked(self, "interaction_reply_to", parent_id)
        return super().message_post(parent_id=parent_id, body=without_links(body), **kwargs)

    def _notify_thread(self, message, msg_vals=False, **kwargs):
        if self.env.user.share and not self.env.su:
            self = marked(self, "interaction_visitor_id", self.env.user.partner_id.id)
        postponed = self._is_notification_scheduled(kwargs.get("scheduled_date"))
        known = known_values(self, message, msg_vals) if msg_vals and not postponed else {}
        recipients = super()._notify_thread(message, msg_vals=msg_vals, **kwargs)
        if not postponed:
            self.env["crm.interaction.capture"]._message(self, message, known, recipients)
        return recipients

    def _message_mail_after_hook(self, mails):
        res = super()._message_mail_after_hook(mails)
        if not mark(self.env, "interaction_template"):
            self.env["crm.interaction.capture"]._campaign(mails, mark(self.env, "interaction_mailing"))
        return res

    def message_mail_with_source(self, *args, **kwargs):
        self = marked(self, "interaction_template")  # one mail per client, not a mass mailing
        return super().message_mail_with_source(*args, **kwargs)

    def message_post_with_source(self, source_ref, *, render_values=None, **kwargs):
        activity = (render_values or {}).get("activity")
        if isinstance(activity, type(self.env["mail.activity"])) and activity.calendar_event_id:
            self = marked(self, "interaction_meeting_id", activity.calendar_event_id.id)
        return super().message_post_with_source(source_ref, render_values=render_values, **kwargs)

    def _message_log_batch(self, bodies, *args, message_type="notification", **kwargs):
        messages = super()._message_log_batch(bodies, *args, message_type=message_type, **kwargs)
        if message_type == "sms":
            self.env["crm.interaction.capture"]._campaign(messages, f"mail.message,{messages[:1].id}")
        return messages

    def rating_send_request(self, *args, **kwargs):
        self = marked(self, "interaction_event", "feedback_asked")
        return super().rating_send_request(*args, **kwargs)

    def _message_parse_extract_payload(self, message, message_dict, save_original=False):
        return super()._message_parse_extract_payload(mail_without_links(message), message_dict, save_original)

    @api.model
    def _message_route_process(self, message, message_dict, routes):
        for name in ("body", "subject"):  # name and text of a new record, too
            message_dict[name] = without_links(message_dict.get(name))
        automatic, doubt = automatic_verdict(self.env, message, message_dict)
        if sender := group_sender(self.env, message, message_dict):
            self = marked(self, "interaction_sender", sender)
        for name, sign in (("interaction_automatic", automatic), ("interaction_doubt", doubt)):
            self = marked(self, name, sign) if sign else self
        return super()._message_route_process(message, message_dict, routes)


def known_values(record, message, msg_vals):
    """Return ``msg_vals`` with cached values of the message, before immediate sending clears the cache."""
    user = record.env.user
    staff_id = not user.share and user.partner_id.id
    return {"date": message.date, "message_id": message.message_id, "staff_partner_id": staff_id, **msg_vals}


def group_sender(env, message, message_dict):
    """Return the address of who wrote through a group of the firm that sends in its own name, mostly empty."""
    try:
        own = env["crm.interaction.people"]._own_addresses()
        return original_sender(message, message_dict.get("email_from"), own)
    except psycopg2.Error:
        raise
    except Exception:
        _logger.exception("Mail %s was not checked for its original sender", message_dict.get("message_id"))
        return ""


def automatic_verdict(env, message, message_dict):
    """Return ``(automatic, doubt)`` of an incoming mail, see ``verdict``; no mail is lost by a fault in it."""
    try:
        own = env["crm.interaction.people"]._own_addresses()
        return verdict(mail_signs(message, message_dict, own))
    except psycopg2.Error:
        raise
    except Exception:
        _logger.exception("Mail %s was not checked for signs of automatic mail", message_dict.get("message_id"))
        return "", ""
