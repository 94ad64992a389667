"""Resolve the addresses of a mail: to one client, several, or none."""

from odoo.tools.mail import email_normalize, email_normalize_all

from ...events.people import client_id, one_client
from ...events.reasons import because
from .message_people import PeopleReader


class AddressReader(PeopleReader):
    """Add the addresses of a ``MessageReader``; one shared by several clients resolves to none."""

    def decided(self, person):
        """Return ``(person, hint)``: the one meant of those with the address of ``person``, the sender.

        The project's client decides between clients who share the address; without it, nobody is meant.
        """
        found, is_shared = one_client(self.namesakes(person), self.is_client)
        if is_shared:
            return person.browse(), because("address_of_several", address=person.email_normalized)
        return (found if found and self.client_of(found) != self.client_of(person) else person), None

    def namesakes(self, person):
        """Return those who may be meant instead of the sender; only mail that begins a thread leaves that open."""
        if self.message_type != "email" or self.value("parent_id"):
            return person.browse()
        client = client_id(self.project.partner_id)
        if client == client_id(person):
            return person.browse()
        same = self.same_address(person)
        return same.filtered(lambda other: client and client_id(other) == client) or same

    def is_from_own_address(self):
        """Return whether the sender's address is one of the firm's own."""
        sender = email_normalize(self.value("email_from"))
        return sender in self.env["crm.interaction.people"]._own_addresses()

    @property
    def project(self):
        """Return the project of the document, possibly empty."""
        return self.record["project_id"] if "project_id" in self.record else self.env["project.project"]

    def mailed(self):
        """Return the events of a mail to clients that a colleague sent from a mail client, with Odoo in copy."""
        headers = (self.value("incoming_email_to"), self.value("incoming_email_cc"))
        addresses = email_normalize_all(", ".join(filter(None, headers)))
        people, doubtful = self.people_at(addresses) if addresses else (None, None)
        events = [self.sent(contact) for contact in self.contacts(people)] if people else []
        if doubtful:
            events.append(self.sent(people.browse(), because("address_of_several", address=doubtful)))
        return events

    def people_at(self, addresses):
        """Return ``(external people, address)`` for ``addresses``.

        An address shared by several clients resolves to the people of the document's client; if there are none, it is
        the returned ``address``.
        """
        found = self.env["res.partner"].search([("email_normalized", "in", addresses), ("partner_share", "=", True)])
        document_clients = {client_id(partner) for partner in self.record_partners() | self.project.partner_id}
        people, doubtful = found.browse(), ""
        for address, same in found.grouped("email_normalized").items():
            fitting = self.of_company(same) or same
            _person, is_shared = one_client(fitting, self.is_client)
            likely = fitting.filtered(lambda p: not is_shared or client_id(p) in document_clients)  # noqa: B023
            doubtful = doubtful or ("" if likely else address)
            people |= likely[:1]
        return people, doubtful
