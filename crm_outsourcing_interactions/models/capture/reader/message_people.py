"""Read the contacts of a message and the responsible member of staff."""

from ...events.people import responsible


class PeopleReader:
    """Add the people of a ``MessageReader``, with clients cached for the message.

    :ivar dict clients: ``{partner id: client id}``, the cache of :meth:`client_of`.
    """

    def is_client(self, partner):
        """Return whether ``partner`` is a client, see :meth:`client_of`."""
        return bool(self.client_of(partner))

    def client_of(self, partner):
        """Return the id of the client of ``partner``, 0 without one (cached)."""
        id_ = partner.id
        if id_ not in self.clients:
            self.clients[id_] = self.env["crm.interaction.people"]._client_of(partner, self.company)
        return self.clients[id_]

    def reached(self):
        """Return the external recipients (dicts of Odoo) that the message can reach: mail requires an address."""
        return [r for r in self.recipients if r["share"] and (r.get("notif") != "email" or r["email_normalized"])]

    def record_partners(self):
        """Return the partners of the document."""
        return self.record._mail_get_partners()[self.record.id]

    def contacts(self, people):
        """Return the clients' people among ``people``, author or recipients; without any, those of the document."""
        known = people.with_prefetch(people._ids).filtered(self.is_client)
        # otherwise the document is not needed, hence not read
        return known or self.record_partners().filtered(self.is_client)

    def are_several(self, people, person):
        """Return whether more than one of ``people`` is of the client of ``person`` (one or none)."""
        return sum(self.client_of(other) == self.client_of(person) for other in people) > 1

    def of_document(self, people):
        """Return the ``people`` of the document's client, ignoring other recipients."""
        clients = set(map(self.client_of, self.record_partners()))
        return people.filtered(lambda person: self.client_of(person) in clients)

    def same_address(self, person):
        """Return the people of the company with the address of ``person``."""
        if not person.email_normalized:
            return person
        return self.of_company(person.search([("email_normalized", "=", person.email_normalized)]))

    def of_company(self, people):
        """Return the ``people`` that belong to the company of the message, or to all."""
        return people.filtered(lambda person: not person.company_id or person.company_id == self.company)

    def responsible(self, people):
        """Return the member of staff responsible for an incoming message, as ``Event`` expects it."""
        return {"user": responsible(self.record, people)}

    def writer(self):
        """Return the member of staff who wrote the message; empty for an automatic one."""
        if self.is_from_user:
            return self.env.user
        people = self.env["crm.interaction.people"]
        return people._staff_user(self.author) or people._user_at(self.value("email_from"))
