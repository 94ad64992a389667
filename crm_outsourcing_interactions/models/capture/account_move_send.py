from odoo import api, models

from ..events.marks import marked

UNSENT_METHODS = {"manual"}


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
        sent = [move.id for move, data in moves_data.items() if set(data["sending_methods"] or ()) - UNSENT_METHODS]
        self.env["crm.interaction.capture"]._invoices("sent", self.env["account.move"].browse(sent))
        return res
