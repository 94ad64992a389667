import itertools
from typing import NamedTuple

from odoo import api, fields, models, tools
from odoo.tools import SQL
from odoo.tools.constants import PREFETCH_MAX
from odoo.tools.mail import email_normalize

from .people import is_mere_supplier
from .settled_cache import settled_cache

FACTS = """
    SELECT person.id, person.create_date = %s, person.partner_share, client.id, person.is_outsourcing_client,
           client.supplier_rank, client.customer_rank, COALESCE(person.email_normalized = ANY(%s), FALSE),
           person.interaction_accountant_id
      FROM res_partner person
      JOIN res_partner client ON client.id = COALESCE(person.commercial_partner_id, person.id)
     WHERE person.id = ANY(%s)
"""
FACT_FIELDS = (
    "partner_share",
    "commercial_partner_id",
    "is_outsourcing_client",
    "supplier_rank",
    "customer_rank",
    "email_normalized",
    "interaction_accountant_id",
)
MANY = 100_000
"""So many people are remembered at most: some tens of megabytes."""


class PartnerFacts(NamedTuple):
    """What capture needs to know of a partner.

    :param is_outside: whether it is no partner of the staff.
    :param client_id: id of its commercial partner, 0 when there is none.
    :param is_marked: whether it is marked as outsourcing client.
    :param is_supplier: whether its commercial partner is a supplier and no customer.
    :param is_own_address: whether its address is one of the firm's own.
    :param user_id: id of the accountant of its client.
    """

    is_outside: bool = False
    client_id: int = 0
    is_marked: bool = False
    is_supplier: bool = False
    is_own_address: bool = False
    user_id: int | None = None


NOBODY = PartnerFacts()
OWN_FACTS = "interaction_partner_facts"
"""Where a transaction keeps those that only it knows; rolling back to a savepoint empties that place."""


class CrmInteractionPeople(models.AbstractModel):
    """Who is a client, who is staff: asked of everybody whom an event concerns."""

    _name = "crm.interaction.people"
    _description = "Clients and Staff"

    @api.model
    @settled_cache()
    def _own_partner_ids(self):
        """Return the ids of the partners of all companies of the database (cached)."""
        # sudo: a company is no client of itself, whoever may see it
        companies = self.env["res.company"].sudo().with_context(active_test=False).search(fields.Domain.TRUE)
        return frozenset(companies.partner_id.ids)

    @api.model
    @settled_cache()
    def _technical_partner_ids(self):
        """Return the ids of the partners behind visitors whom nobody knows, and of the template of portal users: they
        stand for anybody, hence for no client (cached)."""
        # sudo: the poster may be a customer on the portal
        users = self.env["res.users"].sudo().with_context(active_test=False)
        technical = users.search([("group_ids", "in", self.env.ref("base.group_public").id)])
        technical |= self.env.ref("base.template_portal_user_id", raise_if_not_found=False) or users
        return frozenset(technical.partner_id.ids)

    @api.model
    @settled_cache()
    def _own_addresses(self):
        """Return the addresses of the firm itself, normalized: of its companies, and of the mailboxes that Odoo reads.

        Where such a mailbox is no alias, Odoo takes it for somebody to answer to, and makes a contact of it (cached).
        """
        # sudo: the poster may be a customer on the portal
        companies = self.env["res.partner"].sudo().browse(self._own_partner_ids())
        servers = self.env["fetchmail.server"].sudo().with_context(active_test=False)
        mailboxes = servers.search([("user", "!=", False)]).mapped("user")
        found = [*companies.mapped("email_normalized"), *map(email_normalize, mailboxes)]
        return [address for address in found if address]

    @api.model
    @settled_cache()
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
        """Say whether ``partner`` (one or none) is a client: neither staff nor one of the database's own companies,
        no mere supplier or mailbox of the firm, and marked as a client where the company wants that."""
        return bool(self._client_of(partner, company))

    @api.model
    def _client_of(self, partner, company=None):
        """Return the id of the client (commercial partner) whose contact ``partner`` is, 0 when :meth:`_is_client`
        says no."""
        if not partner or partner.id in self._staff_by_partner() or partner.id in self._technical_partner_ids():
            return 0
        facts = self._facts(partner)
        if not facts.is_outside or facts.client_id in self._own_partner_ids():
            return 0
        if facts.is_marked:
            return facts.client_id
        wants_all = (company or self.env.company)._interaction_settings()["interaction_clients"] == "all"
        return facts.client_id if wants_all and not facts.is_supplier and not facts.is_own_address else 0

    @api.model
    def _with_client(self, events):
        """Note person, client, responsible and document of ``events``; what an automation does on a document that is
        no client's is no contact."""
        for event in events:
            event.vals |= {**event.ids, "commercial_partner_id": event.client_id}
        return [e for e in events if e.client_id or e.code != "automation" or e.drop("the document is no client's")]

    @api.model
    def _client_id(self, partner):
        """Return the id of the commercial partner of ``partner`` (one or none), 0 when there is none."""
        return self._facts(partner).client_id

    @api.model
    def _client_user(self, partner):
        """Return the member of staff (``res.users``) who looks after ``partner`` (one or none), possibly none."""
        return self.env["res.users"].browse(self._facts(partner).user_id or ())

    @api.model
    def _facts(self, partner):
        """Return the ``PartnerFacts`` of ``partner`` (one or none), mostly without asking the database."""
        id_ = partner.id
        if not id_:
            return NOBODY
        own, shared = self._known_facts()
        return own.get(id_) or shared.get(id_) or self._read_facts(partner, own, shared).get(id_, NOBODY)

    @api.model
    @tools.ormcache()
    def _shared_facts(self):
        """Return ``{partner id: PartnerFacts}`` of whom capture had to do with lately; it is filled as they come.

        It lives until any worker changes such facts of anybody (``res_partner.py``), or empties its caches.
        """
        return {}

    @api.model
    def _known_facts(self):
        """Return ``(own, shared)``: what only this transaction knows, and what all do.

        Its own are of whom it has created, and of all when it may have changed facts: ``shared`` is then the same
        dict. It may be undone, also in part, and no other may see them before it ends.
        """
        shared = self._shared_facts()
        since, own = self.env.cr.cache.get(OWN_FACTS, (None, None))
        if since is not shared:
            own = {}
            self.env.cr.cache[OWN_FACTS] = shared, own
        return own, own if self.env.registry.cache_invalidated else shared

    @api.model
    def _read_facts(self, partner, own, shared):
        """Return the facts of ``partner`` and of those it is read together with, in one query; remember them."""
        if len(shared) > MANY:
            shared.clear()
        prefetch = itertools.islice(partner._prefetch_ids, PREFETCH_MAX)
        ids = [id_ for id_ in prefetch if id_ and id_ not in own and id_ not in shared]
        self.env["res.partner"].flush_model(FACT_FIELDS)
        self.env.cr.execute(SQL(FACTS, self.env.cr.now(), self._own_addresses(), [partner.id, *ids]))
        found = {}
        for id_, is_new, is_outside, client_id, is_marked, *ranks, is_own_address, user_id in self.env.cr.fetchall():
            facts = PartnerFacts(is_outside, client_id, is_marked, is_mere_supplier(*ranks), is_own_address, user_id)
            found[id_] = (own if is_new else shared)[id_] = facts
        return found

    @api.model
    def _forget_facts(self, partners=None):
        """Have facts read again, those of ``partners`` (sudo) and their people, else of all: this transaction from
        now on, all others when it has ended.

        Its first change empties Odoo's caches, further ones cost nothing: many contacts may be imported at once.
        Whom it has created itself nobody else knows. What changes of the firm's own companies, such as their
        addresses, may concern anybody.
        """
        self.env.cr.cache.pop(OWN_FACTS, None)
        is_own = partners and not self._own_partner_ids().isdisjoint(partners._ids)
        if partners and not is_own and all(partner.create_date == self.env.cr.now() for partner in partners):
            return
        registry = self.env.registry
        if is_own or "default" not in registry.cache_invalidated:
            registry.clear_cache()
            self.env.cr.postcommit.add(registry.clear_cache)  # another thread may have read the old ones meanwhile
