from odoo import models

from .message_text import message_text, said
from .people import robot_partner_id


class MailMessage(models.Model):
    """Read the text of a message as capture does."""

    _inherit = "mail.message"

    def _interaction_text(self, direction, with_subject=True):
        """Return the text of this message, which has been logged in a ``direction``.

        Incoming mail of staff is a client's mail that they forwarded: its text is the client's.
        """
        is_first = direction == "incoming" and self.message_type == "email" and not self.parent_id
        read = message_text if with_subject else said
        return read(self.subject, self.body, is_first and self._is_by_staff())

    def _is_by_staff(self):
        """Return whether a member of staff wrote this mail, or a former one who is no client now."""
        message = self.sudo()  # sudo: only whose side the author is on
        if message.author_id.id == robot_partner_id(self.env):  # mail without a sender
            return False
        users = message.author_id.with_context(active_test=False).user_ids
        people = self.env["crm.interaction.people"]
        is_staff = not all(users.mapped("share")) and not people._is_client(message.author_id)
        return is_staff or bool(people._user_at(message.email_from))
