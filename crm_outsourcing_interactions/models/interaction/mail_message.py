from odoo import models


class MailMessage(models.Model):
    """Takes the interactions along when messages are moved."""

    _inherit = "mail.message"

    def write(self, vals):
        res = super().write(vals)
        if {"model", "res_id"} & vals.keys():
            self.env["crm.interaction"]._follow_messages(self)
        return res
