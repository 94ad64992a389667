from odoo import api, models

from ...events.event import document_key
from ...events.marks import without_requested
from .crm_interaction_undone import reaches_outside

POSTED = "invoice_posted"
"""Stands for credit notes too: an invoice is issued once, under one key."""


class CrmInteractionCapture(models.AbstractModel):
    """Invoices and credit notes that were counted when they were confirmed, and are cancelled or deleted.

    One that was mailed to the client was a contact and stays. One that the client never got was none.
    """

    _inherit = "crm.interaction.capture"

    @api.model
    def _cancelled(self, moves):
        """Take out of all figures what ``moves`` (``account.move``) were counted as, unless they were mailed."""
        self._with_issued("_cancelled", moves, lambda issued: issued - mailed(issued), "_take_back_documents")

    @api.model
    def _confirmed_again(self, moves):
        """Put back what :meth:`_cancelled` took out."""
        self._with_issued("_confirmed_again", moves, lambda issued: issued, "_put_back_documents")

    @api.model
    def _with_issued(self, method, moves, choose, then):
        issued = moves.filtered(lambda move: move.posted_before and move.is_sale_document(include_receipts=True))
        if not issued:
            return
        with self._never_block(lambda: {"method": method, "model": moves._name, "ids": issued.ids}):
            chosen = choose(without_requested(issued.sudo()))  # whoever cancels them may have no right here
            getattr(self.env["crm.interaction"], then)([document_key(move, POSTED) for move in chosen])


def mailed(moves):
    """Return those of ``moves`` (sudo) whose mail reached somebody outside; it owns the documents attached to it."""
    env = moves.env
    messages = env["mail.message"].search([("model", "=", moves._name), ("res_id", "in", moves.ids)])
    attached = env["ir.attachment"].search([("res_model", "=", "mail.message"), ("res_id", "in", messages.ids)])
    mails = messages.browse(set(attached.mapped("res_id")))
    nothing_undone = env["mail.mail"]
    left = mails.filtered(lambda mail: any(reaches_outside(n, nothing_undone) for n in mail.notification_ids))
    return moves.browse(set(left.mapped("res_id")))
