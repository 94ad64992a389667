import itertools

from odoo import api, fields, models, tools
from odoo.tools import SQL
from odoo.tools.constants import PREFETCH_MAX

from .partner_facts import FACT_FIELDS, FACTS, NOBODY, PartnerFacts
from .people import is_mere_supplier
from .settled_cache import settled_cache

MANY = 100_000
"""Maximum number of partners in the cache: some tens of megabytes."""
OWN_FACTS = "interaction_partner_facts"
"""Key of the transaction's own cache, which a rollback to a savepoint clears."""
FORGOTTEN = "interaction_facts_forgotten"
"""Key of the transaction's data, set when the caches will be cleared after it."""


class CrmInteractionPeople(models.AbstractModel):
    """Identify clients and staff among the partners of an event, with cached facts."""

    _name = "crm.interaction.people"
    _description = "Clients and Staff"

    @api.model
    @settled_cache()
    def _own_partner_ids(self):
        """Return the ids of the partners of all companies of the database (cached)."""
        # sudo: a company is never its own client, whatever the reader may see
        companies = self.env["res.company"].sudo().with_context(active_test=False).search(fields.Domain.TRUE)
        return frozenset(companies.partner_id.ids)

    @api.model
    @settled_cache()
    def _technical_partner_ids(self):
        """Return the ids of the partners of public users and of the portal user template (cached).

        They represent anybody, hence no client.
        """
        # sudo: the poster may be a customer on the portal
        users = self.env["res.users"].sudo().with_context(active_test=False)
        technical = users.search([("group_ids", "in", self.env.ref("base.group_public").id)])
        technical |= self.env.ref("base.template_portal_user_id", raise_if_not_found=False) or users
        return frozenset(technical.partner_id.ids)

    @api.model
    @settled_cache()
    def _staff_by_partner(self):
        """Return ``{partner id: user id}`` of the staff (cached).

        Odoo invalidates it when a user is archived, deleted or changes groups. A partner missing here may still belong
        to a new user.
        """
        # sudo: the poster may be a customer on the portal
        staff = self.env["res.users"].sudo().search_fetch([("share", "=", False)], ["partner_id"], order="id desc")
        return {user.partner_id.id: user.id for user in staff}

    @api.model
    def _staff_user(self, partner):
        """Return the member of staff (``res.users``) with this partner, possibly none."""
        if user_id := self._staff_by_partner().get(partner.id):
            return self.env["res.users"].browse(user_id)
        return partner.user_ids.filtered(lambda user: not user.share)[:1]

    @api.model
    def _is_client(self, partner, company=None):
        """Return whether ``partner`` (one or none) is a client.

        Staff, companies of the database, mere suppliers and mailboxes of the firm are not. Depending on the company's
        setting, a client must be a customer, or marked as a client.
        """
        return bool(self._client_of(partner, company))

    @api.model
    def _client_of(self, partner, company=None):
        """Return the id of the client (commercial partner) of ``partner``, 0 unless :meth:`_is_client`.

        Partners of other companies are no clients of ``company``.
        """
        if not partner or partner.id in self._staff_by_partner() or partner.id in self._technical_partner_ids():
            return 0
        facts = self._facts(partner)
        if not facts.is_outside or facts.client_id in self._own_partner_ids():
            return 0
        if facts.company_id and company and facts.company_id not in (company.id, *company.parent_ids._ids):
            return 0
        if facts.is_marked:
            return facts.client_id
        wanted = (company or self.env.company)._interaction_settings()["interaction_clients"]
        is_wanted = wanted != "marked" and (facts.is_customer or (wanted == "all" and not facts.is_supplier))
        return facts.client_id if is_wanted and not facts.is_own_address else 0

    @api.model
    def _is_outsider(self, partner):
        """Return whether ``partner`` (one) is neither staff nor the firm nor any visitor; it may be a client."""
        if partner.id in self._staff_by_partner() or partner.id in self._technical_partner_ids():
            return False
        facts = self._facts(partner)
        return facts.is_outside and not facts.is_own_address and facts.client_id not in self._own_partner_ids()

    @api.model
    def _is_supplier(self, partner):
        """Return whether ``partner`` (one or none) is a supplier but not a customer."""
        return self._facts(partner).is_supplier

    @api.model
    def _shares_address(self, partner):
        """Return whether people of other commercial partners have the address of ``partner`` (one or none) too."""
        return self._facts(partner).shares_address

    @api.model
    def _is_single(self, partner):
        """Return whether ``partner`` is a person who belongs to no client, with no sign of being one."""
        return self._facts(partner).is_single

    @api.model
    def _with_client(self, events):
        """Set person, client, responsible and document of ``events``.

        Drop events of automations on documents without a client.
        """
        for event in events:
            event.vals |= {**event.ids, "commercial_partner_id": event.client_id}
        return [e for e in events if e.client_id or e.code != "automation" or e.drop("no_client")]

    @api.model
    def _client_id(self, partner):
        """Return the id of the commercial partner of ``partner`` (one or none), 0 without one."""
        return self._facts(partner).client_id

    @api.model
    def _client_user(self, partner):
        """Return the accountant (``res.users``) of the client of ``partner`` (one or none), possibly none."""
        return self.env["res.users"].browse(self._facts(partner).user_id or ())

    @api.model
    def _facts(self, partner):
        """Return the ``PartnerFacts`` of ``partner`` (one or none), mostly from the cache."""
        id_ = partner.id
        if not id_:
            return NOBODY
        own, shared = self._known_facts()
        return own.get(id_) or shared.get(id_) or self._read_facts(partner, own, shared).get(id_, NOBODY)

    @api.model
    @tools.ormcache()
    def _shared_facts(self):
        """Return the worker's cache ``{partner id: PartnerFacts}``, filled on demand.

        It is valid until any worker changes facts of any partner (``res_partner.py``) or clears the caches.
        """
        return {}

    @api.model
    def _known_facts(self):
        """Return ``(own, shared)``: the caches of this transaction and of the worker.

        ``own`` holds the partners created in this transaction. Once it may have changed facts, ``own`` holds all and
        ``shared`` is the same dict: uncommitted facts may be rolled back and must stay invisible to others.
        """
        shared = self._shared_facts()
        since, own = self.env.cr.cache.get(OWN_FACTS, (None, None))
        if since is not shared:
            own = {}
            self.env.cr.cache[OWN_FACTS] = shared, own
        return own, own if self.env.registry.cache_invalidated else shared

    @api.model
    def _read_facts(self, partner, own, shared):
        """Read and cache the facts of ``partner`` and its prefetch group in one query; return those of ``partner``."""
        if len(shared) > MANY:
            shared.clear()
        prefetch = itertools.islice(partner._prefetch_ids, PREFETCH_MAX)
        ids = [id_ for id_ in prefetch if id_ and id_ not in own and id_ not in shared]
        self.env["res.partner"].flush_model(FACT_FIELDS)
        self.env["project.project"].flush_model(["partner_id"])
        own_side = self._own_addresses()
        self.env.cr.execute(SQL(FACTS, now=self.env.cr.now(), ids=[partner.id, *ids]))
        found = {}
        for id_, is_new, *row in self.env.cr.fetchall():
            facts = self._facts_of_row(id_, own_side, *row)
            found[id_] = (own if is_new else shared)[id_] = facts
        return found

    @api.model
    def _facts_of_row(
        self, id_, own_side, is_outside, client_id, is_marked, supplier_rank, customer_rank, email, *more
    ):
        """Return the ``PartnerFacts`` of a row of :data:`FACTS`; ``own_side``: the firm's ``OwnAddresses``."""
        user_id, has_work, shares_address, company_id, is_company = more
        is_customer = bool(customer_rank) or has_work
        return PartnerFacts(
            is_outside=is_outside,
            client_id=client_id,
            is_marked=is_marked,
            is_supplier=is_mere_supplier(supplier_rank, customer_rank),
            is_own_address=email in own_side and not (is_customer and own_side.is_implied(email)),
            user_id=user_id,
            is_customer=is_customer,
            shares_address=bool(shares_address),
            company_id=company_id,
            is_single=client_id == id_ and not (is_company or is_customer or is_marked),
        )

    @api.model
    def _forget_facts(self, partners=None):
        """Invalidate the facts of ``partners`` (sudo) and their contacts, or of all partners without an argument.

        This transaction rereads them at once, others after it has ended. The first change clears Odoo's caches,
        further ones cost nothing, as imports may change many partners. Partners created in this transaction are in
        no other cache. Changes to the firm's own companies, e.g. of an address, may affect any partner.
        """
        self.env.cr.cache.pop(OWN_FACTS, None)
        is_own = partners and not self._own_partner_ids().isdisjoint(partners._ids)
        if partners and not is_own and all(partner.create_date == self.env.cr.now() for partner in partners):
            return
        registry = self.env.registry
        if is_own or "default" not in registry.cache_invalidated:
            registry.clear_cache()
        if not self.env.cr.postcommit.data.get(FORGOTTEN):
            self.env.cr.postcommit.data[FORGOTTEN] = True
            self.env.cr.postcommit.add(registry.clear_cache)  # another thread may have cached old facts meanwhile

    @api.model
    def _forget_namesakes(self, partners):
        """Invalidate the facts of those who share an address with ``partners`` (sudo), new or changed, from now on."""
        known = partners.filtered("email_normalized").grouped("email_normalized")
        if not known:
            return
        others = partners.search([("email_normalized", "in", list(known)), ("id", "not in", partners.ids)])
        clients = {address: same.commercial_partner_id for address, same in known.items()}
        if sharing := others.filtered(lambda p: p.commercial_partner_id != clients[p.email_normalized]):
            self._forget_facts(sharing)

    @api.model
    def _forget_customers(self, partners):
        """Invalidate the facts of the clients of ``partners`` (sudo), who got or lost a project or a contract scope.

        Clients that have been invoiced stay customers.
        """
        if clients := partners.commercial_partner_id.filtered(lambda client: not client.customer_rank):
            self._forget_facts(clients)
