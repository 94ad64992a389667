from odoo import api, fields, models
from odoo.tools import SQL

from ...events.local_time import first_of_month

MONTH = "date_trunc('month', timezone(%s, timezone('UTC', date)))::date"


class CrmInteraction(models.Model):
    """Store the month of an interaction, so that monthly figures need no conversion of time zones.

    It is the month in the company's time zone, the same for every reader.
    """

    _inherit = "crm.interaction"

    month = fields.Date(
        compute="_compute_month",
        store=True,
        precompute=True,
        help="First day of the month of the interaction, in the time zone of the company (see the settings).",
    )

    _month_by_pages = models.Index("USING brin (month) WITH (pages_per_range = 32, autosummarize = on)")
    """BRIN suits rows stored in order of date: it finds the pages of a month at minimal cost."""

    @api.depends("date", "company_id")
    def _compute_month(self):
        for interaction in self:
            zone = interaction.company_id._origin._interaction_zone()
            interaction.month = first_of_month(interaction.date, zone) if interaction.date else False

    @api.model
    def _move_months(self, companies):
        """Recompute the months of all interactions of ``companies`` in their time zones, in one statement each."""
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
