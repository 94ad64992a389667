"""Define the events that capture reports, and their data."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from odoo import fields

from .local_time import first_of_month
from .people import client_id

_logger = logging.getLogger(__name__)

EVENTS = [
    ("message_in", "Message from the client"),
    ("message_out", "Message to the client"),
    ("campaign", "Mass mailing to the client"),
    ("invoice_posted", "Customer invoice confirmed"),
    ("invoice_sent", "Customer invoice sent"),
    ("credit_note_posted", "Credit note confirmed"),
    ("credit_note_sent", "Credit note sent"),
    ("invoice_paid", "Customer invoice paid"),
    ("task_requested", "Task created by the client"),
    ("task_delivered", "Task delivered"),
    ("lead_requested", "Opportunity created by the client"),
    ("feedback_asked", "Rating requested"),
    ("feedback_given", "Rating given"),
    ("documents_handed_over", "Documents handed over"),
    ("activity_done", "Activity done"),
    ("meeting_held", "Meeting held"),
    ("automation", "Automation rule"),
]
EVENT_DIRECTIONS = {
    "message_in": "incoming",
    "message_out": "outgoing",
    "campaign": "outgoing",
    "invoice_posted": "outgoing",
    "invoice_sent": "outgoing",
    "credit_note_posted": "outgoing",
    "credit_note_sent": "outgoing",
    "invoice_paid": "incoming",
    "task_requested": "incoming",
    "task_delivered": "outgoing",
    "lead_requested": "incoming",
    "feedback_asked": "outgoing",
    "feedback_given": "incoming",
    "documents_handed_over": "incoming",
}
"""Direction by event. For a call, a meeting or an automation, which can go either way, the type determines it."""
EVENT_FACTS = {
    "invoice_posted": "issued",
    "invoice_sent": "issued",
    "credit_note_posted": "issued",
    "credit_note_sent": "issued",
    "invoice_paid": "paid",
    "task_requested": "requested",
    "task_delivered": "delivered",
    "lead_requested": "requested",
    "feedback_given": "given",
    "meeting_held": "held",
}
"""Fact about the document by event: two events with the same fact are one interaction."""
LONGEST = 1000
"""Maximum duration in hours; a longer one, e.g. of a meeting over months, is discarded."""
POLARITIES = [("positive", "Praise"), ("neutral", "Neutral"), ("negative", "Complaint")]
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
PLAIN_VALUES = (
    "code", "key", "channel", "subject", "has_attachment", "hint", "type_id", "why", "by_person", "polarity", "mark",
    "duration", "automatic", "logged_id", "rating_value", "mailed", "reply_to", "unattended", "new_request",
    "previous", "to_several",
)  # fmt: skip


@dataclass(eq=False)
class Event:
    """Hold one captured interaction on its way through the pipeline.

    :param code: one of :data:`EVENTS`.
    :param record: the document, a recordset of one record in sudo mode.
    :param key: equal for all reports of the same interaction: ``account.move,7,issued``, a mail's ``Message-Id``.
    :param company: ``res.company``, the firm's side. :param date: moment of the interaction, UTC without time zone.
    :param partner: ``res.partner``, who was contacted. :param user: ``res.users``, responsible. Both may be empty.
    :param text: returns subject and body as plain text; called only when a rule searches for words.
    :param type_id: id of the type given by the document, or by the writer of the message (``by_person``).
    :param why: reason for ``type_id`` if neither document nor person gave it, see :func:`.reasons.because`.
    :param polarity: ``"positive"``, ``"neutral"`` or ``"negative"`` for a client's opinion of the services.
    :param rating_value: a rating, 1 to 5. :param duration: hours. :param new_request: asks for something new.
    :param automatic: sign of automatic mail, stored as *ignored*. :param mailed: is a mail. :param dropped: why.
    :param reply_to: id of the message replied to, by mail program or writer. :param unattended: sent automatically.
    :param logged_id: of the existing interaction if rules are reapplied. :param mark: see ``matters/turns.py``.
    :param hint: note for the reviewer, see :func:`.reasons.because`; the interaction is then *to review*.
    :param requests: returns the client's requests of the month, see ``crm.interaction._requests_of_month``.
    :param previous: type id, or direction, of the interaction before it in the thread; ``situation`` finds it.
    :param to_several: to several people of the client. :param vals: set by the steps. :param shared: see :meth:`alike`.
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
    hint: dict | None = None
    why: dict | None = None
    type_id: int | bool = False
    by_person: bool = False
    polarity: str = ""
    duration: float = 0.0
    automatic: str = ""
    mailed: bool = False
    reply_to: int = 0
    unattended: bool = False
    new_request: bool = False
    to_several: bool = False
    logged_id: int = 0
    rating_value: float = 0.0
    requests: Callable[[int, frozenset], dict] | None = field(default=None, repr=False)
    previous: str = ""
    mark: str = ""
    situation: object = field(default=None, repr=False)
    vals: dict = field(default_factory=dict, repr=False)
    dropped: str = ""
    shared: dict | None = field(default=None, repr=False)

    @cached_property
    def client_id(self):
        """Return the id of the client, the commercial partner of the person contacted; 0 when unknown."""
        return client_id(self.partner) if self.partner else 0

    @cached_property
    def ids(self):
        """Return the ids of person, responsible, company and document, by field name of the interaction."""
        return {
            "partner_id": self.partner.id if self.partner else False,
            "user_id": self.user.id if self.user else False,
            "company_id": self.company.id,
            "res_model": self.record._name,
            "res_id": self.record.id,
        }

    @cached_property
    def words(self):
        """Return the result of ``text``."""
        return self.text()

    @cached_property
    def month(self):
        """Return the first day (date) of the interaction's month in the company's time zone."""
        return first_of_month(
            fields.Datetime.to_datetime(self.date or fields.Datetime.now()), self.settings["interaction_tz"]
        )

    @cached_property
    def settings(self):
        """Return the settings of the company (dict by field)."""
        return self.company._interaction_settings()

    def prepared(self):
        """Return the event after filling the caches that :meth:`alike` copies share."""
        self.shared = {}
        self.client_id, self.ids, self.settings  # noqa: B018
        return self

    def alike(self, values):
        """Return a copy for another message that differs only in ``values`` (dict), with its words not yet read."""
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__, vals={}, **values)
        return other

    def for_all_alike(self, name, look_up):
        """Return ``look_up()``, called once for all similar events and cached under ``name`` (str).

        The result must not depend on values that differ between them, e.g. words and dates.
        """
        if self.shared is None:
            return look_up()
        if name not in self.shared:
            self.shared[name] = look_up()
        return self.shared[name]

    @property
    def direction(self):
        """Return ``"incoming"`` (client to firm), ``"outgoing"``, or ``False`` if the type determines the direction."""
        return EVENT_DIRECTIONS.get(self.code, False)

    @property
    def is_untyped(self):
        """Return whether no step has set a type yet."""
        return "state" not in self.vals

    def type_vals(self):
        """Return ``vals`` with the defaults of an unclassified event, which is to review."""
        untyped = {"type_id": False, "state": "to_review", "why": self.hint, "duration": self.duration}
        return {**untyped, **self.vals}

    def drop(self, reason):
        """Record why the event is dropped; return ``False`` for use at the end of a filter.

        :param str reason: a code of :data:`.reasons.LEFT_OUT`, or a text.
        """
        self.dropped = reason
        _logger.debug("%s of %s %s: %s", self.code, self.record._name, self.record.id, reason)
        return False

    def to_json(self):
        """Return all but ``text`` as a dict for JSON, for :meth:`from_json`."""
        return {
            **{name: getattr(self, name) for name in PLAIN_VALUES},
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
        """Return the event serialised by :meth:`to_json`, with the text read from the message."""
        values = dict(values)
        message = env["mail.message"].browse(values["message_id"] or ()).exists()
        return cls(
            record=env[values.pop("model")].browse(values.pop("id")),
            company=env["res.company"].browse(values.pop("company")),
            date=fields.Datetime.to_datetime(values.pop("date")),
            partner=env["res.partner"].browse(values.pop("partner") or ()).exists(),
            user=env["res.users"].browse(values.pop("user") or ()).exists(),
            message_id=values.pop("message_id") and message.id,
            text=lambda: message._interaction_text(EVENT_DIRECTIONS.get(values["code"])),
            **values,
        )
