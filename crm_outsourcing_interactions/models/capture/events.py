"""The events that capture knows, and what it reports of each."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from odoo import fields
from odoo.tools import html2plaintext

EVENTS = [
    ("message_in", "Message from the client"),
    ("message_out", "Message to the client"),
    ("invoice_posted", "Customer invoice confirmed"),
    ("invoice_sent", "Customer invoice sent"),
    ("invoice_paid", "Customer invoice paid"),
    ("task_requested", "Task created by the client"),
    ("task_delivered", "Task delivered"),
]
EVENT_DIRECTIONS = {
    "message_in": "incoming",
    "message_out": "outgoing",
    "invoice_posted": "outgoing",
    "invoice_sent": "outgoing",
    "invoice_paid": "incoming",
    "task_requested": "incoming",
    "task_delivered": "outgoing",
}
EVENT_FACTS = {
    "invoice_posted": "issued",
    "invoice_sent": "issued",
    "invoice_paid": "paid",
    "task_requested": "requested",
    "task_delivered": "delivered",
}
"""What an event says of its document: two events with the same fact are one contact."""
CHANNELS = [
    ("email", "E-mail"),
    ("phone", "Phone"),
    ("meeting", "Meeting"),
    ("messenger", "Messenger"),
    ("sms", "SMS"),
    ("portal", "Portal"),
    ("document", "Document in Odoo"),
    ("letter", "Letter"),
    ("other", "Other"),
]


@dataclass
class Event:
    """One contact as it was captured, before anybody says what sort it is.

    :param code: one of :data:`EVENTS`.
    :param record: the document, a recordset of one record in sudo mode.
    :param key: what makes the contact one and the same however often it is reported:
        ``"account.move,7,issued"`` or the ``Message-Id`` of a mail.
    :param company: ``res.company``, the firm's side.
    :param date: moment of the contact, UTC without time zone.
    :param partner: ``res.partner``, the person or company contacted; may be empty.
    :param user: ``res.users``, who is responsible for it; may be empty.
    :param text: gives subject and body as plain text; called only when a rule looks for words.
    :param hint: what a person should know who has to classify it; it is then *to review*.
    """

    code: str
    record: object
    key: str
    company: object
    date: datetime
    partner: object = None
    user: object = None
    channel: str = "document"
    subject: str = ""
    message_id: int | bool = False
    has_attachment: bool = False
    text: Callable[[], str] = field(default=str, repr=False)
    hint: str = ""

    @property
    def direction(self):
        """``"incoming"`` (client to firm) or ``"outgoing"`` (firm to client)."""
        return EVENT_DIRECTIONS[self.code]


    def to_json(self):
        """Return all but ``text`` as a dict for JSON; :meth:`from_json` makes the event again."""
        values = {name: getattr(self, name) for name in ("code", "key", "channel", "subject", "has_attachment", "hint")}
        return {
            **values,
            "model": self.record._name,
            "id": self.record.id,
            "company": self.company.id,
            "date": fields.Datetime.to_string(self.date),
            "partner": self.partner.id if self.partner else False,
            "user": self.user.id if self.user else False,
            "message_id": self.message_id,
        }

    @classmethod
    def from_json(cls, env, values):
        """Return the event that :meth:`to_json` described; its text comes from the message."""
        values = dict(values)
        message = env["mail.message"].browse(values["message_id"] or ()).exists()
        return cls(
            record=env[values.pop("model")].browse(values.pop("id")),
            company=env["res.company"].browse(values.pop("company")),
            date=fields.Datetime.to_datetime(values.pop("date")),
            partner=env["res.partner"].browse(values.pop("partner") or ()).exists(),
            user=env["res.users"].browse(values.pop("user") or ()).exists(),
            message_id=values.pop("message_id") and message.id,
            text=lambda: message_text(message.subject, message.body),
            **values,
        )


def message_text(subject, body):
    """Return subject and HTML body of a message as plain text."""
    return "\n".join((subject or "", html2plaintext(body or "")))


def document_key(record, code):
    """Return the key of an event that can happen once to a document, e.g. ``account.move,7,issued``."""
    return f"{record._name},{record.id},{EVENT_FACTS[code]}"
