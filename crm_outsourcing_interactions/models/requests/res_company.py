from odoo import fields, models

from ..events.res_company_settings import SETTING

WEEKDAYS = [
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
    ("4", "Friday"),
]
MOST_REMINDERS = 5


class ResCompany(models.Model):
    """Store when letters about request lists go, and how often clients are reminded."""

    _inherit = "res.company"

    interaction_letter_weekday = fields.Selection(
        WEEKDAYS,
        "Day of Letters",
        default="0",
        **SETTING,
        help="Day on which each person gets one letter with all outstanding documents, e.g. Monday; on a holiday or in "
        "a reporting week, the next working day. Empty: letters are sent by hand only; weekly news goes on Mondays.",
    )
    interaction_letter_reminders = fields.Integer(
        "Reminders",
        default=2,
        **SETTING,
        help="Maximum number of letters about the same document after the first one, e.g. 2. Then the accountant gets "
        "an activity.",
    )
    interaction_letter_week = fields.Date(
        "Last Week of Letters",
        readonly=True,
        copy=False,
        prefetch=False,
        groups="base.group_user",
        help="Monday of the last week whose letters have all been sent.",
    )

    _interaction_letter_reminders = models.Constraint(
        f"CHECK (interaction_letter_reminders BETWEEN 0 AND {MOST_REMINDERS})",
        "Enter a number of reminders between 0 and 5.",
    )
