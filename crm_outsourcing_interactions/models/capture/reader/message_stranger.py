"""Read a message of somebody who is neither a client nor of the firm."""

from functools import cached_property

from odoo.tools.mail import email_normalize

from ...events.reasons import because
from .message_addresses import AddressReader


class StrangerReader(AddressReader):
    """Add the strangers of a ``MessageReader``: their messages wait without a client, and count once it is known."""

    @cached_property
    def has_sender_address(self):
        """Return whether *From* holds an address, unlike ``From: Ivan``, for which Odoo may find any Ivan."""
        if self.message_type != "email":
            return True
        sender = self.value("email_from")
        return not sender or bool(email_normalize(sender))

    @cached_property
    def is_from_stranger(self):
        """Return whether somebody unknown, or known as no client, wrote it."""
        if not self.author or not self.has_sender_address:
            return self.message_type == "email" and not self.is_from_own_address()
        return not self.is_from_user and self.is_outsider(self.author)

    def is_outsider(self, author):
        """Return whether ``author`` is neither of the firm nor a client."""
        return self.env["crm.interaction.people"]._is_outsider(author) and not self.is_client(author)

    def of_stranger(self):
        """Return the event of a stranger's message, which waits for a person; none for those never to be clients."""
        address = self.sender_address()
        if self.is_never_client(address) or self.is_among_suppliers():
            return []
        return [self.stranger_event(self.author.browse(), because("unknown_sender", address=address))]

    def sender_address(self):
        """Return the sender's address, else what stands for it."""
        sender = self.value("email_from")
        return email_normalize(sender) or sender or self.author.name or "?"

    def stranger_event(self, person, hint):
        """Return the event of a message from outside to review; ``person`` may be empty."""
        return self.prepare_event("message_in", person, hint=hint, **self.responsible(person), **self.rated())

    def is_never_client(self, address):
        """Return whether somebody has decided that this address is never a client."""
        return address in self.env["crm.interaction.ignored.sender"]._addresses(self.company.id)

    def is_among_suppliers(self):
        """Return whether a mere supplier wrote on a document of no client, e.g. a purchase order."""
        if not self.env["crm.interaction.people"]._is_supplier(self.author):
            return False
        return not any(map(self.is_client, self.record_partners() | self.project.partner_id))
