import itertools

from odoo import api, models, tools
from odoo.fields import Domain
from odoo.tools.constants import PREFETCH_MAX

CLIENT_FIELDS = [
    "partner_share",
    "commercial_partner_id",
    "is_outsourcing_client",
    "supplier_rank",
    "customer_rank",
    "user_id",
]
"""What tells whether somebody is a client; a whole contact costs several times as much to read."""


class CrmInteractionCapture(models.AbstractModel):
    """Who is a client, who is staff: asked of everybody whom an event concerns."""

    _inherit = "crm.interaction.capture"

    @api.model
    @tools.ormcache()
    def _own_partner_ids(self):
        """Return the ids of the partners of all companies of the database (cached)."""
        # sudo: a company is no client of itself, whoever may see it
        companies = self.env["res.company"].sudo().with_context(active_test=False).search([])
        return frozenset(companies.partner_id.ids)

    @api.model
    @tools.ormcache()
    def _staff_by_partner(self):
        """Return ``{partner id: user id}`` of the staff (cached).

        Odoo forgets it when a user is archived, deleted or gets other groups. A partner that is not in it
        may still be that of a new user.
        """
        # sudo: the poster may be a customer on the portal
        staff = self.env["res.users"].sudo().search_fetch([("share", "=", False)], ["partner_id"], order="id desc")
        return {user.partner_id.id: user.id for user in staff}

    @api.model
    def _staff_user(self, partner):
        """Return the member of staff (``res.users``) whose partner it is, possibly none."""
        if user_id := self._staff_by_partner().get(partner.id):
            return self.env["res.users"].browse(user_id)
        return partner.user_ids.filtered(lambda user: not user.share)[:1]

    @api.model
    def _is_client(self, partner, company=None):
        """Say whether ``partner`` (one, sudo) is a client: neither staff nor one of the database's own
        companies, no mere supplier, and marked as a client where the company wants that."""
        if not partner or partner.id in self._staff_by_partner() or partner._cache.get("partner_share") is False:
            return False
        self._read_clients(partner)
        if not partner.partner_share or partner.commercial_partner_id.id in self._own_partner_ids():
            return False
        if partner.is_outsourcing_client:
            return True
        is_supplier = partner.commercial_partner_id.supplier_rank and not partner.commercial_partner_id.customer_rank
        return (company or self.env.company)._interaction_settings()["interaction_clients"] == "all" and not is_supplier

    @api.model
    def _read_clients(self, partner):
        """Read the ``CLIENT_FIELDS`` of ``partner``, of those it is read together with, and of their companies:
        one query for all of them."""
        if all(name in partner._cache and name in partner.commercial_partner_id._cache for name in CLIENT_FIELDS):
            return
        ids = list(dict.fromkeys([partner.id, *itertools.islice(partner._prefetch_ids, PREFETCH_MAX)]))
        if "commercial_partner_id" in partner._cache:
            known = partner.browse(id_ for id_ in ids if "commercial_partner_id" in partner.browse(id_)._cache)
            (known | known.commercial_partner_id).fetch(CLIENT_FIELDS)
            return
        family = Domain("id", "in", ids) | Domain("child_ids", "in", ids)
        partner.with_context(active_test=False).search_fetch(family, CLIENT_FIELDS, order="id")
