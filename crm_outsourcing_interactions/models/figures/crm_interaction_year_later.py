from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

YEAR = relativedelta(years=1)


class CrmInteraction(models.Model):
    """Find the interactions of the same months a year ago, whatever period a filter names."""

    _inherit = "crm.interaction"

    date_year_later = fields.Datetime(
        "Date a Year Later",
        compute="_compute_date_year_later",
        search="_search_date_year_later",
        help="Finds the interactions of a year before, e.g. those of May 2025 for May 2026.",
    )

    @api.depends("date")
    def _compute_date_year_later(self):
        for interaction in self:
            interaction.date_year_later = interaction.date and interaction.date + YEAR

    @api.model
    def _search_date_year_later(self, operator, value):
        if operator not in ("<", "<=", ">", ">="):
            return NotImplemented
        return Domain("date", operator, fields.Datetime.to_datetime(value) - YEAR)
