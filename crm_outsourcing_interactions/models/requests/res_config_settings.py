from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Show when letters about request lists go."""

    _inherit = "res.config.settings"

    interaction_letter_weekday = fields.Selection(related="company_id.interaction_letter_weekday", readonly=False)
    interaction_letter_reminders = fields.Integer(related="company_id.interaction_letter_reminders", readonly=False)
