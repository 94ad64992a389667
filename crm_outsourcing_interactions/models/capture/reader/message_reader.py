"""Read one posted message as an interaction: direction, person, channel."""

from functools import cached_property

from odoo import fields

from ...events.attachments import attachment_facts, has_document
from ...events.event import EVENT_DIRECTIONS, EVENT_FACTS, Event
from ...events.groups import USER
from ...events.keys import document_key, message_key
from ...events.local_time import plausible
from ...events.marks import mark
from ...events.message_text import message_text
from ...events.people import robot_partner_id
from ...events.reasons import because, with_doubt
from .message_activity import ActivityReader
from .message_forwarded import ForwardReader
from .message_marks import is_quoted
from .message_rating import RatingReader

INCOMING_TYPES = {"email", "comment"}
ADDRESSED_TYPES = {"auto_comment", "notification"}
"""Message types that count for explicit recipients only, not for all followers."""
DONE_BY_HAND = {"activity_done", "meeting_held"}
OUTGOING_TYPES = {"email", "comment", "sms"} | ADDRESSED_TYPES


class MessageReader(RatingReader, ActivityReader, ForwardReader):
    """Read a ``mail.message``, just posted, as an interaction.

    Values come from ``msg_vals`` if available, to avoid reading; noise is recognised without a query.

    :param record: the document, in sudo mode.
    :param message: the ``mail.message``, in sudo mode.
    :param dict msg_vals: values that the message was created with.
    :param list recipients: the dicts that ``mail.thread._notify_thread`` returned.
    """

    def __init__(self, record, message, msg_vals, recipients):
        self.env = record.env
        self.record = record
        self.message = message
        self.msg_vals = msg_vals
        self.recipients = recipients
        self.clients = {}
        author_id = self.author_id()
        self.is_unsigned = self.value("message_type") == "email" and author_id == robot_partner_id(self.env)
        self.is_anonymous = author_id in self.env["crm.interaction.people"]._technical_partner_ids()
        is_known = not self.is_unsigned and not self.is_anonymous
        self.author = self.env["res.partner"].browse(author_id if is_known else ())
        self.message_type = "comment" if self.is_by_visitor else self.value("message_type")

    def author_id(self):
        """Return the id of the author, who may have written through a group of the firm; 0 without one."""
        group = self.through_group()
        return (self.msg_vals.get("author_id") or self.message.author_id.id) if group is None else group.id

    def value(self, name):
        """Return a field of the message, of scalar type."""
        return self.msg_vals[name] if name in self.msg_vals else self.message[name]

    def events(self):
        """Return an ``Event`` for each client contacted, possibly none."""
        if self.env["crm.interaction.people"]._is_client(self.rating.partner_id):
            return []  # the rating itself is captured
        if self.message_type == "notification" and self.activity_type_id:
            return self.activity()
        if is_quoted(self.env):
            return self.quoted_mail()
        if self.message_type not in INCOMING_TYPES | OUTGOING_TYPES or self.is_addressed_to_nobody:
            return []
        if not self.is_from_client and not self.is_from_unknown_sender:
            return self.outgoing()
        if self.message_type not in INCOMING_TYPES:
            return []
        return self.incoming() if self.is_from_client else self.of_unknown_sender()

    @property
    def is_addressed_to_nobody(self):
        """Return whether it is a notice to followers only, e.g. of tracking, without a query."""
        return self.message_type in ADDRESSED_TYPES and self.msg_vals.get("partner_ids") == []

    @cached_property
    def is_by_visitor(self):
        """Return whether an external user posted it in his or her own name and without sudo.

        Such a user controls all values but the author. Messages by Odoo for the user, e.g. on stages, do not count.
        """
        visitor_id = mark(self.env, "interaction_visitor_id")
        return (
            bool(visitor_id) and self.author.id in (visitor_id, False) and not self.msg_vals.get("tracking_value_ids")
        )

    @cached_property
    def is_from_client(self):
        """Return whether a client wrote it, by the author only; message type and subtype are not evidence."""
        if not self.author:
            return self.is_unsigned or self.is_anonymous or self.env.user.share
        if self.is_from_user or not self.has_sender_address:
            return False
        return self.is_client(self.author)

    @cached_property
    def is_from_user(self):
        """Return whether the posting member of staff wrote it."""
        if "staff_partner_id" in self.msg_vals:
            return bool(self.author) and self.author.id == self.msg_vals["staff_partner_id"]
        return self.author == self.env.user.partner_id and not self.env.user.share

    def incoming(self):
        """Return the event of a message from outside; the sender may be unknown."""
        people = self.contacts(self.author)[:1]
        if not people and self.record_partners():
            return []
        hint = None if people else because("unknown_sender", address=self.sender_address())
        if self.is_unsigned:
            hint = because("no_sender")
        elif people:
            people, hint = self.at_clients_domain(people) or self.decided(people)
        hint = self.doubted(hint)
        return [self.prepare_event("message_in", people, hint=hint, **self.responsible(people), **self.rated())]

    def outgoing(self):
        """Return the events of a message to external people, one per client."""
        if mark(self.env, "interaction_automatic"):
            return []
        external = self.reached()
        if self.message_type in ADDRESSED_TYPES:
            named = self.msg_vals["partner_ids"] if "partner_ids" in self.msg_vals else self.message.partner_ids.ids
            external = [recipient for recipient in external if recipient["id"] in named]
        named = self.msg_vals.get("partner_ids") or ()  # whom the writer chose goes before followers
        ids = sorted((r["id"] for r in external if r["id"]), key=lambda id_: (id_ not in named, id_))
        people = self.env["res.partner"].browse(ids)
        if self.marked_event() in EVENT_FACTS:
            people = self.of_document(people)
        if not external:
            return (self.mailed() or self.forwarded()) if self.message_type == "email" else []
        contacts = self.contacts(people)
        if not contacts and (people or self.record_partners()):
            return []
        hint = None if contacts else because("unknown_recipient", address=external[0]["email_normalized"])
        people = self.addressees(contacts) if contacts else [(contacts, hint)]
        chosen = contacts.filtered(lambda person: person.id in named) or contacts
        return [self.sent(contact, hint, to_several=self.are_several(chosen, contact)) for contact, hint in people]

    def sent(self, contact, hint=None, **values):
        """Return the event of a message to a client; ``contact`` may be empty."""
        return self.prepare_event("message_out", contact, user=self.writer(), hint=self.doubted(hint), **values)

    def doubted(self, hint):
        """Return the reason to review a mail (``hint``, may be empty) with the sign that it may be automatic.

        Odoo's own answers to such a mail are not automatic.
        """
        return with_doubt(hint, self.doubtful_sign() if self.message_type == "email" else "")

    def automatic_sign(self):
        """Return the sign (str) of automatic mail, possibly empty; from a known client, it may be a doubt only."""
        is_known = self.is_from_client and not self.env["crm.interaction.people"]._is_single(self.author)
        return "" if is_known and self.doubtful_sign() else mark(self.env, "interaction_automatic", "")

    def doubtful_sign(self):
        """Return the sign (str) of mail that may be automatic, possibly empty."""
        return mark(self.env, "interaction_doubt", "")

    def marked_event(self):
        """Return the code of the event marked by the caller; usually ``None``."""
        return mark(self.env, "interaction_event")

    def prepare_event(self, code, contact, user=None, **values):
        """Return the ``Event`` ``code``, or that of :meth:`marked_event`."""
        code = self.marked_event() or code
        defaults = {
            "code": code,
            "record": self.record,
            "key": document_key(self.record, code) if code in EVENT_FACTS else message_key(self.value("message_id")),
            "partner": contact,
            "company": self.company,
            "user": user,
            "date": self.date(),
            "channel": self.channel(code),
            "subject": self.value("subject") or self.record.display_name or "",
            "message_id": self.message.id,
            "has_attachment": has_document(self.attachments(), self.value("body")),
            "text": self.text,
            "automatic": self.automatic_sign(),
            "mailed": self.message_type == "email",
            "reply_to": self.reply_to(),
            "unattended": self.is_unattended(code),
            **self.chosen_type(code),
        }
        event = Event(**{**defaults, **values})
        event.client_id = self.client_of(contact)
        return event

    def reply_to(self):
        """Return the id of the message that the writer, or the mail program, replied to; 0 if Odoo chose the parent."""
        parent_id = mark(self.env, "interaction_reply_to", 0)
        return parent_id if parent_id == self.msg_vals.get("parent_id", parent_id) else 0

    def is_unattended(self, code):
        """Return whether Odoo sent it by itself, e.g. with a stage, and no colleague by hand."""
        is_robot = bool(self.author) and self.author.id == robot_partner_id(self.env)
        return is_robot or (self.message_type in ADDRESSED_TYPES and code not in DONE_BY_HAND)

    def chosen_type(self, code):
        """Return the type chosen before sending by the writer, a user of the addon, if it has the event's direction."""
        if not self.msg_vals.get("interaction_type_id") or not self.env.user.has_group(USER):
            return {}
        type_ = self.env["crm.interaction.type"].browse(self.msg_vals["interaction_type_id"]).exists()
        if not type_ or type_.is_group or type_.direction != EVENT_DIRECTIONS.get(code):
            return {}
        return {"type_id": type_.id, "by_person": True}

    def date(self):
        """Return the date of writing, or of arrival if the former is implausible."""
        date = fields.Datetime.to_datetime(self.value("date"))
        now = fields.Datetime.now()
        if date and plausible(date, now) == date:
            return date
        return (self.message.create_date or now).replace(microsecond=0)

    @cached_property
    def company(self):
        """Return the company of the document, else the current one."""
        is_by_staff = self.msg_vals.get("staff_partner_id")
        if not is_by_staff and self.env.user.share:  # an external request could choose the current company
            own = self.env["crm.interaction.capture"]._own_company()
            return self.record._mail_get_companies(default=own)[self.record.id]
        company_id = self.msg_vals.get("record_company_id") or self.message.record_company_id.id
        return self.env["res.company"].browse(company_id) or self.env.company

    def channel(self, code):
        """Return the channel of the message."""
        if self.message_type in ("email", "sms"):
            return self.message_type
        return "portal" if code == "message_in" else "email"

    def attachments(self):
        """Return the attachments as :func:`.attachments.has_document` needs them; just created, they are cached."""
        return attachment_facts(self.message.attachment_ids) if self.value("attachment_ids") else []

    def text(self):
        """Return subject and body as plain text; of a forwarded mail, the body is that of its writer."""
        return message_text(self.value("subject"), self.value("body"), self.forwards)
