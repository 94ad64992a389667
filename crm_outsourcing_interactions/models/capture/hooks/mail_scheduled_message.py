from odoo import api, models


class MailScheduledMessage(models.Model):
    """Keeps the type that the writer chose until the message leaves."""

    _inherit = "mail.scheduled.message"

    @api.model
    def _notification_parameters_whitelist(self):
        return super()._notification_parameters_whitelist() | {"interaction_type_id"}
