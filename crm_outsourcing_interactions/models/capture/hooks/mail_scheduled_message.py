from odoo import api, models


class MailScheduledMessage(models.Model):
    """Keep the type chosen by the writer until the message is sent."""

    _inherit = "mail.scheduled.message"

    @api.model
    def _notification_parameters_whitelist(self):
        return super()._notification_parameters_whitelist() | {"interaction_type_id"}
