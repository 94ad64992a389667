from odoo import Command, api, models
from odoo.tools import email_normalize, formataddr

from ..events.marks import event_date


class CrmInteractionRequestList(models.Model):
    """Give what the mails about lists have in common: letters, notifications and new links."""

    _inherit = "crm.interaction.request.list"

    def _interaction_document_client(self):
        """Return the client: messages are about this one of several with the address of a person."""
        return self.commercial_partner_id

    def _message_add_suggested_recipients(self, force_primary_email=False):
        """Suggest the person from whom something is outstanding, of several only where all of them see the list; never
        the writer."""
        suggested = super()._message_add_suggested_recipients(force_primary_email=force_primary_email)
        for list_ in self:
            people = list_.item_ids.filtered("is_outstanding").partner_id
            people = people if len(people) == 1 or list_.audience == "client" else people.browse()
            people -= people.browse().union(*people._interaction_letter_obstacles())
            suggested[list_.id]["partners"] = (suggested[list_.id]["partners"] - self.env.user.partner_id) | people
        return suggested

    @api.model
    def _sender(self, company, user):
        """Return the partner in whose name a mail goes: that of ``user``, who may have no address, else the company's.

        :param user: ``res.users``, possibly none.
        """
        return user.partner_id if user.active and user.email_normalized else company.partner_id

    def _reply_addresses(self, sender):
        """Return ``{list id: address}`` to which replies go, named like the ``sender``: an alias of the firm, else the
        sender's."""
        addresses = self._notify_get_reply_to(default=sender.email_formatted, author_id=sender.id)
        return {id_: self._named_address(address, sender) for id_, address in addresses.items()}

    @api.model
    def _named_address(self, address, sender):
        """Return an ``address`` with no other name than that of the ``sender``: for one that is too long, Odoo takes
        the user's, e.g. OdooBot."""
        plain = email_normalize(address)
        return address if not plain or address == formataddr((sender.name, plain)) else plain

    def _prepare_mail_vals(self, company, person, sender, **vals):
        """Return the values of a mail to a ``person`` in the chatter of this list or, without one, of no document.

        :param vals: more of them, e.g. subject, texts and ``reply_to``.
        """
        return {
            "model": self._name if self else False,
            "date": event_date(self.env),
            "res_id": self.id,
            "record_company_id": company.id,
            "author_id": sender.id,
            "email_from": sender.email_formatted,
            "recipient_ids": [Command.link(person.id)],
            "partner_ids": [Command.link(person.id)],
            "auto_delete": False,  # a reply finds its way by the stored message
            **vals,
        }
