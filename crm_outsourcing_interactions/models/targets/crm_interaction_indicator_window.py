from odoo import api, fields, models
from odoo.tools.misc import format_date

from . import targets


class CrmInteractionIndicator(models.Model):
    """Add the months over which a value is measured, since windows of different length give different values."""

    _inherit = "crm.interaction.indicator"

    window_months = fields.Integer(
        "Months",
        readonly=True,
        aggregator=None,
        help="Number of months that the value is measured over; 0 for the time since the last interaction.",
    )
    window_text = fields.Char(
        "Measured Over",
        compute="_compute_window_text",
        help="Months measured, without those before the client's contract. In averages, the current month counts by "
        "its days.",
    )

    @api.depends("month", "window_months")
    @api.depends_context("lang")
    def _compute_window_text(self):
        for indicator in self:
            indicator.window_text = indicator._window_text() if indicator.window_months else False

    def _window_text(self):
        """Return the months as text, e.g. *Sep–Nov 2026*."""
        last = self.month
        first = targets.months_back(last, self.window_months)[-1]
        end = format_date(self.env, last, date_format="LLL y")
        if first == last:
            return end
        if first.year == last.year:
            return f"{format_date(self.env, first, date_format='LLL')}–{end}"
        return f"{format_date(self.env, first, date_format='LLL y')} – {end}"
