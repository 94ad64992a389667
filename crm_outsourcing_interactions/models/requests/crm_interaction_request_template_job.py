from odoo import Command, api, fields, models
from odoo.fields import Domain

from .periods import last_period

JOB = "cron_request_lists"


class CrmInteractionRequestTemplate(models.Model):
    """Make the lists of templates that are made automatically, for each client for whom they can be."""

    _inherit = "crm.interaction.request.template"

    failed_ids = fields.Many2many(
        "res.partner", "crm_interaction_request_template_failed_rel", "template_id", "partner_id", "Lists Not Made For",
        readonly=True, copy=False, help="Clients for whom the last lists could not be made; the job tries daily.",
    )  # fmt: skip

    @api.model
    def _cron_make(self):
        """Make the lists that are made automatically."""
        job, companies = self.env["crm.interaction.job"], self.env["res.company"].search(Domain.TRUE)
        for done, company in enumerate(companies, 1):
            errors = job._errors_of(JOB, company, lambda company=company: self._make_last_periods(company))
            job._report(JOB, company, errors)
            self.env["ir.cron"]._commit_progress(1, remaining=len(companies) - done)

    @api.model
    def _make_last_periods(self, company):
        """Make the lists for the last period that are due in ``company`` and not made yet; return the errors (list).

        Of lists that were made, only those of clients for whom it failed are tried again.
        """
        today, errors = company._interaction_today(), []
        due = Domain("is_automatic", "=", True) & Domain("month_day", "<=", today.day)
        for template in self.search(due & Domain("company_id", "=", company.id)):
            period, is_due = last_period(today, template.period_length), template._is_due(today)
            clients = template._automatic_clients(company, period)
            if not is_due:
                clients &= template.failed_ids
            if is_due or (template.failed_ids and template.made_for == period):
                found = template._make_each(clients, period, company)
                failed = clients.browse(client.id for client in found)
                template._by_code().write({"made_for": period, "failed_ids": [Command.set(failed.ids)]})
                errors += set(found.values())
        return errors

    def _make_each(self, clients, period, company):
        """Make lists as :meth:`_make` does, after an error client by client; return ``{client: error}``."""
        job = self.env["crm.interaction.job"]
        error = job._error_of(JOB, company, lambda: self._make(clients, period, company))
        if not error or len(clients) < 2 or job._is_conflict(error):
            return dict.fromkeys(clients, error) if error else {}
        return {
            failed: error for client in clients for failed, error in self._make_each(client, period, company).items()
        }

    def _automatic_clients(self, company, period):
        """Return the clients for whom lists are made automatically."""
        return self._fitting(self._under_contract(company), period) if self.is_for_all else self.partner_ids
