from odoo import api, models
from odoo.fields import Domain


class ResPartner(models.Model):
    """Tell whose contract lasts, has begun or has ended on a day."""

    _inherit = "res.partner"

    @api.model
    def _interaction_under_contract(self, first, last=None):
        """Return the domain of partners that are clients on any day from ``first`` to ``last`` (dates; by default the
        same day)."""
        begun = Domain("interaction_client_from", "=", False) | Domain("interaction_client_from", "<=", last or first)
        return begun & self._interaction_contract_lasts(first)

    @api.model
    def _interaction_contract_lasts(self, day):
        """Return the domain of partners whose contract has not ended before ``day``, begun or not."""
        return Domain("interaction_client_until", "=", False) | Domain("interaction_client_until", ">=", day)

    def _interaction_is_former(self, company):
        """Return whether the contract of the client of this person (or client) with ``company`` has ended."""
        client, lasts = self.commercial_partner_id, self._interaction_contract_lasts(company._interaction_today())
        return bool(client) and not client.filtered_domain(lasts)
