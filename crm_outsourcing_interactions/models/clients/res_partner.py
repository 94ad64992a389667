from odoo import api, models

from .crm_interaction_client_rows import CLIENT


class ResPartner(models.Model):
    """Keep the rows of *Clients* in step with the contacts."""

    _inherit = "res.partner"

    @api.constrains("parent_id", "company_id", "is_outsourcing_client", "interaction_own_accountant_id")
    def _sync_interaction_clients(self):
        """Give new clients their rows at once, and take those of former clients away.

        New contacts that are no clients cost no query.
        """
        now = self.env.cr.now()
        self.env["crm.interaction.client"]._sync(
            self.filtered(lambda partner: partner.create_date != now or partner._interaction_is_listed())
        )

    def _interaction_is_listed(self):
        """Return whether one contact is listed under *Clients*."""
        return not self.parent_id and bool(self.sudo().filtered_domain(CLIENT))  # sudo: as the list itself

    def _interaction_served_by(self, companies):
        """Return ``{client: those of the companies that serve it}`` of those of these contacts that are clients."""
        clients = self.filtered(lambda partner: partner._interaction_is_listed())
        contacted = self.env["crm.interaction"]._read_group(
            [("commercial_partner_id", "in", clients.ids)], ["commercial_partner_id", "company_id"]
        )
        by_client = dict.fromkeys(clients, companies.browse())
        for client, company in contacted:
            by_client[client] |= company
        return {client: client._interaction_places_among(companies, places) for client, places in by_client.items()}

    def _interaction_places_among(self, companies, contacted):
        """Return those of ``companies`` that serve one client, of whom the companies ``contacted`` had interactions."""
        own = self.company_id
        if not own:
            return contacted & companies if contacted else companies
        return (own | contacted.filtered(lambda company: own in company.parent_ids)) & companies
