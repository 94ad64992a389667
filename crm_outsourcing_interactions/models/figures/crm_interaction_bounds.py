from odoo import api, fields, models

BOUNDS = ("improvement_low", "improvement_high", "additional_low", "additional_high", "open_share")


class CrmInteraction(models.Model):
    """Add the number of interactions to review and the resulting bounds of the figures.

    Unreviewed suggestions are uncertain: the lower bound counts only reviewed interactions, the upper bound assumes
    that all others belong to the numerator. See ``measures.Lowest`` and ``Highest`` for the exact definitions.
    Without data the bounds are ``NULL``.
    """

    _inherit = "crm.interaction"

    open_count = fields.Integer(
        "To Review",
        compute="_compute_open_counts",
        aggregator="sum",
        help="Interactions that await review, with a suggested type or without a type.",
    )
    open_interaction_count = fields.Integer("Interactions to Review", compute="_compute_open_counts", aggregator="sum")
    open_duration = fields.Float("Hours to Review", compute="_compute_open_counts", aggregator="sum")
    unclassified_count = fields.Integer(
        "Unclassified", compute="_compute_open_counts", aggregator="sum", help="Interactions without a type."
    )
    open_share = fields.Float(
        "Share to Review",
        compute="_compute_bounds",
        aggregator="avg",
        help="Interactions that await review, with a suggested type or without a type, divided by all.",
    )
    improvement_low = fields.Float(
        "Improvements / Base, at Least",
        compute="_compute_bounds",
        aggregator="avg",
        help="The ratio if everything to review belongs to the base.",
    )
    improvement_high = fields.Float(
        "Improvements / Base, at Most",
        compute="_compute_bounds",
        aggregator="avg",
        help="The ratio if everything to review is an improvement.",
    )
    additional_low = fields.Float(
        "Additional Services / Base, at Least",
        compute="_compute_bounds",
        aggregator="avg",
        help="The ratio if everything to review belongs to the base.",
    )
    additional_high = fields.Float(
        "Additional Services / Base, at Most",
        compute="_compute_bounds",
        aggregator="avg",
        help="The ratio if everything to review is an additional service.",
    )

    def _compute_bounds(self):
        """Leave the bounds of single interactions empty; they exist in groups only."""
        self.update(dict.fromkeys(BOUNDS, False))

    @api.depends("state", "kind_id", "split_from_id", "duration")
    def _compute_open_counts(self):
        for interaction in self:
            is_open = interaction.state == "to_review" or not interaction.kind_id
            interaction.open_count = int(is_open)
            interaction.open_interaction_count = int(is_open and not interaction.split_from_id)
            interaction.open_duration = interaction.duration if is_open else 0.0
            interaction.unclassified_count = int(not interaction.kind_id)
