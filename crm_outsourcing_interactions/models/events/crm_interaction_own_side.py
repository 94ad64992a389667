from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools.mail import email_normalize
from odoo.tools.sql import escape_psql

from .addresses import public_domains
from .own_addresses import OwnAddresses, listed
from .settled_cache import settled_cache

ALIASES = ("catchall_email", "bounce_email", "default_from_email")


class CrmInteractionPeople(models.AbstractModel):
    """Identify the firm's own addresses, whether or not Odoo has made a contact of them."""

    _inherit = "crm.interaction.people"

    @api.model
    @settled_cache()
    def _own_addresses(self):
        """Return the ``OwnAddresses`` of the firm (cached).

        These are the addresses of its companies, the mailboxes that Odoo reads, all addresses of its alias domains,
        what *Settings* list, and the private addresses of the staff.
        """
        # sudo: the poster may be a customer on the portal
        companies = self.env["res.company"].sudo().with_context(active_test=False).search(Domain.TRUE)
        alias_domains = self.env["mail.alias.domain"].sudo().search(Domain.TRUE)
        servers = self.env["fetchmail.server"].sudo().with_context(active_test=False)
        mailboxes = servers.search([("user", "!=", False)]).mapped("user")
        found = [*companies.partner_id.mapped("email_normalized"), *map(email_normalize, mailboxes)]
        found += [email_normalize(domain[name]) for domain in alias_domains for name in ALIASES]
        addresses, domains, _faults = listed("\n".join(filter(None, companies.mapped("interaction_own_addresses"))))
        implied = frozenset(name.lower() for name in alias_domains.mapped("name")) - public_domains() - domains
        users = self._private_addresses()
        own = frozenset(filter(None, found)) | addresses | users.keys()
        return OwnAddresses(own, implied | domains, implied, users)

    @api.model
    def _private_addresses(self):
        """Return ``{address: user id}`` of the private addresses of the staff."""
        domain = [("interaction_private_addresses", "!=", False), ("share", "=", False)]
        staff = self.env["res.users"].sudo().search(domain, order="id desc")  # sudo: as above
        return {address: user.id for user in staff for address in listed(user.interaction_private_addresses)[0]}

    @api.model
    def _user_at(self, address):
        """Return the member of staff (``res.users``) who has this private ``address`` (str), possibly none."""
        return self.env["res.users"].browse(self._own_addresses().users.get(email_normalize(address), ()))

    @api.model
    def _check_no_clients_address(self, addresses, domains=()):
        """Check that no client has one of the ``addresses`` or an address of the ``domains`` (sets of str).

        Contacts that Odoo has made of the firm's own mailboxes are no clients: they have no invoices, projects or
        scope, are not marked, and belong to no other company.

        :raises ValidationError: naming the client.
        """
        at = [Domain("email_normalized", "=like", "%@" + escape_psql(domain)) for domain in domains]
        wanted = Domain.OR([Domain("email_normalized", "in", list(addresses)), *at])
        # sudo: clients of other companies count as well
        contacts = self.env["res.partner"].sudo().with_context(active_test=False).search(wanted)
        for contact in contacts:
            if self._is_evident_client(contact):
                raise ValidationError(
                    self.env._(
                        "%(address)s is an address of the client “%(client)s”. Its mail would no longer count. "
                        "Remove the address here or from the contact.",
                        address=contact.email_normalized,
                        client=contact.commercial_partner_id.display_name,
                    )
                )

    @api.model
    def _is_evident_client(self, contact):
        """Return whether ``contact`` (sudo) outside the firm is a customer, is marked or belongs to another company."""
        facts = self._facts(contact)
        if not facts.is_outside or facts.client_id in self._own_partner_ids():
            return False
        return facts.is_marked or facts.is_customer or facts.client_id != contact.id
