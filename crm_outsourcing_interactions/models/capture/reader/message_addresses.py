"""Resolve the addresses of a mail: to one client, several, or none."""

from odoo.tools.mail import email_normalize, email_normalize_all

from ...events.people import one_client, robot_partner_id
from ...events.reasons import because
from .message_people import PeopleReader


class AddressReader(PeopleReader):
    """Add the addresses of a ``MessageReader``; one shared by several clients resolves to none."""

    def decided(self, person):
        """Return ``(person, hint)``: the one meant of those with the address of ``person``, the sender.

        Who writes in the thread of another client is a reason to review; users of the portal are who they are.
        """
        found, hint = self.meant(person)
        if not found and self.message_type != "email":
            found, hint = person, None
        return found, hint or self.elsewhere(found)

    def elsewhere(self, person):
        """Return the reason to review a message of ``person`` in the thread of other clients, else ``None``.

        The same person at another client, whom Odoo may have taken for the sender, is nobody else.
        """
        others = (self.record_partners() | self.client_of_record).filtered(self.is_client)
        if not person or self.client_of(person) in map(self.client_of, others):
            return None
        others -= others.filtered(lambda o: o.email_normalized and o.email_normalized == person.email_normalized)
        return because("other_thread", name=self.client_name(others[:1])) if others else None

    def client_name(self, person):
        """Return the name of the client of ``person``."""
        return person.browse(self.client_of(person)).display_name

    def addressees(self, people):
        """Return ``[(person, hint)]`` of the ``people`` contacted, one per client and per address of several."""
        found = {}
        for person in people:
            meant, hint = self.meant(person)
            found.setdefault(self.client_of(meant) or person.email_normalized, (meant, hint))
        return list(found.values())

    def meant(self, person):
        """Return ``(person, hint)``: the one meant of the clients' people with the address of ``person``, a client's.

        It costs no statement unless people of several partners have the address.
        """
        if not self.shares_address(person):
            return person, None
        found, hint = self.one_of(self.same_address(person), person.email_normalized)
        return (person if found and self.client_of(found) == self.client_of(person) else found), hint

    def one_of(self, people, address):
        """Return ``(person, hint)``: the one of the clients among ``people``, who have the same address or domain.

        The client of the project or of the document decides between several; without it nobody is meant, and
        ``crm.interaction._proposed`` looks at what a person has decided before.
        """
        person, is_shared = one_client(people, self.is_client)
        if not is_shared:
            return person, None
        client = self.deciding_client(people.filtered(self.is_client))
        meant = people.filtered(lambda other: client and self.client_of(other) == client)[:1]
        return meant, None if meant else because("address_of_several", address=address)

    def deciding_client(self, people):
        """Return the id of the client of the document if it is one of those of ``people``, else 0."""
        clients = set(map(self.client_of, people))
        for partners in (self.project.partner_id, self.record_partners(), self.client_of_record):
            found = set(map(self.client_of, partners)) & clients
            if len(found) == 1 and not self.is_taken_from_mail(partners):
                return found.pop()
        return 0

    def is_taken_from_mail(self, partners):
        """Return whether Odoo took the document's customer from the mail that made it: the first with its address.

        Only Odoo's own notices stand before that mail, e.g. of the assignment to a team leader.
        """
        if partners != self.record_partners() or not any(map(self.shares_address, partners)):
            return False
        of_record = [("model", "=", self.record._name), ("res_id", "=", self.record.id)]
        by_people = [*of_record, ("author_id", "!=", robot_partner_id(self.env))]
        first = self.env["mail.message"].search(by_people, order="id", limit=1)
        return first.message_type == "email" and first.author_id in partners

    def shares_address(self, partner):
        """Return whether people of other partners have the address of ``partner``."""
        return self.env["crm.interaction.people"]._shares_address(partner)

    def is_from_own_address(self):
        """Return whether the sender's address is one of the firm's own."""
        sender = email_normalize(self.value("email_from"))
        return sender in self.env["crm.interaction.people"]._own_addresses()

    @property
    def client_of_record(self):
        """Return the client of a document that is about a client and names no contact, possibly empty."""
        is_about_client = hasattr(self.record, "_interaction_document_client")
        return self.record._interaction_document_client() if is_about_client else self.env["res.partner"]

    @property
    def project(self):
        """Return the project of the document, possibly empty."""
        return self.record["project_id"] if "project_id" in self.record else self.env["project.project"]

    def mailed(self):
        """Return the events of a mail to clients that a colleague sent from a mail client, with Odoo in copy."""
        headers = (self.value("incoming_email_to"), self.value("incoming_email_cc"))
        addresses = email_normalize_all(", ".join(filter(None, headers)))
        people = self.people_at(addresses) if addresses else []
        contacts = people and self.addressees(self.contacts(people))
        return [self.sent(contact, hint) for contact, hint in contacts]

    def people_at(self, addresses):
        """Return the external people at ``addresses``, of the company of the message if there are some."""
        found = self.env["res.partner"].search([("email_normalized", "in", addresses), ("partner_share", "=", True)])
        for same in found.grouped("email_normalized").values():
            if own := self.of_company(same):
                found -= same - own
        return found
