from datetime import date

from odoo import api, fields, models
from odoo.fields import Domain

from ..optional import timesheets

EVER = date(1900, 1, 1)
"""Before any interaction: the first known cost also counts for the months before it was recorded."""


class CrmInteractionHourlyCost(models.Model):
    """Keep each user's hourly cost by month, so that a rise leaves the cost of past months as it was.

    The employees of Odoo have one hourly cost, the present one. A daily scheduled action compares it with the last one
    recorded and records a difference from the current month on. Only contact hours read these records, in SQL and for
    those who may see the cost of contact; nobody has access to them.
    """

    _name = "crm.interaction.hourly.cost"
    _description = "Hourly Cost"
    _order = "company_id, user_id, month desc"

    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    user_id = fields.Many2one("res.users", required=True, index=True, ondelete="cascade")
    month = fields.Date("Valid From", required=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    hourly_cost = fields.Monetary()

    _once_a_month = models.UniqueIndex(
        "(company_id, user_id, month)", "This user already has an hourly cost from this month."
    )

    @api.model
    def _cron_record(self):
        """Record the hourly costs of each company; without Odoo's hourly costs, nothing."""
        if timesheets.has_hourly_costs(self.env):
            companies = self.env["res.company"].search(Domain.TRUE)
            self.env["crm.interaction.job"]._for_each_company("cron_hourly_costs", companies, self._record)

    @api.model
    def _record(self, company):
        """Record the hourly costs of ``company`` that differ from the last ones recorded.

        Who is no longer an employee has no cost from then on.
        """
        # sudo: nobody has access, whoever runs the scheduled action
        recorded = self.sudo().search([("company_id", "=", company.id)], order="month")
        last = {cost.user_id.id: cost for cost in recorded}
        present = timesheets.hourly_costs(company)
        for user_id in last.keys() | present.keys():
            cost = present.get(user_id, 0.0)
            if company.currency_id.compare_amounts(cost, last[user_id].hourly_cost if user_id in last else 0.0):
                self.sudo()._store(company, user_id, last.get(user_id), cost)

    @api.model
    def _store(self, company, user_id, last, cost):
        """Record ``cost`` from the current month on; the first cost of a user from :data:`EVER` on.

        :param last: the user's last record, ``None`` if there is none.
        """
        month = company._interaction_today().replace(day=1) if last else EVER
        if last and last.month == month:
            last.hourly_cost = cost
        else:
            self.create({"company_id": company.id, "user_id": user_id, "month": month, "hourly_cost": cost})
