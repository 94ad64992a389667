from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The numbers of the company from which on there is a recommendation, see ``res.company``."""

    _inherit = "res.config.settings"

    interaction_burden_number = fields.Integer(related="company_id.interaction_burden_number", readonly=False)
    interaction_burden_weeks = fields.Integer(related="company_id.interaction_burden_weeks", readonly=False)
    interaction_bundling_number = fields.Integer(related="company_id.interaction_bundling_number", readonly=False)
    interaction_bundling_days = fields.Integer(related="company_id.interaction_bundling_days", readonly=False)
    interaction_bundling_same_user = fields.Boolean(related="company_id.interaction_bundling_same_user", readonly=False)
    interaction_recommendation_quiet_days = fields.Integer(
        related="company_id.interaction_recommendation_quiet_days", readonly=False
    )
    interaction_contact_share = fields.Float(related="company_id.interaction_contact_share", readonly=False)
    interaction_timesheets = fields.Selection(
        related="company_id.interaction_timesheets", readonly=False, required=True
    )
