from odoo import api, fields, models

from . import targets

OF_TYPES = (*sorted({*targets.PERCENTS} - {*targets.ANSWERS}), "type_count")
"""Measures that depend on types and hence on the classification."""


class CrmInteractionIndicator(models.Model):
    """Add the certainty of a value: the range that holds for any outcome of the review.

    The verdict is that of the range. Range and certainty appear beside the value, their parts in the tooltip.
    """

    _inherit = "crm.interaction.indicator"

    value_low = fields.Float("Value, at Least", readonly=True, aggregator=None)
    value_high = fields.Float("Value, at Most", readonly=True, aggregator=None)
    is_exact = fields.Boolean(
        "Exact", readonly=True, default=True, help="All interactions behind the value are reviewed."
    )
    is_never = fields.Boolean(
        "Never So Far",
        readonly=True,
        help="No interaction of this type yet; the value is the minimum time without one.",
    )
    confirmed_n = fields.Integer("Confirmed", readonly=True, aggregator=None)
    suggested_n = fields.Integer("Suggested", readonly=True, aggregator=None)
    unclassified_n = fields.Integer("Unclassified", readonly=True, aggregator=None)
    range_text = fields.Char("Range", compute="_compute_range_texts")
    parts_text = fields.Char("All Purposes", compute="_compute_range_texts")
    verdict_text = fields.Char("Why No Verdict", compute="_compute_range_texts")

    @api.depends(
        "value_low", "value_high", "is_exact", "is_never", "has_value", "confirmed_n", "suggested_n", "unclassified_n"
    )
    @api.depends("n", "zone", "measure", "target_id.minimum_sample")
    @api.depends_context("lang")
    def _compute_range_texts(self):
        for indicator in self:
            indicator.range_text = indicator.has_value and indicator._range_text()
            indicator.parts_text = indicator._parts_text()
            indicator.verdict_text = indicator.zone == "none" and indicator._verdict_text()

    def _range_text(self):
        """Return range and certainty, e.g. *6.1 – 9.4 % · bounds*, or the certainty alone."""
        return self.env._("exact") if self.is_exact else f"{self._bounds_text()} · {self.env._('bounds')}"

    def _bounds_text(self):
        """Return lower and upper bound of the value, e.g. *6.1–9.4 %* or *at least 86 days*."""
        if self.is_never:
            return self.env._("at least %s", self.target_id._value_text(self.value_low))
        scale = 100 if self.measure in targets.PERCENTS else 1
        low, high = self.target_id._number_text(scale * self.value_low), self.target_id._value_text(self.value_high)
        return f"{low}–{high}"

    def _parts_text(self):
        """Return the numbers of confirmed, suggested and unclassified purposes of the measuring period as text, and how
        many of them are the sample."""
        parts = []
        if self.measure in OF_TYPES:
            parts += [self.env._("Confirmed: %s", self.confirmed_n), self.env._("Suggested: %s", self.suggested_n)]
            parts.append(self.env._("Unclassified: %s", self.unclassified_n))
        if self.measure in targets.RATIOS:
            parts.append(self.env._("of these in the base: %s", self.n))
        if self.measure in targets.ANSWERS:
            parts.append(self.env._("Matters: %s", self.n))
        if self.measure == "type_count":
            parts.append(self.env._("of these of this type: %s", self.n))
        return " · ".join(parts)

    def _zone_note(self, limits):
        """Return why a value off target is merely near the limit (str); empty for others.

        :param limits: ``targets.Limits`` of the indicator.
        """
        if self.zone != "yellow" or not self.has_value or limits.side(self.value)[0] != "red":
            return ""
        if self.is_exact:
            return self.env._("The month is not over")
        return self.env._("Part of the range is near the limit")

    def _verdict_text(self):
        """Return why there is no verdict as text."""
        if not self.has_value:
            return self.env._("No data")
        least = self.target_id.minimum_sample
        if self.measure in targets.ANSWERS and self.n < least:
            return self.env._("Too few matters: %(number)s of %(least)s", number=self.n, least=least)
        if self.measure in targets.PERCENTS and self.n < least:
            return self.env._("Too few interactions: %(number)s of %(least)s", number=self.n, least=least)
        if self.measure in targets.ANSWERS:
            return self.env._("Too many questions are still unanswered")
        if self.is_never:
            return self.env._("Never so far, not overdue yet")
        if not self.is_exact:
            return self.env._("Complete the review first. Left to review: %s", self.suggested_n + self.unclassified_n)
        return self.env._("The month is not over")
