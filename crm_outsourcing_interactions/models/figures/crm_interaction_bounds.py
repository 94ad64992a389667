from odoo import api, fields, models

BOUNDS = ("improvement_low", "improvement_high", "additional_low", "additional_high", "open_share")


class CrmInteraction(models.Model):
    """How far the figures can be trusted: what awaits review, and the bounds that it leaves.

    A suggestion that nobody has reviewed is no knowledge. The lowest value counts only what is reviewed; for the
    highest, everything else could belong there; see ``measures.Lowest`` and ``Highest`` for the exact definitions.
    Without data there is no bound (``NULL``).
    """

    _inherit = "crm.interaction"

    open_count = fields.Integer(
        "To Review",
        compute="_compute_open_counts",
        aggregator="sum",
        help="Interactions that await review, with a suggested type or without a type.",
    )
    open_contact_count = fields.Integer("Contacts to Review", compute="_compute_open_counts", aggregator="sum")
    open_duration = fields.Float("Hours to Review", compute="_compute_open_counts", aggregator="sum")
    unclassified_count = fields.Integer(
        "Unclassified", compute="_compute_open_counts", aggregator="sum", help="Interactions without a type."
    )
    open_share = fields.Float(
        "To Review, Share",
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
        """A single interaction has none; the measures live in groups only."""
        self.update(dict.fromkeys(BOUNDS, False))

    @api.depends("state", "kind_id", "split_from_id", "duration")
    def _compute_open_counts(self):
        for interaction in self:
            is_open = interaction.state == "to_review" or not interaction.kind_id
            interaction.open_count = int(is_open)
            interaction.open_contact_count = int(is_open and not interaction.split_from_id)
            interaction.open_duration = interaction.duration if is_open else 0.0
            interaction.unclassified_count = int(not interaction.kind_id)
