from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import date_utils

from ..events.crm_interaction_ranges_mixin import is_number_within

MONTHS = 0, 300
"""Minimum and maximum number of months in a search."""


class CrmInteraction(models.Model):
    """Implement the filter *Comparable Only*."""

    _inherit = "crm.interaction"

    counted_months = fields.Integer(
        "Comparable Months",
        compute="_compute_counted_months",
        search="_search_counted_months",
        aggregator=None,
        help="Finds interactions whose source has been counted for this many months up to today, e.g. 12.",
    )

    def _compute_counted_months(self):
        """Leave the field empty: it exists for searching only, as a single interaction has no period."""
        self.counted_months = 0

    @api.model
    def _search_counted_months(self, operator, value):
        if operator != "in":
            return NotImplemented
        if not all(is_number_within(months, *MONTHS) for months in value):
            raise UserError(self.env._("Enter a number of months between %(low)s and %(high)s.", low=0, high=MONTHS[1]))
        today = self.env.company._interaction_today()
        periods = (date_utils.subtract(today, months=int(months)) for months in value)
        return Domain.OR(self.env["crm.interaction.method.change"]._comparable(start, today) for start in periods)


class CrmInteractionMatter(models.Model):
    """Limit matters to those of which every interaction was counted throughout a period."""

    _inherit = "crm.interaction.matter"

    counted_months = fields.Integer(
        "Comparable Months",
        compute="_compute_counted_months",
        search="_search_counted_months",
        aggregator=None,
        help="Finds matters all of whose interactions come from sources counted for this many months up to today, e.g. "
        "12.",
    )

    def _compute_counted_months(self):
        """Leave the field empty, as that of interactions."""
        self.counted_months = 0

    @api.model
    def _search_counted_months(self, operator, value):
        comparable = self.env["crm.interaction"]._search_counted_months(operator, value)
        if comparable is NotImplemented:
            return NotImplemented
        # any!: an interaction that the reader does not see is in the number, too
        return ~Domain("interaction_ids", "any!", ~comparable)
