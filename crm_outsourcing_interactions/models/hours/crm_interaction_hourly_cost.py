from datetime import date
from functools import partial

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ..optional import timesheets

EVER = date(1900, 1, 1)
"""Before any interaction: the first known cost also counts for the months before it was recorded."""


class CrmInteractionHourlyCost(models.Model):
    """Keep each user's hourly cost by month, so that a rise leaves the cost of past months as it was.

    The employees of Odoo have one hourly cost, the present one. A daily scheduled action compares it with the last one
    recorded and records a difference from the current month on. Contact hours read these records, in SQL and for those
    who may see the cost of contact; only administrators see them, to correct a wrong one.
    """

    _name = "crm.interaction.hourly.cost"
    _description = "Hourly Cost"
    _order = "company_id, user_id, month desc"

    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade")
    user_id = fields.Many2one("res.users", required=True, readonly=True, index=True, ondelete="cascade")
    month = fields.Date(required=True, readonly=True)
    valid_from = fields.Char(compute="_compute_valid_from")
    currency_id = fields.Many2one(related="company_id.currency_id")
    hourly_cost = fields.Monetary(help="Cost of a working hour from this month on, until the next one of this user.")

    _once_a_month = models.UniqueIndex(
        "(company_id, user_id, month)", "This user already has an hourly cost from this month."
    )

    @api.depends("month")
    @api.depends_context("lang")
    def _compute_valid_from(self):
        for cost in self:
            is_first = cost.month == EVER
            cost.valid_from = self.env._("The beginning") if is_first else format_date(self.env, cost.month)

    def write(self, vals):
        """Write ``vals`` and record a correction by an administrator as a method change, without the amount."""
        res = super().write(vals)
        if not self.env.su:
            for company in self.company_id:
                self.env["crm.interaction.method.change"]._note(
                    f"hourly_cost,{company.id}", "recorded", "corrected", partial(self._prepare_change_vals, company)
                )
        return res

    @api.model
    def _prepare_change_vals(self, company, _before, _after):
        return {
            "name": lambda lang: self.with_context(lang=lang).env._("Hourly costs corrected"),
            "effect": "changed",
            "company_id": company.id,
        }

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
        # sudo: only administrators have access, whoever runs the scheduled action
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
