"""Resolve the addresses of a mail: to one client, several, or none."""

from odoo.tools.mail import email_normalize, email_normalize_all

from ...events.people import client_id, one_client
from ...events.reasons import because
from .message_people import PeopleReader


class AddressReader(PeopleReader):
    """Add the addresses of a ``MessageReader``; one shared by several clients resolves to none."""

    def is_doubtful(self, person):
        """Return whether the sender's address matches several clients without further evidence.

        Only mail that begins a thread, outside a project of the client, can be doubtful.
        """
        if self.message_type != "email" or self.value("parent_id"):
            return False
        if client_id(self.project.partner_id) == client_id(person):
            return False
        return self.has_doubtful_address(person)

    def is_from_own_address(self):
        """Return whether the sender's address is one of the firm's own."""
        sender = email_normalize(self.value("email_from"))
        return sender in self.env["crm.interaction.people"]._own_addresses()

    @property
    def project(self):
        """Return the project of the document, possibly empty."""
        return self.record["project_id"] if "project_id" in self.record else self.env["project.project"]

    def has_doubtful_address(self, person):
        """Return whether people of several clients have the address of ``person``."""
        same_address = person.search([("email_normalized", "=", person.email_normalized)])
        return one_client(same_address, self.is_client)[1]

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
        for address, fitting in found.grouped("email_normalized").items():
            _person, is_shared = one_client(fitting, self.is_client)
            likely = fitting.filtered(lambda p: not is_shared or client_id(p) in document_clients)  # noqa: B023
            doubtful = doubtful or ("" if likely else address)
            people |= likely[:1]
        return people, doubtful
