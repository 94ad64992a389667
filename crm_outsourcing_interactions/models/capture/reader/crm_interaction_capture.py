from contextlib import contextmanager

from odoo import api, fields, models

from ...events.event import Event, document_key
from ...events.marks import mark, without_requested
from ...events.people import responsible
from ..hooks.rating_rating import polarity_of
from .message_marks import is_quoted, kept_marks, stays_inside
from .message_reader import MessageReader

INVOICE_TYPES = {"out_invoice", "out_receipt"}


class CrmInteractionCapture(models.AbstractModel):
    """Turns what happens in Odoo's own models into events, and hands them on in one batch.

    One method for each event of the hooks in this folder. None of them raises, and
    none asks the database anything about messages that are no contact with a client.
    """

    _name = "crm.interaction.capture"
    _description = "Capture of Interactions"

    @contextmanager
    def _never_block(self, prepare_payload):
        """Keep a fault as a *Capture Error* instead of raising it: the mail goes out, the invoice is posted.

        :param prepare_payload: called after a fault only; returns what a retry needs, as JSON.
        """
        try:
            yield
        except Exception as error:
            self.env["crm.interaction.capture.error"]._keep(error, lambda: [prepare_payload()])

    @api.model
    def _message(self, record, message, msg_vals, recipients):
        """Capture one posted message; see ``MessageReader`` for the parameters."""
        if not record or mark(self.env, "interaction_skip"):
            return
        with self._never_block(lambda: message_payload(record, message, recipients)):
            if stays_inside(record, msg_vals, recipients):
                return
            record = without_requested(record.sudo())  # a portal user may post on what he may not read
            if not record._interaction_is_captured():
                return
            if events := MessageReader(record, message.with_env(record.env), msg_vals, recipients).events():
                record.env["crm.interaction"]._log(events, returning=False)

    @api.model
    def _invoices(self, moment, moves):
        """Capture that customer invoices and credit notes were ``posted`` or ``sent``."""
        self._documents(f"invoice_{moment}", moves.filtered(lambda move: move.move_type in INVOICE_TYPES))
        self._documents(f"credit_note_{moment}", moves.filtered(lambda move: move.move_type == "out_refund"))

    @api.model
    def _payments(self, moves):
        """Capture that customer invoices were paid in full; what costs nothing is not paid by anybody."""
        invoices = moves.filtered(lambda move: move.move_type in INVOICE_TYPES and move.amount_total)
        self._documents("invoice_paid", invoices)

    @api.model
    def _documents(self, code, records):
        """Log the event ``code`` for each of ``records`` (recordset) that has a client, in one batch."""
        if not records:
            return
        payload = {"method": "_documents", "args": [code], "model": records._name, "ids": records.ids}
        with self._never_block(lambda: payload):
            capture = without_requested(self)
            records = without_requested(records.sudo())  # the portal user who triggers it has no rights
            events = [
                capture._prepare_document_event(code, record)
                for record in records
                if self.env["crm.interaction.people"]._is_client(record.partner_id, record.company_id)
            ]
            if events:
                self.env["crm.interaction"]._log(events, returning=False)

    @api.model
    def _prepare_document_event(self, code, record, partner=None, **values):
        """Return the ``Event`` of a document of which ``partner``, else its own partner, is the client."""
        partner = partner or record.partner_id
        company = record["company_id"] if "company_id" in record else None
        defaults = {
            "code": code,
            "record": record,
            "key": values.get("key") or document_key(record, code),
            "partner": partner,
            "company": company or self._own_company(),
            "user": responsible(record, partner),
            "date": mark(self.env, "interaction_date") or fields.Datetime.now(),
            "subject": record.display_name,
        }
        return Event(**{**defaults, **values})

    @api.model
    def _own_company(self):
        """Return the company of what belongs to none: the one that the user works in. Somebody outside, whose request
        would name it, works in none but his own."""
        return self.env.user.company_id if self.env.user.share else self.env.company

    @api.model
    def _ratings(self, ratings):
        """Capture ratings that clients gave, or corrected: satisfied is gratitude, dissatisfied a complaint."""
        if not ratings:
            return
        payload = {"method": "_ratings", "model": "rating.rating", "ids": ratings.ids}
        with self._never_block(lambda: payload):
            capture = without_requested(self)
            ratings = without_requested(ratings.sudo())  # whoever holds the link of the mail may rate
            events = [
                capture._prepare_rating_event(rating)
                for rating in ratings
                if self.env["crm.interaction.people"]._is_client(rating.partner_id)
            ]
            new = self.env["crm.interaction"]._log(events)
            self.env["crm.interaction"]._correct_ratings(events, new)

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
    def _delivered(self, tasks):
        """Capture those of ``tasks`` that are delivered now; they were not before."""
        if not tasks:
            return
        with self._never_block(lambda: {"method": "_delivered", "model": tasks._name, "ids": tasks.ids}):
            self._documents("task_delivered", tasks.filtered(lambda task: task._interaction_is_delivered()))

    @api.model
    def _customers_changed(self, before):
        """Have what is logged on documents follow to their customers; see :meth:`_customers`.

        :param dict before: the customers that they had, by document (sudo).
        """
        changed = [record for record, customer in before.items() if record.partner_id != customer]
        if changed:
            had_none = [record.id for record in changed if not before[record]]
            self._customers(changed[0].browse(record.id for record in changed), had_none)

    @api.model
    def _customers(self, documents, had_none):
        """Have what is logged on ``documents`` follow to their customers; ``had_none``: ids of those that had none."""
        payload = {"method": "_customers", "args": [had_none], "model": documents._name, "ids": documents.ids}
        with self._never_block(lambda: payload):
            documents = without_requested(documents.sudo())  # a portal user may give it to a customer
            captured = documents.filtered(lambda document: document._interaction_is_captured())
            self.env["crm.interaction"]._follow_customers(captured, captured.browse(had_none))

    @api.model
    def _automation(self, action, records):
        """Log a contact on each record for an automation, unless the hooks have just logged it themselves."""
        payload = {"method": "_automation_retry", "args": [action.id], "model": records._name, "ids": records.ids}
        with self._never_block(lambda: payload):
            type_ = action.sudo().interaction_type_id  # the user who triggers it may not read the action
            capture = without_requested(self)
            records = without_requested(records.sudo())
            interactions = capture.env["crm.interaction"]
            left = records - interactions._classify_fresh(records, type_, action.sudo().name)
            interactions._log([event for record in left for event in capture._automation_events(action, record, type_)])

    @api.model
    def _automation_retry(self, records, action_id):
        self._automation(self.env["ir.actions.server"].browse(action_id), records)

    @api.model
    def _automation_events(self, action, record, type_):
        for contact in record._mail_get_partners()[record.id].filtered(self.env["crm.interaction.people"]._is_client)[
            :1
        ]:
            yield self._prepare_document_event(
                "automation",
                record,
                contact,
                key=f"{record._name},{record.id},automation,{action.id},{self.env.cr.now():%Y-%m-%d %H:%M:%S.%f}",
                company=record._mail_get_companies(default=self._own_company())[record.id],
                channel="other",
                type_id=type_.id,
            )


def message_payload(record, message, recipients):
    """Return what a retry needs to read the message again, as JSON."""
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
