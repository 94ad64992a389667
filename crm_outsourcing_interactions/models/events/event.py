"""The events that capture knows, and what it reports of each."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from odoo import fields

from .local_time import first_of_month
from .message_text import message_text
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
    ("feedback_asked", "Rating asked for"),
    ("feedback_given", "Rating given"),
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
}
"""Which way an event goes. A call, a meeting or an automation can go either way: only its type tells."""
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
"""What an event says of its document: two events with the same fact are one contact."""
LONGEST = 1000
"""Hours that a contact takes at most; what takes longer, such as a meeting of months, tells no duration."""
POLARITIES = [("positive", "Gratitude"), ("neutral", "Neutral"), ("negative", "Complaint")]
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
    "code", "key", "channel", "subject", "has_attachment", "hint", "type_id", "why", "by_person", "polarity",
    "duration", "automatic", "logged_id", "rating_value",
)  # fmt: skip


@dataclass(eq=False)
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
    :param type_id: id of the type that the document itself says, such as an activity type's; no rule is asked then.
    :param why: what says ``type_id``, if it is neither the document nor a person; see :func:`.reasons.because`.
    :param by_person: whether ``type_id`` is the word of the person who wrote the message.
    :param polarity: ``"positive"``, ``"neutral"`` or ``"negative"`` for what a client says of the services.
    :param rating_value: the number of a rating, 1 to 5.
    :param duration: hours, when the event tells.
    :param automatic: the header that tells that a machine wrote it; it is kept as *ignored*, so that nothing
        ever counts it: history is replayed without headers.
    :param logged_id: id of the interaction that it is already, when rules are applied again.
    :param hint: what a person should know who has to classify it, see :func:`.reasons.because`; it is then
        *to review*.
    :param requests: gives the client's requests of the month, see ``crm.interaction._requests_of_month``; asked only
        where a contract limits them.
    :param vals: what the steps of the pipeline have found out so far: values of the interaction that it becomes.
    :param shared: what is looked up once for events that are alike, see :meth:`alike` and :meth:`for_all_alike`.
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
    logged_id: int = 0
    rating_value: float = 0.0
    requests: Callable[[int, frozenset], dict] | None = field(default=None, repr=False)
    vals: dict = field(default_factory=dict, repr=False)
    shared: dict | None = field(default=None, repr=False)

    @cached_property
    def client_id(self):
        """Id of the client, the commercial partner of the person contacted; 0 when unknown."""
        return client_id(self.partner) if self.partner else 0

    @cached_property
    def ids(self):
        """The ids of person, responsible, company and document, by the names of an interaction's fields."""
        return {
            "partner_id": self.partner.id if self.partner else False,
            "user_id": self.user.id if self.user else False,
            "company_id": self.company.id,
            "res_model": self.record._name,
            "res_id": self.record.id,
        }

    @cached_property
    def words(self):
        """What ``text`` gives."""
        return self.text()

    @cached_property
    def month(self):
        """First day of the month in which the contact counts (date): that of the company's time zone."""
        return first_of_month(
            fields.Datetime.to_datetime(self.date or fields.Datetime.now()), self.settings["interaction_tz"]
        )

    @cached_property
    def settings(self):
        """The settings of the company, a dict by field."""
        return self.company._interaction_settings()

    def prepared(self):
        """Return the event, ready to have its like made: what is looked up once is looked up for all."""
        self.shared = {}
        self.client_id, self.ids, self.settings  # noqa: B018
        return self

    def alike(self, values):
        """Return the event of another message that differs in ``values`` (dict) only; its words are not yet read."""
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__, vals={}, **values)
        return other

    def for_all_alike(self, name, look_up):
        """Return what ``look_up()`` gives, asked once for all events that are alike; it must not depend on
        what they differ in, such as their words and dates."""
        if self.shared is None:
            return look_up()
        if name not in self.shared:
            self.shared[name] = look_up()
        return self.shared[name]

    @property
    def direction(self):
        """``"incoming"`` (client to firm), ``"outgoing"`` (firm to client), or ``False`` when only the type tells."""
        return EVENT_DIRECTIONS.get(self.code, False)

    @property
    def is_untyped(self):
        """Whether no step has said yet of which type it is."""
        return "state" not in self.vals

    def type_vals(self):
        """Return ``vals`` with what is true of an event of which no step says the type: it is to review."""
        untyped = {"type_id": False, "state": "to_review", "why": self.hint, "duration": self.duration}
        return {**untyped, **self.vals}

    def drop(self, reason):
        """Note why the event becomes no interaction (str); return ``False``, so that a filter may end with it."""
        _logger.debug("%s of %s %s: %s", self.code, self.record._name, self.record.id, reason)
        return False

    def to_json(self):
        """Return all but ``text`` as a dict for JSON; :meth:`from_json` makes the event again."""
        values = {name: getattr(self, name) for name in PLAIN_VALUES}
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
