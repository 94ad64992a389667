from odoo import api, models

from ...events.keys import document_key
from ...events.marks import without_requested
from ...events.reasons import because
from ..record.crm_interaction_known import CANCELLED
from .crm_interaction_undone import reaches_outside

POSTED = "invoice_posted"
"""Stands for credit notes too: an invoice is issued once, under one key."""


class CrmInteraction(models.Model):
    """Take back interactions of confirmed invoices and credit notes that are cancelled or deleted.

    If the document was mailed to the client, its interaction remains. Otherwise it is ignored, with a record, and
    restored when the document is confirmed again, unless a user has marked it as “Not an interaction”.
    """

    _inherit = "crm.interaction"

    @api.model
    def _take_back_documents(self, moves):
        """Ignore what ``moves`` (``account.move``) were counted as, unless they were mailed."""
        issued = moves.filtered(lambda move: move.posted_before and move.is_sale_document(include_receipts=True))
        if not issued:
            return
        payload = {"method": "_take_back_documents", "model": moves._name, "ids": issued.ids}
        with self.env["crm.interaction.capture.error"]._never_block(lambda: payload):
            issued = without_requested(issued.sudo())  # whoever cancels them may have no right here
            self._cancel([document_key(move, POSTED) for move in issued - mailed(issued)])

    @api.model
    def _cancel(self, keys):
        why = because("cancelled_document")
        domain = [("origin_key", "in", keys), ("state", "!=", "ignored"), ("event", "=like", "%_posted")]
        for interaction in self._everything().search(domain):
            interaction.write({"state": "ignored", "origin_key": interaction.origin_key + CANCELLED, "why": why})

    def _is_cancelled(self):
        """Return whether it is ignored only as long as its document is cancelled."""
        return (self.origin_key or "").endswith(CANCELLED)


def mailed(moves):
    """Return those of ``moves`` (sudo) whose mail reached somebody outside; it owns the documents attached to it."""
    env = moves.env
    messages = env["mail.message"].search([("model", "=", moves._name), ("res_id", "in", moves.ids)])
    attached = env["ir.attachment"].search([("res_model", "=", "mail.message"), ("res_id", "in", messages.ids)])
    mails = messages.browse(set(attached.mapped("res_id")))
    nothing_undone = env["mail.mail"]
    left = mails.filtered(lambda mail: any(reaches_outside(n, nothing_undone) for n in mail.notification_ids))
    return moves.browse(set(left.mapped("res_id")))
