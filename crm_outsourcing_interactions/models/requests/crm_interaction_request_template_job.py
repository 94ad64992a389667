from odoo import api, models
from odoo.fields import Domain

from .periods import last_period

JOB = "cron_request_lists"


class CrmInteractionRequestTemplate(models.Model):
    """Make the lists of templates that are made automatically, for each client for whom they can be."""

    _inherit = "crm.interaction.request.template"

    @api.model
    def _cron_make(self):
        """Make the lists that are made automatically."""
        companies = self.env["res.company"].search(Domain.TRUE)
        for done, company in enumerate(companies, 1):
            self.env["crm.interaction.job"]._report(JOB, company, self._make_last_periods(company))
            self.env["ir.cron"]._commit_progress(1, remaining=len(companies) - done)

    @api.model
    def _make_last_periods(self, company):
        """Make the lists for the last period that are due in ``company`` and not made yet; return the errors (list)."""
        today, errors = company._interaction_today(), []
        due = Domain("is_automatic", "=", True) & Domain("month_day", "<=", today.day)
        for template in self.search(due & Domain("company_id", "=", company.id)):
            if template._is_due(today):
                period = last_period(today, template.period_length)
                found = template._make_each(template._automatic_clients(company, period), period, company)
                template._by_code().made_for = template.made_for if found else period
                errors += found
        return errors

    def _make_each(self, clients, period, company):
        """Make lists as :meth:`_make` does, after an error client by client; return the errors (list)."""
        job = self.env["crm.interaction.job"]
        error = job._error_of(JOB, company, lambda: self._make(clients, period, company))
        if not error or len(clients) < 2 or job._is_conflict(error):
            return [error] if error else []
        return [error for client in clients for error in self._make_each(client, period, company)]

    def _automatic_clients(self, company, period):
        """Return the clients for whom lists are made automatically."""
        return self._fitting(self._under_contract(company), period) if self.is_for_all else self.partner_ids
