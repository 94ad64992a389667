import functools
from datetime import date

import pytz

from odoo import api, fields, models
from odoo.tools import SQL

MONTH = "date_trunc('month', timezone(%s, timezone('UTC', date)))::date"
SAFE_DAYS = 2, 27
"""From the first to the last of these days the month is the same everywhere on earth."""


@functools.cache
def _zone(name):
    return pytz.timezone(name)


def first_of_month(moment, zone):
    """Return the first day of the month of a moment (UTC, without zone) where ``zone`` is the local time.

    >>> from datetime import datetime
    >>> first_of_month(datetime(2026, 10, 31, 23, 30), "Europe/Brussels")
    datetime.date(2026, 11, 1)
    """
    if SAFE_DAYS[0] <= moment.day <= SAFE_DAYS[1]:
        return date(moment.year, moment.month, 1)
    return pytz.utc.localize(moment).astimezone(_zone(zone)).date().replace(day=1)


class CrmInteraction(models.Model):
    """The month in which a contact counts: stored, so that figures by month need no arithmetic with time zones.

    It is the month in the company's time zone, the same for every reader.
    """

    _inherit = "crm.interaction"

    month = fields.Date(
        compute="_compute_month",
        store=True,
        precompute=True,
        help="First day of the month of the contact, in the time zone of the company (see the settings).",
    )

    @api.depends("date", "company_id")
    def _compute_month(self):
        for interaction in self:
            zone = interaction.company_id._origin._interaction_zone()
            interaction.month = first_of_month(interaction.date, zone) if interaction.date else False

    @api.model
    def _prepare_interaction_vals(self, event):
        vals = super()._prepare_interaction_vals(event)
        vals["month"] = first_of_month(fields.Datetime.to_datetime(vals["date"]), event.settings["interaction_tz"])
        return vals

    @api.model
    def _move_months(self, companies):
        """Count all contacts of ``companies`` in the months of their present time zone, in one statement each."""
        self.flush_model(["date", "company_id", "month"])
        for company in companies:
            month = SQL(MONTH, company._interaction_zone())
            self.env.cr.execute(
                SQL(
                    "UPDATE crm_interaction SET month = %s WHERE company_id = %s AND month IS DISTINCT FROM %s",
                    month,
                    company.id,
                    month,
                )
            )
        self.invalidate_model(["month"], flush=False)
