from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Show the recipients of the monthly summary report, see ``res.company``."""

    _inherit = "res.config.settings"

    interaction_summary_report_user_ids = fields.Many2many(
        related="company_id.interaction_summary_report_user_ids", readonly=False
    )
