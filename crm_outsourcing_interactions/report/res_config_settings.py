from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Who gets the report book each month, see ``res.company``."""

    _inherit = "res.config.settings"

    interaction_book_user_ids = fields.Many2many(related="company_id.interaction_book_user_ids", readonly=False)
