from contextlib import contextmanager

from odoo import api, fields, models, tools

from .events import Event, document_key
from .message_reader import MessageReader, responsible

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
        """Keep a fault as a *Capture Problem* instead of raising it: the mail goes out, the invoice is posted.

        :param prepare_payload: called after a fault only; returns what a retry needs, as JSON.
        """
        try:
            yield
        except Exception as error:
            self.env["crm.interaction.problem"]._keep(error, [prepare_payload()])

    @api.model
    @tools.ormcache()
    def _own_partner_ids(self):
        """Return the ids of the partners of all companies of the database (cached)."""
        # sudo: a company is no client of itself, whoever may see it
        companies = self.env["res.company"].sudo().with_context(active_test=False).search([])
        return frozenset(companies.partner_id.ids)

    @api.model
    def _is_client(self, partner):
        """Say whether ``partner`` (one, sudo) is neither staff nor one of the database's own companies."""
        return bool(
            partner
            and partner.partner_share
            and partner.commercial_partner_id.id not in self._own_partner_ids()
        )

    @api.model
    def _message(self, record, message, msg_vals, recipients):
        """Capture one posted message; see ``MessageReader`` for the parameters."""
        if not record or self.env.context.get("interaction_skip"):
            return
        with self._never_block(lambda: message_payload(record, message, recipients)):
            record = record.sudo()  # a portal user may post on what he may not read
            if not record._interaction_is_captured():
                return
            if event := MessageReader(record, message.sudo(), msg_vals, recipients).event():
                self.env["crm.interaction"]._log([event])

    @api.model
    def _invoices(self, code, moves):
        """Capture what happened to customer invoices: ``invoice_posted``, ``invoice_sent``, ``invoice_paid``."""
        self._documents(code, moves.filtered(lambda move: move.move_type in INVOICE_TYPES))

    @api.model
    def _documents(self, code, records):
        """Log the event ``code`` for each of ``records`` (recordset) that has a client, in one batch."""
        if not records:
            return
        payload = {"code": code, "model": records._name, "ids": records.ids}
        with self._never_block(lambda: payload):
            records = records.sudo()  # the portal user who triggers it has no rights
            events = [self._prepare_document_event(code, r) for r in records if self._is_client(r.partner_id)]
            if events:
                self.env["crm.interaction"]._log(events)

    @api.model
    def _prepare_document_event(self, code, record):
        return Event(
            code=code,
            record=record,
            key=document_key(record, code),
            partner=record.partner_id,
            company=record.company_id or self.env.company,
            user=responsible(record, record.partner_id),
            date=self.env.context.get("interaction_date") or fields.Datetime.now(),
            subject=record.display_name,
        )


def message_payload(record, message, recipients):
    """Return what a retry needs to read the message again, as JSON."""
    names = ("id", "share", "notif", "email_normalized")
    kept = [{name: recipient.get(name) for name in names} for recipient in recipients]
    return {"model": record._name, "ids": record.ids, "message_id": message.id, "recipients": kept}
