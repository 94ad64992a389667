from odoo import api, models

from ...events.marks import marked

UNSENT_METHODS = {"manual", "email"}
"""Ways that do not tell that an invoice was sent: what is mailed counts by the mail, for whom that reaches."""
LETTER_METHODS = {"snailmail"}
"""Ways that leave out, without a word, whoever has no address for them; others have sent it by now, or failed."""


class AccountMoveSend(models.AbstractModel):
    """Tells capture of invoices and credit notes sent, by whatever way."""

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
        """Say whether ``move`` was sent by a way other than mail; ``data`` is the dict of it that Odoo sends by.
        Extend it for ways of your own that may leave out a client."""
        methods = set(data["sending_methods"] or ()) - UNSENT_METHODS
        letters = methods & LETTER_METHODS
        return bool(methods - letters) or any(self._is_applicable_to_move(way, move, **data) for way in letters)
