"""Reads whom a message is a contact with, and who of the staff is responsible for it."""

from ...events.people import one_per_client, responsible


class PeopleReader:
    """What a ``MessageReader`` says of people; whose contact somebody is, is looked up once for each message.

    :ivar dict clients: ``{partner id: client id}`` of who was looked up, see :meth:`client_of`.
    """

    def is_client(self, partner):
        """Say whether ``partner`` is neither staff nor one of the database's own companies."""
        return bool(self.client_of(partner))

    def client_of(self, partner):
        """Return the id of the client whose contact ``partner`` is, 0 when it is no client's; looked up once."""
        id_ = partner.id
        if id_ not in self.clients:
            self.clients[id_] = self.env["crm.interaction.people"]._client_of(partner, self.company)
        return self.clients[id_]

    def reached(self):
        """Return the recipients outside (dicts of Odoo) whom the message can reach: a mail needs an address."""
        return [r for r in self.recipients if r["share"] and (r.get("notif") != "email" or r["email_normalized"])]

    def record_partners(self):
        """Return the partners that the document is about."""
        return self.record._mail_get_partners()[self.record.id]

    def contacts(self, people):
        """Return the persons contacted, one for each client.

        Of what we send, those it went to, else the document's partner. Of what a client sends, the author
        if the document is of the same client, else the document's partner.
        """
        if self.is_from_client:
            return self.sender(people)
        reached = people.with_prefetch(people._ids).filtered(self.is_client)
        # whose the document is does not matter when somebody was reached: it is not read
        return one_per_client(reached or self.record_partners().filtered(self.is_client), self.client_of)

    def of_document(self, people):
        """Return those of ``people`` who belong to the client of the document, whoever else got its mail."""
        clients = set(map(self.client_of, self.record_partners()))
        return people.filtered(lambda person: self.client_of(person) in clients)

    def sender(self, author):
        """Return the person who a message from outside is a contact with; ``author`` may be empty."""
        partners = self.record_partners()
        client = self.client_of(author)
        if client and client in map(self.client_of, partners):
            return author
        return (partners.filtered(self.is_client) or author.filtered(self.is_client))[:1]

    def responsible(self, people):
        """Return who of the staff looks after what the client wrote about, as ``Event`` takes it."""
        return {"user": responsible(self.record, people)}

    def writer(self):
        """Return the member of staff who wrote the message; empty for an automatic one."""
        if self.is_from_user:
            return self.env.user
        return self.env["crm.interaction.people"]._staff_user(self.author)
