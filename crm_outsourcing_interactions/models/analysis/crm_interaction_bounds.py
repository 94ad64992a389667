from odoo import fields, models


class CrmInteraction(models.Model):
    """How far the two ratios can be trusted: the part to classify, and the bounds that it leaves.

    See ``MEASURES`` for the exact definitions. Without data there is no bound (``NULL``); with a base of zero, a
    ratio has no upper bound.
    """

    _inherit = "crm.interaction"

    unclassified_share = fields.Float(
        "To Classify, Share",
        compute="_compute_bounds",
        aggregator="avg",
        help="Interactions without a type, divided by all.",
    )
    improvement_low = fields.Float(
        "Improvements / Base, at Least",
        compute="_compute_bounds",
        aggregator="avg",
        help="The ratio if all contacts to classify belong to the base.",
    )
    improvement_high = fields.Float(
        "Improvements / Base, at Most",
        compute="_compute_bounds",
        aggregator="avg",
        help="The ratio if all contacts to classify are improvements.",
    )
    additional_low = fields.Float(
        "Additional Services / Base, at Least",
        compute="_compute_bounds",
        aggregator="avg",
        help="The ratio if all contacts to classify belong to the base.",
    )
    additional_high = fields.Float(
        "Additional Services / Base, at Most",
        compute="_compute_bounds",
        aggregator="avg",
        help="The ratio if all contacts to classify are additional services.",
    )

    def _compute_bounds(self):
        """A single contact has none; the measures live in groups only."""
        self.improvement_low = self.improvement_high = False
        self.additional_low = self.additional_high = self.unclassified_share = False
