from odoo import fields, models


class MailActivity(models.Model):
    """Link an activity to the failed scheduled work that it reports."""

    _inherit = "mail.activity"

    interaction_job = fields.Char(
        "Failed Scheduled Action",
        readonly=True,
        copy=False,
        help="External ID of the failed scheduled action.",
    )
