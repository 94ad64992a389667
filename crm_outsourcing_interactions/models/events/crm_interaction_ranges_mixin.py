import math

from odoo import api, models
from odoo.exceptions import ValidationError

SEQUENCES = (-1_000_000, 1_000_000)
"""Places in a list."""


class CrmInteractionRangesMixin(models.AbstractModel):
    """Numbers that a person types lie within bounds, told by name before the database sees them.

    10^12 days, or NaN, broke every form and pivot that computes with them; as an integer, PostgreSQL's own error is all
    that one would read::

        _ranges = {"window_months": (1, 12)}
    """

    _name = "crm.interaction.ranges.mixin"
    _description = "Numbers within Bounds"
    _ranges = {}

    @api.model_create_multi
    def create(self, vals_list):
        """Create records.

        :raises ValidationError: when a number is out of its range.
        """
        for vals in vals_list:
            self._check_ranges(vals)
        return super().create(vals_list)

    def write(self, vals):
        """Write ``vals``.

        :raises ValidationError: when a number is out of its range.
        """
        self._check_ranges(vals)
        return super().write(vals)

    @api.model
    def _check_ranges(self, vals):
        for name in self._ranges.keys() & vals.keys():
            low, high = self._ranges[name]
            value = vals[name] or 0
            if not isinstance(value, int | float) or math.isnan(value) or not low <= value <= high:
                raise ValidationError(
                    self.env._(
                        "“%(field)s” must be between %(low)s and %(high)s.",
                        field=self._fields[name]._description_string(self.env),
                        low=f"{low:,}",
                        high=f"{high:,}",
                    )
                )
