"""Read a message of somebody who is neither a client nor of the firm."""

from functools import cached_property

from odoo.fields import Domain
from odoo.tools.mail import email_normalize
from odoo.tools.sql import escape_psql

from ...events.addresses import forms, own_domain, spellings
from ...events.marks import mark
from ...events.reasons import because
from .message_addresses import AddressReader

LONGEST_ADDRESS = 320
"""Maximum number of characters of an e-mail address (RFC 3696); longer text would not fit into an index."""


class UnknownSenderReader(AddressReader):
    """Add unknown senders to a ``MessageReader``: their messages wait without a client until it is known."""

    @cached_property
    def has_sender_address(self):
        """Return whether *From* holds an address, unlike ``From: Ivan``, for which Odoo may find any Ivan."""
        if self.message_type != "email":
            return True
        sender = self.value("email_from")
        return not sender or bool(email_normalize(sender))

    @cached_property
    def is_from_unknown_sender(self):
        """Return whether somebody unknown, or known as no client, wrote it."""
        if not self.author or not self.has_sender_address:
            return self.message_type == "email" and not self.is_from_own_address()
        return not self.is_from_user and self.is_outsider(self.author)

    def through_group(self):
        """Take who wrote through a group of the firm for the sender; return the person, possibly none.

        Return ``None`` for other messages, and for those of a colleague whom Odoo knows as the author.
        """
        address = mark(self.env, "interaction_sender", "")
        people = self.env["crm.interaction.people"]
        author = self.env["res.partner"].browse(self.msg_vals.get("author_id") or self.message.author_id.id or ())
        if not address or people._staff_user(author):
            return None
        self.msg_vals = {**self.msg_vals, "email_from": address}
        found = author.search([("email_normalized", "=", address)], order="id")
        return (found.filtered(self.is_client) or found)[:1]

    def is_outsider(self, author):
        """Return whether ``author`` is neither of the firm nor a client."""
        return self.env["crm.interaction.people"]._is_outsider(author) and not self.is_client(author)

    def of_unknown_sender(self):
        """Return the event of an unknown sender, which waits for a person; none for those never to be clients."""
        address = self.sender_address()
        person, hint = self.resolved(address)
        if not person and not hint:
            if self.is_never_client(address) or self.is_among_suppliers():
                return []
            hint = because("unknown_sender", address=address)
        return [self.unknown_sender_event(person, self.doubted(hint))]

    def resolved(self, address):
        """Return ``(person, hint)`` of a client that an unknown address belongs to, both empty without one."""
        person, hint = self.one_of(self.known_at([address]), address)
        if person or hint or self.is_never_client(address):
            return person, hint
        person, hint = self.one_of(self.known_at(forms(address)), address)
        if person:
            return person, because("address_form", address=address, known=person.email_normalized)
        client = self.client_at(own_domain(address), address)
        return client, hint or (self.domain_hint(client, address) if client else None)

    def domain_hint(self, client, address):
        """Return the reason to review a message from an ``address`` at the domain of ``client``."""
        return because("client_domain", address=address, name=client.display_name)

    def client_at(self, domain, address):
        """Return the client whose people are at the ``domain`` of an address, possibly empty."""
        people = self.at_domain(domain) if domain else self.author.browse()
        return people.browse(self.client_of(self.one_of(people - self.author, address)[0]))

    def at_clients_domain(self, person):
        """Return ``(client, hint)`` for a ``person`` who is a client only because all contacts are, else ``None``.

        Odoo makes a contact of everybody who opens a task by mail: at a client's own domain, it is that client's.
        """
        domain = self.message_type == "email" and own_domain(person.email_normalized or "")
        if not domain or not self.env["crm.interaction.people"]._is_single(person):
            return None
        address = person.email_normalized
        client = self.client_at(domain, address)
        return (client, self.domain_hint(client, address)) if client else None

    def known_at(self, addresses):
        """Return the clients' people at ``addresses`` (list)."""
        people = self.env["res.partner"].search([("email_normalized", "in", addresses)]) if addresses else ()
        return self.of_company(people).filtered(self.is_client) if people else self.author.browse()

    def at_domain(self, domain):
        """Return the clients' people with an address at ``domain``, unless it is the firm's."""
        names, own = spellings(domain), self.env["crm.interaction.people"]._own_addresses()
        own_domains = {address.rpartition("@")[2] for address in own.addresses - own.users.keys()} | own.domains
        if not own_domains.isdisjoint(names):
            return self.author.browse()
        ending = Domain.OR(Domain("email_normalized", "=like", "%@" + escape_psql(name)) for name in names)
        return self.of_company(self.env["res.partner"].search(ending)).filtered(self.is_client)

    def sender_address(self):
        """Return the sender's address, else what stands for it."""
        sender = self.value("email_from")
        return (email_normalize(sender) or sender or self.author.name or "?")[:LONGEST_ADDRESS]

    def unknown_sender_event(self, person, hint):
        """Return the event of a message from outside to review; ``person`` may be empty."""
        return self.prepare_event("message_in", person, hint=hint, **self.responsible(person), **self.rated())

    def is_never_client(self, address):
        """Return whether somebody has decided that this address is never a client."""
        return self.env["crm.interaction.ignored.sender"]._is_ignored(address, self.company)

    def is_among_suppliers(self):
        """Return whether a mere supplier wrote on a document of no client, e.g. a purchase order."""
        if not self.env["crm.interaction.people"]._is_supplier(self.author):
            return False
        return not any(map(self.is_client, self.record_partners() | self.project.partner_id))
