from odoo import fields, models


class MailActivity(models.Model):
    """An activity may be about scheduled work that failed."""

    _inherit = "mail.activity"

    interaction_job = fields.Char(
        "Failed Scheduled Action",
        readonly=True,
        copy=False,
        help="The external name of a scheduled action that failed.",
    )
