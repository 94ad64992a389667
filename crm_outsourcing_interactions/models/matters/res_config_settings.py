from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Show the response time of the company."""

    _inherit = "res.config.settings"

    interaction_response_hours = fields.Float(related="company_id.interaction_response_hours", readonly=False)
