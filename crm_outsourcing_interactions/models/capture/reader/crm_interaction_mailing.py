from odoo import api, models
from odoo.tools.mail import email_normalize_all

from ...events.attachments import attachment_facts, has_document
from ...events.keys import message_key
from ...events.marks import mark, without_requested
from ...events.message_text import message_text
from ...events.people import one_per_client, responsible

INVITING_MODELS = {"calendar.event"}
"""Models whose template mails are mere invitations: the meeting is the interaction."""
ADDRESS_FAILURES = {"mail_email_missing", "mail_email_invalid"}
"""Failure types of mails and notifications that mean a missing address."""


class CrmInteractionCapture(models.AbstractModel):
    """Capture mails without a message on a document: mass mailings, and mails made directly from a template."""

    _inherit = "crm.interaction.capture"

    @api.model
    def _campaign(self, messages, mailing):
        """Capture a mass mailing, one interaction per client whatever the number of its recipients.

        :param messages: ``mail.mail`` or ``mail.message``, one per document.
        :param str mailing: unique key of the mailing.
        """
        if not messages:
            return

        def read():
            if not self.env.company._interaction_settings()["interaction_log_campaign"]:
                return []
            capture = without_requested(self)
            sent = without_requested(messages.sudo())  # the sender may not read all recipients
            return [event for message in sent for event in capture._campaign_events(message, mailing)]

        self._run(read, {"method": "_campaign", "args": [mailing], "model": messages._name, "ids": messages.ids})

    @api.model
    def _campaign_events(self, message, mailing):
        record = document(message)
        if not self._is_captured_document(record):
            return
        is_mail = message._name == "mail.mail"
        people = mailed_people(message, record) if is_mail else texted_people(message, record)
        for contact in one_per_client(people.filtered(self.env["crm.interaction.people"]._is_client)):
            yield self._prepare_document_event(
                "campaign",
                record,
                contact,
                key=f"campaign,{mailing}",
                user=message.author_id.user_ids[:1],
                channel="email" if is_mail else "sms",
                subject=message.subject or record.display_name,
            )

    @api.model
    def _template_mails(self, mails, vals_list):
        """Capture mails (``mail.mail``) made from a template for one document each, one event per mail and client.

        :param vals_list: the values of their creation, to avoid reading.
        """
        if not mails or mark(self.env, "interaction_skip"):
            return
        capture = without_requested(self)
        mails = without_requested(mails.sudo())  # the sender may not read all recipients

        def read():
            return [
                event
                for record, mail, vals in sent_mails(mails, vals_list)
                if capture._is_captured_template_mail(record)
                for event in capture._template_mail_events(
                    record, mail_values(mail, record, vals), vals.get("body") or vals.get("body_html") or ""
                )
            ]

        capture._run(read, lambda: template_payload(mails, vals_list))

    @api.model
    def _is_captured_document(self, record):
        """Return whether messages on a document count; ``record`` may be of any model, or ``None``."""
        return hasattr(record, "_interaction_is_captured") and record._interaction_is_captured()

    @api.model
    def _is_captured_template_mail(self, record):
        return record._name not in INVITING_MODELS and self._is_captured_document(record)

    @api.model
    def _template_mails_retry(self, records, values_list):
        """Capture mails again that may have been deleted after sending, hence without their text."""
        by_id = {record.id: record for record in records if self._is_captured_template_mail(record)}
        known = [
            (by_id[values["res_id"]], still_there(self.env, values))
            for values in values_list
            if values["res_id"] in by_id
        ]
        events = [event for arguments in known for event in self._template_mail_events(*arguments)]
        self.env["crm.interaction.pipeline"]._run(events)

    @api.model
    def _template_mail_events(self, record, values, body=""):
        """Yield the events of a mail to clients about ``record``.

        :param dict values: see ``mail_values``. :param body: HTML.
        """
        addresses = email_normalize_all(values["email_to"])
        named = record._mail_get_partners()[record.id].filtered(lambda person: person.email_normalized in addresses)
        recipients = self.env["res.partner"].sudo().browse(values["recipient_ids"]).filtered("email_normalized")
        for contact in one_per_client((recipients | named).filtered(self.env["crm.interaction.people"]._is_client)):
            author = self.env["res.partner"].sudo().browse(values["author_id"])
            yield self._prepare_document_event(
                "message_out",
                record,
                contact,
                key=values["key"],
                user=self.env["crm.interaction.people"]._staff_user(author) or responsible(record, contact),
                channel="email",
                subject=values["subject"] or record.display_name,
                message_id=values["message_id"],
                has_attachment=values["has_attachment"],
                text=lambda: message_text(values["subject"], body),
                unattended=True,
            )


def document(mail, vals=None):
    """Return the document (sudo) of a mail or message created with ``vals``, or ``None``."""
    vals = vals or {}
    model, id_ = vals.get("model") or mail.model, vals.get("res_id") or mail.res_id
    return mail.env[model].sudo().browse(id_) if model in mail.env and id_ else None


def mailed_people(mail, record):
    """Return the people reached by a mass mail about ``record`` (sudo); Odoo skips duplicates and missing addresses."""
    if mail.state == "cancel" or mail.failure_type in ADDRESS_FAILURES:
        return mail.recipient_ids.browse()
    return (mail.recipient_ids | record._mail_get_partners()[record.id]).filtered("email_normalized")


def texted_people(message, record):
    """Return the people reached by a mass SMS about ``record`` (sudo)."""
    if not record._sms_get_recipients_info()[record.id]["sanitized"]:
        return message.partner_ids.browse()
    return message.partner_ids | record._mail_get_partners()[record.id]


def sent_mails(mails, vals_list):
    """Return ``(document, mail, vals)`` of the mails with a document, whether they count or not."""
    found = ((document(mail, vals), mail, vals) for mail, vals in zip(mails, vals_list, strict=True))
    return [(record, mail, vals) for record, mail, vals in found if record is not None and mail.state == "outgoing"]


def mail_values(mail, record, vals):
    """Return the data of a ``mail.mail`` about ``record``, created with ``vals``, as a dict for JSON."""
    reports = mark(mail.env, "interaction_reports")
    attachments = attachment_facts(mail.attachment_ids) if vals.get("attachment_ids") and not reports else []
    return {
        "res_id": record.id,
        "key": message_key(mail.message_id),
        "email_to": mail.email_to or "",
        "recipient_ids": mail.recipient_ids.ids,
        "author_id": mail.author_id.id,
        "subject": mail.subject,
        "message_id": mail.mail_message_id.id,
        "has_attachment": bool(reports) or has_document(attachments, vals.get("body_html") or vals.get("body")),
    }


def still_there(env, values):
    """Return ``values`` (see ``mail_values``) without recipients and messages deleted meanwhile."""
    recipients = env["res.partner"].browse(values["recipient_ids"]).exists()
    message = env["mail.message"].browse(values["message_id"]).exists()
    return {**values, "recipient_ids": recipients.ids, "message_id": message.id}


def template_payload(mails, vals_list):
    """Return the JSON data to retry mails about documents of one model after their deletion.

    It skips checks that may have caused the fault, e.g. which mails count.
    """
    found = sent_mails(mails, vals_list)
    return {
        "method": "_template_mails_retry",
        "args": [[mail_values(mail, record, vals) for record, mail, vals in found]],
        "model": found[0][0]._name,
        "ids": [record.id for record, _mail, _vals in found],
    }
