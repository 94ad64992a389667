from odoo import api, models

from ...events.marks import mark


class MailMail(models.Model):
    """Capture mails made from a template before sending, after which many are deleted."""

    _inherit = "mail.mail"

    @api.model_create_multi
    def create(self, vals_list):
        mails = super().create(vals_list)
        if mark(self.env, "interaction_template"):
            self.env["crm.interaction.capture"]._template_mails(mails, vals_list)
        return mails
