from odoo import models

from ...events.marks import marked


class MailTemplate(models.Model):
    """Mark mails made directly from a template, without a message on the document."""

    _inherit = "mail.template"

    def send_mail_batch(self, *args, **kwargs):
        reports = bool(self.report_template_ids)  # they are attached after the mails are created
        self = marked(marked(self, "interaction_template"), "interaction_reports", reports)
        return super().send_mail_batch(*args, **kwargs)
