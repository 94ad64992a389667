from odoo import fields, models

from ..events.res_company_settings import SETTING as COMPANY_SETTING

SETTING = {**COMPANY_SETTING, "prefetch": "interaction_recommendations"}
"""Attributes of a setting that only the search for recommendations reads."""


TIMESHEETS = [
    ("all", "All work, including interactions"),
    ("work", "Technical work only"),
]


class ResCompany(models.Model):
    """Store the thresholds for recommendations: numbers of interactions with a client (0: never) and time spans."""

    _name = "res.company"
    _inherit = ["res.company", "crm.interaction.ranges.mixin"]
    _ranges = {
        "interaction_burden_number": (0, 10_000),
        "interaction_burden_weeks": (1, 520),
        "interaction_bundling_number": (0, 10_000),
        "interaction_bundling_days": (1, 366),
        "interaction_once_number": (0, 10_000),
        "interaction_recommendation_quiet_days": (0, 3660),
        "interaction_contact_share": (0, 1),
        "interaction_suggest_threshold": (0, 1),
        "interaction_confirm_precision": (0, 1),
    }

    interaction_burden_number = fields.Integer("Requests for Source Data", default=6, **SETTING)
    interaction_burden_weeks = fields.Integer("Weeks", default=4, **SETTING)
    interaction_bundling_number = fields.Integer("Interactions", default=3, **SETTING)
    interaction_bundling_days = fields.Integer("Days", default=3, **SETTING)
    interaction_bundling_same_user = fields.Boolean(
        "Same Responsible",
        default=True,
        **SETTING,
        help="Bundles only interactions of the same responsible; otherwise those of all colleagues.",
    )
    interaction_once_number = fields.Integer("Messages for One Request", default=5, **SETTING)
    interaction_recommendation_quiet_days = fields.Integer(
        "Snooze Days",
        default=60,
        **SETTING,
        help="How long a recommendation is snoozed for a client after someone has dealt with it.",
    )

    interaction_contact_share = fields.Float("Expected Share of Contact", default=0.25, **SETTING)
    interaction_timesheets = fields.Selection(
        TIMESHEETS,
        string="Timesheet Content",
        default="all",
        required=True,
        **SETTING,
        help="Work that staff enter in their timesheets, e.g. technical work only.",
    )

    _interaction_recommendation_numbers = models.Constraint(
        "CHECK (interaction_burden_number >= 0 AND interaction_burden_weeks >= 1 "
        "AND interaction_bundling_number >= 0 AND interaction_bundling_number <> 1 "
        "AND interaction_once_number >= 0 AND interaction_once_number <> 1 "
        "AND interaction_bundling_days >= 1 AND interaction_recommendation_quiet_days >= 0)",
        "Enter at least one week or day, and at least two interactions or messages; 0 disables a recommendation.",
    )
