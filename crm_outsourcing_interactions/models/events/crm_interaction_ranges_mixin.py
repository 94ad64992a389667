import math
from datetime import date, datetime, time, timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

SEQUENCES = (-1_000_000, 1_000_000)
"""Bounds of a ``sequence``."""
FIRST_DAY = date(2000, 1, 1)
"""Earliest date of an interaction."""
FIRST_MOMENT = datetime.combine(FIRST_DAY, time.min)
AHEAD = timedelta(days=7)
"""How far in the future an interaction may be dated, e.g. an invoice dated on its due date."""
DAYS = FIRST_DAY, date(2099, 12, 31)
"""Bounds of the days of a period: a two-digit year, or 9999, is a typing error."""


class CrmInteractionRangesMixin(models.AbstractModel):
    """Check typed numbers and dates against bounds, with an error that names the field.

    Values like 10^12 days, NaN or the year 1 broke every form and pivot computing with them; integers out of range
    would raise a raw PostgreSQL error::

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
    """Return whether a number is between ``low`` and ``high``; NaN is not, an empty value counts as 0.

    >>> is_number_within(3, 1, 12), is_number_within(float("nan"), 1, 12), is_number_within(False, 0, 12)
    (True, False, True)
    """
    value = value or 0
    return isinstance(value, int | float) and not math.isnan(value) and low <= value <= high


def is_day_within(value, low, high):
    """Return whether a date is between ``low`` and ``high``; an empty one is, an invalid one is not.

    >>> [is_day_within(value, *DAYS) for value in ("2026-10-01", "0001-01-01", "9999-12-31", "x", False)]
    [True, False, False, False, True]
    """
    try:
        day = fields.Date.to_date(value or None)
    except (TypeError, ValueError):
        return False
    return not day or low <= day <= high
