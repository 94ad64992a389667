from odoo import fields, models


class ResCompany(models.Model):
    """Store the recipients of the monthly summary report."""

    _inherit = "res.company"

    interaction_summary_report_user_ids = fields.Many2many(
        "res.users",
        "crm_interaction_summary_report_recipient_rel",
        string="Monthly Summary Report",
        domain="[('share', '=', False)]",
        help="Users who receive last month's summary report by mail; each gets only the data they may see.",
        groups="base.group_user",
    )
    interaction_summary_report_sent = fields.Date(
        "Month of the Last Summary Report", readonly=True, prefetch=False, groups="base.group_user"
    )
