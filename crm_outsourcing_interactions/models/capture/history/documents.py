"""Read past invoices, payments, tasks and ratings as events in batches, ordered by id."""

from datetime import datetime, time

from odoo import fields

from ..reader.crm_interaction_capture import INVOICE_TYPES


def document_events(env, source, after, size, start, end, without=None):
    """Return ``(events, last id, number read)`` of the next ``size`` documents; finally the id is ``None``.

    :param str source: key of ``DOCUMENTS``.
    :param int after: id of the last document read.
    :param datetime start, end: period, UTC, the end excluded.
    :param without: ``Counter`` of the documents without events by the reason, to be updated.
    """
    model, domain, code, moment = DOCUMENTS[source]
    domain = [("id", ">", after), *domain]
    records = env[model].sudo().with_context(active_test=False).search(domain, order="id", limit=size)
    capture, people = env["crm.interaction.capture"], env["crm.interaction.people"]
    events = []
    for record in records:
        date = at_noon(moment(record))
        is_inside = date and start <= date < end
        if is_inside and people._is_client(record.partner_id):
            events.append(document_event(capture, record, code(record), date))
        elif without is not None:
            without["no_client" if is_inside else "outside"] += 1
    return events, records[-1:].id or None, len(records)


def count_documents(env, source):
    """Return how many documents ``document_events`` reads for a source."""
    model, domain, _code, _moment = DOCUMENTS[source]
    return env[model].sudo().with_context(active_test=False).search_count(domain)


def document_event(capture, record, code, date):
    """Return the ``Event`` ``code`` of a document on ``date`` (datetime)."""
    event = (
        capture._prepare_rating_event(record)
        if record._name == "rating.rating"
        else capture._prepare_document_event(code, record)
    )
    event.date = date
    return event


def at_noon(moment):
    """Return a date as a datetime at noon, so that time zones do not move it to another day."""
    return datetime.combine(moment, time(12)) if moment and not isinstance(moment, datetime) else moment


def paid_on(move):
    """Return the date of the last payment of an invoice."""
    partials = move.line_ids.matched_credit_ids
    return max(partials.mapped("max_date"), default=move.invoice_date)


def task_is_delivered(task):
    """Return the datetime of a task's delivery, else ``None``."""
    return (task.date_end or task.date_last_stage_update) if task._interaction_is_delivered() else None


DOCUMENTS = {
    "invoices": (
        "account.move",
        [("state", "=", "posted"), ("move_type", "in", [*INVOICE_TYPES, "out_refund"])],
        lambda move: "credit_note_posted" if move.move_type == "out_refund" else "invoice_posted",
        lambda move: move.invoice_date or move.date,
    ),
    "payments": (
        "account.move",
        [
            ("state", "=", "posted"),
            ("move_type", "in", list(INVOICE_TYPES)),
            ("payment_state", "in", ["in_payment", "paid"]),
            ("amount_total", "!=", 0),
        ],
        lambda move: "invoice_paid",
        paid_on,
    ),
    "tasks": (
        "project.task",
        [("partner_id", "!=", False), ("parent_id", "=", False)],
        lambda task: "task_delivered",
        task_is_delivered,
    ),
    "ratings": (
        "rating.rating",
        [("consumed", "=", True)],
        lambda rating: "feedback_given",
        lambda rating: rating.rated_on or fields.Datetime.to_datetime(rating.write_date),
    ),
}
"""Source → model, domain, event of a record, date of the event."""
