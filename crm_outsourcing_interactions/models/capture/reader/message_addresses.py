"""Reads whom the addresses of a mail stand for: one client, several, or nobody known."""

from odoo.tools.mail import email_normalize, email_normalize_all

from ...events.people import client_id, one_client
from ...events.reasons import because
from .message_people import PeopleReader


class AddressReader(PeopleReader):
    """What a ``MessageReader`` says of addresses; an address that fits several clients is nobody's."""

    def is_doubtful(self, person):
        """Say whether the sender's address fits several clients and nothing tells which one it was.

        Asked only of a mail that begins a thread, outside a project of the client.
        """
        if self.message_type != "email" or self.value("parent_id"):
            return False
        if client_id(self.project.partner_id) == client_id(person):
            return False
        return self.has_doubtful_address(person)

    def is_from_own_address(self):
        """Say whether the sender's address is one of the firm's own."""
        sender = email_normalize(self.value("email_from"))
        return sender in self.env["crm.interaction.people"]._own_addresses()

    @property
    def project(self):
        """The project that the document belongs to, possibly empty."""
        return self.record["project_id"] if "project_id" in self.record else self.env["project.project"]

    def has_doubtful_address(self, person):
        """Say whether the address of ``person`` is that of people of several clients."""
        same_address = person.search([("email_normalized", "=", person.email_normalized)])
        return one_client(same_address, self.is_client)[1]

    def mailed(self):
        """Return the events of a mail that a colleague wrote to clients from a mail program, with Odoo in copy."""
        headers = (self.value("incoming_email_to"), self.value("incoming_email_cc"))
        addresses = email_normalize_all(", ".join(filter(None, headers)))
        people, doubtful = self.people_at(addresses) if addresses else (None, None)
        events = [self.sent(contact) for contact in self.contacts(people)] if people else []
        if doubtful:
            events.append(self.sent(people.browse(), because("address_of_several", address=doubtful)))
        return events

    def people_at(self, addresses):
        """Return ``(people outside, address)``: where an address fits several clients, those of the document's
        client; the address, if it fits none of them."""
        found = self.env["res.partner"].search([("email_normalized", "in", addresses), ("partner_share", "=", True)])
        document_clients = {client_id(partner) for partner in self.record_partners() | self.project.partner_id}
        people, doubtful = found.browse(), ""
        for address, fitting in found.grouped("email_normalized").items():
            _person, is_shared = one_client(fitting, self.is_client)
            likely = fitting.filtered(lambda p: not is_shared or client_id(p) in document_clients)  # noqa: B023
            doubtful = doubtful or ("" if likely else address)
            people |= likely[:1]
        return people, doubtful
