from odoo import fields, models


class ResUsers(models.Model):
    """Let users turn off the single-character keys of the review queue, which speech input presses by accident."""

    _inherit = "res.users"

    interaction_letter_keys = fields.Boolean(
        "Letter Keys in Review",
        default=True,
        help="Letters and digits act in the review queue, e.g. x for Not an Interaction. Arrows and Enter always do.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, "interaction_letter_keys"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, "interaction_letter_keys"]
