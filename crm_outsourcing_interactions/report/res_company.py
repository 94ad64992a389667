from odoo import fields, models


class ResCompany(models.Model):
    """Who gets the report book each month."""

    _inherit = "res.company"

    interaction_book_user_ids = fields.Many2many(
        "res.users",
        "crm_interaction_book_recipient_rel",
        string="Monthly Report Book",
        domain="[('share', '=', False)]",
        help="They get the report book of the past month by mail, each with what he or she may see.",
    )
    interaction_book_sent = fields.Date("Month of the Last Report Book", readonly=True, prefetch=False)
