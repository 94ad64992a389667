from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.mail import email_normalize, parse_contact_from_email

from ...events.actions import addon_action
from ...events.quoted_mail import forwarded_mail
from ...events.reasons import because

UNDER_WAY = timedelta(minutes=5)
"""Time after which a mail received meanwhile, by a transaction that did not see the decision, is certainly stored."""


class CrmInteraction(models.Model):
    """Say who the unknown senders are: of a client, a new client, or never one. All that waits from them follows.

    Users of the addon may do so for the interactions that they may write. Contacts are created and linked in sudo mode,
    because these users need not be allowed to edit contacts.
    """

    _inherit = "crm.interaction"

    def action_this_is_client(self):
        """Open the dialog to choose the client to whom the senders belong."""
        self._check_unknown_senders()
        action = addon_action(self.env, "crm_interaction_sender_action")
        return {**action, "context": {"default_interaction_ids": self.ids}}

    def action_new_client(self):
        """Make each sender a client; all that waits from it follows.

        :raises UserError: when the sender is a colleague or the firm itself.
        """
        self._check_unknown_senders()
        for address, interactions in self.grouped("unknown_sender").items():
            self._check_outside(address)
            interactions._belong_to(interactions[:1]._sender_contact(address))
        return True

    def action_never_client(self):
        """Ignore what waits from these senders, and all that they will write."""
        self._check_unknown_senders()
        # sudo: the list is the managers', who may revise it
        senders = self.env["crm.interaction.ignored.sender"].sudo()
        for company, interactions in self.grouped("company_id").items():
            senders._add(interactions.mapped("unknown_sender"), company)
        for address, waiting in self._with_same_sender().grouped("unknown_sender").items():
            waiting._ignore_sender(address)
        self._look_again()
        return True

    def _ignore_sender(self, address):
        self.write({"state": "ignored", "why": because("never_client", address=address, name=self.env.user.name)})

    @api.model
    def _look_again(self):
        """Decide likewise on mails that are being received now: their transactions do not see the decision."""
        # sudo: users may not schedule jobs
        cron = self.env.ref("crm_outsourcing_interactions.cron_known_senders").sudo()
        cron._trigger(fields.Datetime.now() + UNDER_WAY)

    @api.model
    def _cron_known_senders(self):
        """Decide on what waits from senders who are known by now, as capture would."""
        waiting = self._everything().search([("unknown_sender", "!=", False), ("state", "=", "to_review")], order="id")
        for (address, _company), rows in waiting.grouped(lambda i: (i.unknown_sender, i.company_id)).items():
            rows._decide_known(address)
            if not self.env["ir.cron"]._commit_progress(1):
                return

    def _decide_known(self, address):
        """Give these (sudo), of one sender and company, to the only client with its address, or ignore them."""
        if self.env["crm.interaction.ignored.sender"]._is_ignored(address, self.company_id):
            self._ignore_sender(address)
            return
        people = self._clients_at(address, self.company_id)
        if len(people.commercial_partner_id) == 1:
            for interaction in self:
                interaction._assign(people[0], interaction._document_now())

    def _check_unknown_senders(self):
        """Check that the user may decide on these, and that they are of unknown senders.

        :raises AccessError: when the user may not write them.
        :raises UserError: when one of them has a client already.
        """
        self._check_may_classify()
        self.check_access("write")
        if not self or self.filtered(lambda i: not i.unknown_sender or i.state != "to_review"):
            raise UserError(self.env._("Select only interactions that wait as unknown senders. Reload the page."))

    def _assign_to_client(self, client):
        """Make the senders of these contacts of ``client`` (sudo); all that waits from them follows."""
        for address, interactions in self.grouped("unknown_sender").items():
            self._check_outside(address)
            interactions._belong_to(interactions[:1]._contact_of(client, address))

    @api.model
    def _know_reviewed_senders(self, rows, before):
        """Make those whose mails a person has confirmed contacts of the client at whose domain they are.

        Their next mail needs no review. See ``pipeline.CHANGES``.
        """
        for interaction in rows.filtered(lambda i: i.state == "confirmed" and i.classified_by == "person"):
            why, client = before[interaction]["why"] or {}, before[interaction]["commercial_partner_id"]
            if why.get("code") == "client_domain" and client == interaction.sudo().commercial_partner_id.id:
                # sudo: users of the addon need not be allowed to edit contacts
                interaction._contact_of(interaction.sudo().commercial_partner_id, why["address"])

    @api.model
    def _check_outside(self, address):
        """Check that an address is neither the firm's nor a colleague's.

        :raises UserError: naming the address.
        """
        people = self.env["crm.interaction.people"]
        # sudo: colleagues of other companies count as well
        colleagues = self.env["res.partner"].sudo().search([("email_normalized", "=", address)])
        is_customer = any(people._is_evident_client(partner) for partner in colleagues)
        if any(map(people._staff_user, colleagues)) or (not is_customer and address in people._own_addresses()):
            raise UserError(self.env._("%s is an address of the firm or of a colleague, not of a client.", address))

    def _belong_to(self, contact):
        """Give all that waits from the sender of these to ``contact`` (sudo), who is a client from now on."""
        self._make_client(contact)
        for interaction in self._with_same_sender():
            interaction._assign(contact, interaction._document_now())
        self._look_again()

    def _make_client(self, contact):
        """Mark ``contact`` (sudo) as a client unless it is one in the companies of these.

        :raises UserError: when it belongs to the firm, or is archived.
        """
        people, client = self.env["crm.interaction.people"], contact.commercial_partner_id
        if not client.active:
            raise UserError(self.env._("“%s” is archived. Unarchive it first.", client.display_name))
        if any(not people._is_client(contact, company) for company in self.company_id):
            client.is_outsourcing_client = True
        if not people._is_client(contact, self.company_id[:1]):
            raise UserError(self.env._("“%s” belongs to the firm and cannot be a client.", contact.display_name))

    def _contact_of(self, client, address):
        """Return the contact of ``client`` with an address: an existing one, a free one that joins it, or a new one."""
        if not email_normalize(address):
            return client
        same = self._of_own_company(client.search([("email_normalized", "=", address)], order="id"))
        own = same.filtered(lambda partner: partner.commercial_partner_id == client)[:1]
        if not own and (own := same.filtered(is_free)[:1]):
            own.parent_id = client
        return own or client.create({**self._prepare_sender_vals(address), "parent_id": client.id})

    def _sender_contact(self, address):
        """Return the contact (sudo) of an address, by default a new one."""
        partners = self.env["res.partner"].sudo()  # sudo: see the class
        author = self._of_own_company(self.sudo().message_id.author_id)
        if not email_normalize(address):
            return author or partners.create(self._prepare_sender_vals(address))
        same = self._of_own_company(partners.search([("email_normalized", "=", address)], order="id"))
        return (author & same or same)[:1] or partners.create(self._prepare_sender_vals(address))

    def _of_own_company(self, partners):
        """Return the ``partners`` (sudo) of the company of these, or of all; those of other companies are unknown."""
        return partners.filtered(lambda partner: not partner.company_id or partner.company_id in self.company_id)

    def _prepare_sender_vals(self, address):
        """Return the values of a contact for a sender's address, with the name in its mail or in the quoted one."""
        message = self.sudo().message_id  # sudo: the user may write the interaction
        name, email = parse_contact_from_email(message.email_from or "")
        is_address = bool(email_normalize(address))
        if is_address and email != address:  # somebody else forwarded it
            quoted = forwarded_mail(message.subject, message.body, self.company_id[:1]._interaction_zone())
            name = quoted.name if quoted and quoted.sender == address else ""
        return {"name": name or address, "email": address if is_address else False}


def is_free(partner):
    """Return whether ``partner`` (sudo) is a single person who may join a client: no company, no user, no family."""
    return (
        partner.commercial_partner_id == partner
        and not partner.is_company
        and not partner.child_ids
        and not partner.with_context(active_test=False).user_ids
        and not partner.env["crm.interaction.people"]._is_evident_client(partner)
        and not partner.supplier_rank
    )


class CrmInteractionIgnoredSender(models.Model):
    """Return the interactions of a sender to review when it is taken off the list."""

    _inherit = "crm.interaction.ignored.sender"

    def unlink(self):
        returning = [(sender.address, sender.company_id.id) for sender in self]
        res = super().unlink()
        interactions = self.env["crm.interaction"]._everything()
        for address, company_id in returning:
            domain = [("unknown_sender", "=", address), ("company_id", "=", company_id), ("state", "=", "ignored")]
            ignored = interactions.search(domain).filtered(lambda i: (i.why or {}).get("code") == "never_client")
            ignored.write({"state": "to_review", "why": because("unknown_sender", address=address)})
        return res
