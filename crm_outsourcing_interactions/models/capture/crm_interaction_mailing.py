from odoo import api, models
from odoo.tools.mail import email_normalize_all

from .message_text import message_text
from .people import one_per_client, responsible

INVITING_MODELS = {"calendar.event"}
"""Documents whose mails from templates only invite: the meeting itself is the contact."""


class CrmInteractionCapture(models.AbstractModel):
    """Mails that are no messages on a document: mass mailings, and mails made directly from a template."""

    _inherit = "crm.interaction.capture"

    @api.model
    def _campaign(self, messages, mailing):
        """Capture a mass mailing: one contact for each client, however many of its people got it.

        :param messages: ``mail.mail`` or ``mail.message``, one for each document.
        :param str mailing: what tells this mailing from others.
        """
        if not messages:
            return
        payload = {"method": "_campaign", "args": [mailing], "model": messages._name, "ids": messages.ids}
        with self._never_block(lambda: payload):
            if not self.env.company._interaction_settings()["interaction_log_campaign"]:
                return
            messages = messages.sudo()  # the sender may not read all recipients
            self.env["crm.interaction"]._log([event for m in messages for event in self._campaign_events(m, mailing)])

    @api.model
    def _campaign_events(self, message, mailing):
        record = self.env[message.model].browse(message.res_id) if message.model and message.res_id else None
        if record is None or not record._interaction_is_captured():
            return
        is_mail = message._name == "mail.mail"
        if is_mail and message.state == "cancel":
            return
        people = (message.recipient_ids if is_mail else message.partner_ids) | record._mail_get_partners()[record.id]
        for contact in one_per_client(people.filtered(self._is_client)):
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
    def _template_mails(self, mails):
        """Capture mails (``mail.mail``) made from a template for one document each: each is a message of its own."""
        if not mails or self.env.context.get("interaction_skip"):
            return
        payload = {"method": "_template_mails", "model": "mail.mail", "ids": mails.ids}
        with self._never_block(lambda: payload):
            mails = mails.sudo()  # the sender may not read all recipients
            events = [event for mail in mails for event in self._template_mail_events(mail)]
            self.env["crm.interaction"]._log(events, returning=False)

    @api.model
    def _template_mail_events(self, mail):
        record = self.env[mail.model].browse(mail.res_id) if mail.model and mail.res_id else None
        if mail.state == "cancel" or not hasattr(record, "_interaction_is_captured") or mail.model in INVITING_MODELS:
            return
        if not record._interaction_is_captured():
            return
        addresses = email_normalize_all(mail.email_to)
        named = record._mail_get_partners()[record.id].filtered(lambda person: person.email_normalized in addresses)
        for contact in one_per_client((mail.recipient_ids | named).filtered(self._is_client)):
            yield self._prepare_document_event(
                "message_out",
                record,
                contact,
                key=mail.message_id,
                user=self._staff_user(mail.author_id) or responsible(record, contact),
                channel="email",
                subject=mail.subject or record.display_name,
                message_id=mail.mail_message_id.id,
                has_attachment=bool(mail.attachment_ids),
                text=lambda: message_text(mail.subject, mail.body),
            )
