from odoo import SUPERUSER_ID, api, models

from ...events.event import EVENT_DIRECTIONS, Event
from ...events.keys import document_key
from ...events.marks import event_date, mark, without_requested
from ...events.message_text import message_text
from ...events.people import responsible
from ...events.reasons import because
from ..hooks.rating_rating import polarity_of
from .message_marks import is_quoted, kept_marks, stays_inside
from .message_reader import MessageReader

INVOICE_TYPES = {"out_invoice", "out_receipt"}
UNATTENDED = {"automation", "campaign"}
"""Events that no colleague causes by hand."""


class CrmInteractionCapture(models.AbstractModel):
    """Turn events in Odoo's models into ``Event`` objects and pass them to the pipeline in one batch.

    There is one method per event of the hooks. None of them raises, and none queries the database for messages that
    are not interactions.
    """

    _name = "crm.interaction.capture"
    _description = "Interaction Capture"

    @api.model
    def _run(self, read, retry):
        """Pass the events returned by ``read`` (function) to the pipeline.

        :param dict retry: JSON data to read them again, or a function that returns it.
        :return: the new interactions.
        """
        return self.env["crm.interaction.pipeline"]._run(read, retry if callable(retry) else lambda: retry)

    @api.model
    def _message(self, record, message, msg_vals, recipients):
        """Capture one posted message; see ``MessageReader`` for the parameters."""
        if not record or mark(self.env, "interaction_skip"):
            return

        def read():
            if stays_inside(record, msg_vals, recipients):
                return []
            document = without_requested(record.sudo())  # a portal user may post without read access
            if not document._interaction_is_captured():
                return []
            return MessageReader(document, message.with_env(document.env), msg_vals, recipients).events()

        self._run(read, lambda: message_payload(record, message, recipients))

    @api.model
    def _invoices(self, moment, moves):
        """Capture customer invoices and credit notes at the ``moment`` ``posted`` or ``sent``."""
        self._documents(f"invoice_{moment}", moves.filtered(lambda move: move.move_type in INVOICE_TYPES))
        self._documents(f"credit_note_{moment}", moves.filtered(lambda move: move.move_type == "out_refund"))

    @api.model
    def _payments(self, moves):
        """Capture full payments of customer invoices, except of those without an amount."""
        invoices = moves.filtered(lambda move: move.move_type in INVOICE_TYPES and move.amount_total)
        self._documents("invoice_paid", invoices)

    @api.model
    def _documents(self, code, records):
        """Log the event ``code`` for each of ``records`` (recordset) that has a client, in one batch."""
        if not records:
            return
        retry = {"method": "_documents", "args": [code], "model": records._name, "ids": records.ids}
        self._run(lambda: self._document_events(code, records), retry)

    @api.model
    def _document_events(self, code, records):
        """Return the event ``code`` of each of ``records`` (recordset) that has a client."""
        capture = without_requested(self)
        records = without_requested(records.sudo())  # the portal user who triggers it lacks access
        is_client = self.env["crm.interaction.people"]._is_client
        with_client = [record for record in records if is_client(record.partner_id, record.company_id)]
        return [capture._prepare_document_event(code, record) for record in with_client]

    @api.model
    def _prepare_document_event(self, code, record, partner=None, **values):
        """Return the ``Event`` of a document with ``partner``, by default its own partner, as the client."""
        partner = record.partner_id if partner is None else partner
        company = record["company_id"] if "company_id" in record else None
        defaults = {
            "code": code,
            "record": record,
            "key": values.get("key") or document_key(record, code),
            "partner": partner,
            "company": company or self._own_company(),
            "user": responsible(record, partner),
            "date": event_date(self.env),
            "subject": record.display_name,
            "unattended": self._is_unattended(code),
        }
        return Event(**{**defaults, **values})

    @api.model
    def _is_unattended(self, code):
        """Return whether no colleague caused a document event; what the client did counts, whoever records it."""
        is_job = self.env.uid == SUPERUSER_ID and not mark(self.env, "interaction_strict")
        return code in UNATTENDED or (is_job and EVENT_DIRECTIONS.get(code) != "incoming")

    @api.model
    def _own_company(self):
        """Return the company of records without one: the current one.

        For portal users it is their main company, because their request could choose the current one.
        """
        return self.env.user.company_id if self.env.user.share else self.env.company

    @api.model
    def _ratings(self, ratings):
        """Capture new and corrected ratings by clients: satisfied as gratitude, dissatisfied as a complaint."""
        if not ratings:
            return

        def read():
            capture = without_requested(self)
            given = without_requested(ratings.sudo())  # the link in the mail is enough to rate
            is_client = self.env["crm.interaction.people"]._is_client
            return [capture._prepare_rating_event(rating) for rating in given if is_client(rating.partner_id)]

        self._run(read, {"method": "_ratings", "model": "rating.rating", "ids": ratings.ids})

    @api.model
    def _prepare_rating_event(self, rating):
        record = self.env[rating.res_model].browse(rating.res_id)
        return self._prepare_document_event(
            "feedback_given",
            record,
            rating.partner_id,
            key=document_key(rating, "feedback_given"),
            user=rating.rated_partner_id.user_ids[:1] or responsible(record, rating.partner_id),
            channel="portal",
            subject=rating.res_name,
            text=lambda: rating.feedback or "",
            polarity=polarity_of(rating.rating),
            rating_value=rating.rating,
        )

    @api.model
    def _complaints(self, complaints):
        """Capture what clients complain of in their account; the document says that it is a complaint."""

        def read():
            # sudo: clients have no access to the documents
            return [self._prepare_complaint_event(complaint) for complaint in without_requested(complaints.sudo())]

        self._run(read, {"method": "_complaints", "model": complaints._name, "ids": complaints.ids})

    @api.model
    def _prepare_complaint_event(self, complaint):
        message, subject = complaint._interaction_complaint()
        return without_requested(self)._prepare_document_event(
            "feedback_given",
            complaint,
            channel="portal",
            date=message.date,
            message_id=message.id,
            subject=subject,
            text=lambda: message_text("", message.body),
            type_id=self.env["crm.interaction.type"]._of_role("opinion")[:1].id,
            polarity="negative",
        )

    @api.model
    def _delivered(self, tasks):
        """Capture the ``tasks`` that are delivered now and were not before."""
        if not tasks:
            return

        def read():
            return self._document_events("task_delivered", tasks.filtered(lambda t: t._interaction_is_delivered()))

        self._run(read, {"method": "_delivered", "model": tasks._name, "ids": tasks.ids})

    @api.model
    def _automation(self, action, records):
        """Log an interaction on each record for an automation, unless the hooks have just logged it."""

        def read():
            capture = without_requested(self)
            documents = without_requested(records.sudo())
            # sudo: the user who triggers it may lack access to the action
            return [capture._prepare_automation_event(action.sudo(), document) for document in documents]

        retry = {"method": "_automation_retry", "args": [action.id], "model": records._name, "ids": records.ids}
        self._run(read, retry)

    @api.model
    def _automation_retry(self, records, action_id):
        self._automation(self.env["ir.actions.server"].browse(action_id), records)

    @api.model
    def _prepare_automation_event(self, action, record):
        """Return the ``Event`` of an automation on a document, with its first partner who is a client."""
        is_client = self.env["crm.interaction.people"]._is_client
        return self._prepare_document_event(
            "automation",
            record,
            record._mail_get_partners()[record.id].filtered(is_client)[:1],
            key=f"{record._name},{record.id},automation,{action.id},{self.env.cr.now():%Y-%m-%d %H:%M:%S.%f}",
            company=record._mail_get_companies(default=self._own_company())[record.id],
            channel="other",
            type_id=action.interaction_type_id.id,
            why=because("automation", name=action.name),
        )


def message_payload(record, message, recipients):
    """Return the JSON data from which a retry reads the message again."""
    names = ("id", "share", "notif", "email_normalized")
    kept = [{name: recipient.get(name) for name in names} for recipient in recipients]
    marks = kept_marks(record.env) | ({"interaction_quoted": True} if is_quoted(record.env) else {})
    return {
        "method": "_message",
        "model": record._name,
        "ids": record.ids,
        "message_id": message.id,
        "recipients": kept,
        "marks": marks,
    }
