from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import date_utils


class CrmInteraction(models.Model):
    """The filter *Comparable Only*."""

    _inherit = "crm.interaction"

    counted_months = fields.Integer(
        "Counted in the Same Way For (Months)",
        compute="_compute_counted_months",
        search="_search_counted_months",
        aggregator=None,
        help="Finds the contacts whose source was counted throughout that many months until today.",
    )

    def _compute_counted_months(self):
        """It is there to be searched for; a contact alone has no period."""
        self.counted_months = 0

    @api.model
    def _search_counted_months(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self.env.company._interaction_today()
        periods = (date_utils.subtract(today, months=months) for months in value)
        return Domain.OR(self.env["crm.interaction.method.change"]._like_for_like(start, today) for start in periods)
