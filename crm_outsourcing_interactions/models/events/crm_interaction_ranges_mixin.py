import math
from datetime import date, datetime, time, timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

SEQUENCES = (-1_000_000, 1_000_000)
"""Places in a list."""
FIRST_DAY = date(2000, 1, 1)
"""No interaction is older."""
DAYS = FIRST_DAY, date(2099, 12, 31)
FIRST_MOMENT = datetime.combine(FIRST_DAY, time.min)
AHEAD = timedelta(days=7)
"""How far ahead a contact may lie, such as an invoice that bears the date of its due day."""
"""Days of a period of interactions: a year of two digits, or 9999, is a slip."""


class CrmInteractionRangesMixin(models.AbstractModel):
    """Numbers and dates that a person types lie within bounds, told by name before the database sees them.

    10^12 days, NaN, or the year 1 broke every form and pivot that computes with them; as an integer, PostgreSQL's own
    error is all that one would read::

        _ranges = {"window_months": (1, 12), "date_from": DAYS}
    """

    _name = "crm.interaction.ranges.mixin"
    _description = "Numbers and Dates within Bounds"
    _ranges = {}

    @api.model_create_multi
    def create(self, vals_list):
        """Create records.

        :raises ValidationError: when a number or date is out of its range.
        """
        for vals in vals_list:
            self._check_ranges(vals)
        return super().create(vals_list)

    def write(self, vals):
        """Write ``vals``.

        :raises ValidationError: when a number or date is out of its range.
        """
        self._check_ranges(vals)
        return super().write(vals)

    @api.model
    def _check_ranges(self, vals):
        for name in self._ranges.keys() & vals.keys():
            low, high = self._ranges[name]
            is_within = is_day_within if isinstance(low, date) else is_number_within
            if not is_within(vals[name], low, high):
                raise ValidationError(
                    self.env._(
                        "“%(field)s” must be between %(low)s and %(high)s.",
                        field=self._fields[name]._description_string(self.env),
                        low=self._bound_text(low),
                        high=self._bound_text(high),
                    )
                )

    @api.model
    def _bound_text(self, bound):
        return format_date(self.env, bound) if isinstance(bound, date) else f"{bound:,}"


def is_number_within(value, low, high):
    """
    >>> is_number_within(3, 1, 12), is_number_within(float("nan"), 1, 12), is_number_within(False, 0, 12)
    (True, False, True)
    """
    value = value or 0
    return isinstance(value, int | float) and not math.isnan(value) and low <= value <= high


def is_day_within(value, low, high):
    """An empty date is within all bounds; what is no date at all is within none.

    >>> [is_day_within(value, *DAYS) for value in ("2026-10-01", "0001-01-01", "9999-12-31", "x", False)]
    [True, False, False, False, True]
    """
    try:
        day = fields.Date.to_date(value or None)
    except (TypeError, ValueError):
        return False
    return not day or low <= day <= high
