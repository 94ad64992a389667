"""Read past messages as events in batches, ordered by id."""

from functools import partial
from operator import itemgetter

from ...events.attachments import has_document
from ...events.keys import message_key
from ...events.message_text import message_text
from ...events.people import responsible
from ..reader.automatic_mail import stored_signs, verdict
from ..reader.message_reader import MessageReader
from .activities import activity_keys
from .partners import internal_partner_ids, prefetch_partners
from .rows import read_messages


class Batch:
    """Cache the lookups shared by the messages of one batch.

    :param rows: dicts, see ``history_rows``.
    """

    def __init__(self, env, rows):
        self.records = documents(env, rows)
        self.partners = document_partners(self.records.values())
        self.staff_ids = internal_partner_ids(env)
        prefetch_partners(env, rows)
        self.people = {}
        self.clients = {}
        self.contacts = {}
        self.responsible = {}
        self.writers = {}
        self.events = {}
        self.activity_keys = activity_keys(env, rows)

    def events_of(self, row):
        """Return the events of one message.

        Messages of one writer to the same people about one document share their events; only the first is read. Those
        that may be forwards are all read: only their text decides.
        """
        record = self.records.get((row["model"], row["res_id"]))
        automatic, doubt = automatic_verdict(row)
        if record is None or automatic:
            return []
        if doubt:
            return HistoricReader(record, row, self).events()
        if row["mail_activity_type_id"]:
            return HistoricReader(record, row, self).events()
        if row["is_document"]:
            return [event for event in HistoricReader(record, row, self).events() if not is_counted_when_posted(event)]
        key = shape(row)
        if key not in self.events:
            reader = HistoricReader(record, row, self)
            events = reader.events()
            if reader.may_forward:
                return events
            self.events[key] = [event.prepared() for event in events]
        own = {
            "key": message_key(row["message_id"]),
            "date": row["date"],
            "message_id": row["id"],
            "subject": row["subject"] or record.display_name or "",
            "has_attachment": has_document(row["attachment_ids"], row["body"]),
            "text": partial(message_text, row["subject"], row["body"]),
        }
        return [event.alike(own) for event in self.events[key]]


class HistoricReader(MessageReader):
    """Read a past message from one row; former staff count as staff.

    :param dict row: the values of the message, see ``history_rows``.
    :param Batch batch: cached lookups.
    """

    def __init__(self, record, row, batch):
        self.batch = batch
        recipients = [
            {"id": id_, "share": True, "email_normalized": ""}  # the row contains reached recipients only
            for id_ in row["recipient_ids"]
            if id_ not in batch.staff_ids
        ]
        super().__init__(record, record.env["mail.message"].browse(row["id"]), row, recipients)

    def client_of(self, partner):
        """See the parent; exclude former staff too, whose archived users make them look like clients."""
        key = partner.id, self.company.id
        if key not in self.batch.clients:
            self.batch.clients[key] = 0 if partner.id in self.batch.staff_ids else super().client_of(partner)
        return self.batch.clients[key]

    def is_outsider(self, author):
        """See the parent; former staff are none."""
        return author.id not in self.batch.staff_ids and super().is_outsider(author)

    def attachments(self):
        """See the parent."""
        return self.value("attachment_ids")

    def marked_event(self):
        """See the parent; marks are lost, but the mail of an invoice is recognised by its attachments."""
        if not self.value("is_document"):
            return None
        return "credit_note_sent" if self.record.move_type == "out_refund" else "invoice_sent"

    def record_partners(self):
        """See the parent."""
        return self.batch.partners[self.record]

    def contacts(self, people):
        """See the parent; cached for the messages of a client."""
        key = self.record_partners()._ids, people._ids, self.is_from_client, self.company.id
        if key not in self.batch.contacts:
            self.batch.contacts[key] = super().contacts(people)
        return self.batch.contacts[key]

    def responsible(self, people):
        """See the parent; cached for the messages of a thread."""
        key = self.record._name, self.record.id, people._ids
        if key not in self.batch.responsible:
            self.batch.responsible[key] = {"user": responsible(self.record, people)}
        return self.batch.responsible[key]

    def writer(self):
        """See the parent."""
        if self.author not in self.batch.writers:
            self.batch.writers[self.author] = super().writer()
        return self.batch.writers[self.author]

    def doubtful_sign(self):
        """See the parent; there are no headers."""
        return automatic_verdict(self.msg_vals)[1]

    def activity_key(self):
        """See the parent; look up the activity in the batch."""
        return self.batch.activity_keys.get(self.message.id) or super().activity_key()

    def same_address(self, person):
        """See the parent; cached for the messages of a batch."""
        return self.once(("same", person.email_normalized), lambda: super(HistoricReader, self).same_address(person))

    def known_at(self, addresses):
        """See the parent; cached for the messages of a batch."""
        return self.once(("known", *addresses), lambda: super(HistoricReader, self).known_at(addresses))

    def at_domain(self, domain):
        """See the parent; cached for the messages of a batch."""
        return self.once(("domain", domain), lambda: super(HistoricReader, self).at_domain(domain))

    def once(self, key, look_up):
        """Return ``look_up()``, called once for the company and ``key`` in a batch."""
        key = *key, self.company.id
        if key not in self.batch.people:
            self.batch.people[key] = look_up()
        return self.batch.people[key]


def automatic_verdict(row):
    """Return ``(automatic, doubt)`` of a message, see ``verdict``; its headers are not stored."""
    if row["message_type"] != "email":
        return "", ""
    return verdict(stored_signs(row))


def left_out(row, batch, company):
    """Return why a message has no events in a company's history: a code of ``reasons.LEFT_OUT``."""
    if row["record_company_id"] not in (None, company.id):
        return "other_company"
    if (row["model"], row["res_id"]) not in batch.records:
        return "no_document"
    if automatic_verdict(row)[0]:
        return "automatic"
    return "with_invoice" if row["is_document"] else "internal"


def is_counted_when_posted(event):
    """Return whether ``document_events`` reads the invoice sent by an ``Event``; a cancelled one counts by its mail."""
    posted = event.code.replace("_sent", "_posted")
    is_logged = event.record.env["crm.interaction.event"]._is_counted(posted, event.settings)
    return event.record.state == "posted" and is_logged


def shape(row):
    """Return the key of the values of ``row`` that determine the contacts of a message."""
    return (
        *WHOM(row),
        bool(row["parent_id"]),
        tuple(row["partner_ids"]),
        tuple(row["recipient_ids"]),
    )


WHOM = itemgetter(
    "model", "res_id", "message_type", "author_id", "email_from", "record_company_id", "incoming_email_to",
    "incoming_email_cc", "rating_id",
)  # fmt: skip


def message_events(env, after, size, start, end, without=None):
    """Return ``(events, last id, number read)`` of the next ``size`` messages; after the last batch the id is ``None``.

    :param int after: id of the last message read.
    :param datetime start, end: period, UTC, the end excluded.
    :param without: ``Counter`` of the messages without events by the reason, to be updated.
    """
    rows = read_messages(env, after, size, start, end)
    batch = Batch(env, rows)
    events = []
    for row in rows:
        found = batch.events_of(row)
        events += found
        if not found and without is not None:
            without[left_out(row, batch, env.company)] += 1
    return events, rows[-1]["id"] if rows else None, len(rows)


def documents(env, rows):
    """Return ``{(model, id): record}`` of the captured documents that still exist, for prefetching."""
    ids_by_model = {}
    for row in rows:
        ids_by_model.setdefault(row["model"], set()).add(row["res_id"])
    found = {}
    for model, ids in ids_by_model.items():
        if model in env and hasattr(env[model], "_interaction_is_captured"):
            records = env[model].sudo().browse(sorted(ids)).exists()
            found |= {(model, record.id): record for record in records if record._interaction_is_captured()}
    return found


def document_partners(records):
    """Return ``{record: its partners}``, with one call per model."""
    by_model = {}
    for record in records:
        by_model.setdefault(record._name, []).append(record.id)
    env = next(iter(records)).env if by_model else None
    partners = {}
    for model, ids in by_model.items():
        found = env[model].browse(ids)._mail_get_partners()
        partners |= {env[model].browse(id_): people for id_, people in found.items()}
    return partners
