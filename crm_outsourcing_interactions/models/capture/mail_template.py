from odoo import models


class MailTemplate(models.Model):
    """Tells capture that mails are made directly from a template, without a message on the document."""

    _inherit = "mail.template"

    def send_mail_batch(self, *args, **kwargs):
        return super(MailTemplate, self.with_context(interaction_template=True)).send_mail_batch(*args, **kwargs)
