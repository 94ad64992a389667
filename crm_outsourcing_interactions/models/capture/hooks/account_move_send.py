from odoo import api, models

from ...events.marks import marked

UNSENT_METHODS = {"manual", "email"}
"""Sending methods not captured here: a mailed invoice counts by its mail and the reached recipients."""
LETTER_METHODS = {"snailmail"}
"""Methods that silently skip partners without address; others have sent the invoice by now, or failed."""


class AccountMoveSend(models.AbstractModel):
    """Capture invoices and credit notes sent by any method."""

    _inherit = "account.move.send"

    @api.model
    def _send_mail(self, move, mail_template, **kwargs):
        event = "credit_note_sent" if move.move_type == "out_refund" else "invoice_sent"
        return super()._send_mail(marked(move, "interaction_event", event), mail_template, **kwargs)

    @api.model
    def _hook_if_success(self, moves_data, from_cron=False):
        res = super()._hook_if_success(moves_data, from_cron=from_cron)
        sent = [move.id for move, data in moves_data.items() if self._interaction_is_sent(move, data)]
        self.env["crm.interaction.capture"]._invoices("sent", self.env["account.move"].browse(sent))
        return res

    @api.model
    def _interaction_is_sent(self, move, data):
        """Return whether ``move`` was sent by a method other than mail. Extend it for methods that may skip a client.

        :param dict data: Odoo's sending data of the move.
        """
        methods = set(data["sending_methods"] or ()) - UNSENT_METHODS
        letters = methods & LETTER_METHODS
        return bool(methods - letters) or any(self._is_applicable_to_move(way, move, **data) for way in letters)
