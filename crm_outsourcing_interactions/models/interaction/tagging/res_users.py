from odoo import fields, models

from ...events.res_company_settings import PREFETCH

PREFERENCES = ["interaction_letter_keys", "interaction_badge_names", "interaction_type_order"]
"""Fields that users write of their own, all sent with the page."""


class ResUsers(models.Model):
    """Add what each user prefers: the single-character keys of the review queue, which speech input presses by
    accident, and how much badges show."""

    _inherit = "res.users"

    interaction_letter_keys = fields.Boolean(
        "Letter Keys in Review",
        default=True,
        help="Letters and digits act in the review queue, e.g. x for Not an Interaction. Arrows and Enter always do.",
        groups="base.group_user",
        prefetch=PREFETCH,
    )

    interaction_badge_names = fields.Boolean(
        "Types on Badges",
        help="Badges below messages show the name of the type, e.g. “1.1.2 Request within the contract”. Without it, "
        "the name appears while the pointer is over the badge.",
        groups="base.group_user",
        prefetch=PREFETCH,
    )

    interaction_type_order = fields.Json(
        help="Order of the types in the review queue, which gives each its number: IDs of types, with the client "
        "opinion.",
        groups="base.group_user",
        prefetch=PREFETCH,
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, *PREFERENCES]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, *PREFERENCES]
