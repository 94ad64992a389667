from odoo import api, models

from ...events.marks import mark


class MailMail(models.Model):
    """Tells capture of mails made from a template before they leave: many are deleted then."""

    _inherit = "mail.mail"

    @api.model_create_multi
    def create(self, vals_list):
        mails = super().create(vals_list)
        if mark(self.env, "interaction_template"):
            self.env["crm.interaction.capture"]._template_mails(mails, vals_list)
        return mails
