from odoo import Command, api, models
from odoo.fields import Domain

CLIENT = ["|", ("is_outsourcing_client", "=", True), ("interaction_own_accountant_id", "!=", False)]


class CrmInteractionClient(models.Model):
    """Keep one row for each client and company that serves it.

    A client of a company, or of one of its branches, is served there. One of no company is served by those that had an
    interaction with it; before the first one, by all.
    """

    _inherit = "crm.interaction.client"

    @api.model
    def _sync(self, partners, companies=None):
        """Create missing and delete superfluous rows of ``partners``.

        :param companies: those whose rows are considered, by default all.
        """
        if not partners:
            return
        # sudo: whoever makes a contact a client need not read the other companies
        rows, partners = self.sudo().with_context(active_test=False), partners.sudo()
        companies = companies or rows.env["res.company"].search(Domain.TRUE)
        stored = rows.search([("partner_id", "in", partners.ids), ("company_id", "in", companies.ids)])
        have = {(row.partner_id, row.company_id): row for row in stored}
        wanted = {
            (partner, company)
            for partner, places in partners._interaction_served_by(companies).items()
            for company in places
        }
        rows.browse().union(*(row for key, row in have.items() if key not in wanted)).unlink()
        missing = sorted(wanted - have.keys(), key=lambda key: (key[0].id, key[1].id))
        rows._by_code().create([{"partner_id": partner.id, "company_id": company.id} for partner, company in missing])

    @api.model
    def _sync_company(self, company):
        """Keep the rows of one company; returns those of active contacts."""
        partners = self.env["res.partner"].with_context(active_test=False)
        rows = self.with_context(active_test=False).search([("company_id", "=", company.id)])
        self._sync(partners.search(Domain(CLIENT) & Domain("parent_id", "=", False)) | rows.partner_id, company)
        return self.search([("company_id", "=", company.id)])

    def _set_services(self, by_partner):
        """Store the services of these rows' clients (``{partner id: service ids}``) where they changed."""
        for row in self:
            services = by_partner.get(row.partner_id.id, [])
            if set(services) != set(row.service_ids.ids):
                row._by_code().service_ids = [Command.set(services)]
