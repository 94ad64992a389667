import babel.dates

from odoo import models
from odoo.tools.misc import get_lang


class CrmInteractionMonthNames(models.AbstractModel):
    """Name groups of months in the nominative, like headings, not in the genitive that Odoo uses for dates."""

    _name = "crm.interaction.month.names"
    _description = "Names of Months"

    def _web_read_group_groupby_formatter(self, groupby_spec, values):
        formatter = super()._web_read_group_groupby_formatter(groupby_spec, values)
        if "." in groupby_spec or not groupby_spec.endswith(":month"):
            return formatter
        locale = get_lang(self.env).code

        def named(value):
            group, domain = formatter(value)
            if value:
                group = (group[0], babel.dates.format_date(value, "LLLL yyyy", locale=locale))
            return group, domain

        return named
