"""Read a client's mail that staff forwarded to Odoo, or logged with a mail plug-in."""

from odoo import fields

from ...events.local_time import plausible
from ...events.quoted_mail import forwarded_mail, logged_mail
from ...events.reasons import because
from .message_unknown_sender import UnknownSenderReader


class ForwardReader(UnknownSenderReader):
    """Add the mails that others wrote to a ``MessageReader``: each is an interaction of the person quoted in it."""

    forwards = False
    """Whether the message forwards another one, whose date is not its own."""
    may_forward = False
    """Whether only its text decides that it forwards none."""

    def forwarded(self):
        """Return the event of a mail that staff forwarded to an alias, possibly none."""
        if self.value("parent_id") or not self.writer():
            return []
        self.may_forward = True
        quoted = forwarded_mail(self.value("subject"), self.value("body"), self.company._interaction_zone())
        if not quoted or self.is_staff_address(quoted.sender):
            return []
        self.forwards = True
        return self.of_quoted(quoted, because("forwarded", name=self.writer().name, address=quoted.sender))

    def of_quoted(self, quoted, reason):
        """Return the event of a quoted mail (``QuotedMail``), to review; its author may be unknown."""
        person, hint = self.resolved(quoted.sender)
        if not person and not hint:
            if self.is_never_client(quoted.sender):
                return []
            hint = because("unknown_sender", address=quoted.sender)
        values = {"user": self.writer(), "date": self.quoted_date(quoted), "channel": "email"}
        return [self.prepare_event("message_in", person, hint=reason if person else hint, **values)]

    def quoted_date(self, quoted):
        """Return the date of a quoted mail, that of the message if it is missing or implausible."""
        return plausible(quoted.date, min(self.date(), fields.Datetime.now()))

    def quoted_mail(self):
        """Return the event of a mail logged by a member of staff from a mail program, in either direction."""
        quoted = logged_mail(self.value("body"), self.company._interaction_zone())
        people = self.contacts(self.env["res.partner"])[:1]
        values = {"user": self.writer(), "hint": because("quoted"), "channel": "email"}
        if not quoted:
            return [self.prepare_event("message_in", people, **values)]
        values["date"] = self.quoted_date(quoted)
        if self.is_staff_address(quoted.sender):
            return [self.prepare_event("message_out", people, **values)]
        person = self.resolved(quoted.sender)[0]
        return [self.prepare_event("message_in", person or people, **values)]

    def is_staff_address(self, address):
        """Return whether an address is the firm's or a colleague's."""
        people = self.env["crm.interaction.people"]
        if address in people._own_addresses():
            return True
        return any(map(people._staff_user, self.env["res.partner"].search([("email_normalized", "=", address)])))
