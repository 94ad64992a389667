from odoo import fields, models

from ...capture.hooks.rating_rating import polarity_of
from ...events.reasons import because


class CrmInteraction(models.Model):
    """Add the value of a rating beside its polarity."""

    _inherit = "crm.interaction"

    rating_value = fields.Float(
        "Rating",
        readonly=True,
        copy=False,
        aggregator="avg",
        help="Client's rating from 1 to 5, e.g. 4; groups show the mean.",
    )

    def _correct_rating(self, event):
        """Update the value, and the polarity unless a user has changed it."""
        before = self.rating_value
        if before == event.rating_value:
            return
        vals = {"rating_value": event.rating_value}
        if (self.polarity or "") == polarity_of(before):
            vals["polarity"] = event.polarity
        if self.classified_by != "person":
            vals["why"] = because("rating_corrected", before=before, now=event.rating_value)
        self.write(vals)
