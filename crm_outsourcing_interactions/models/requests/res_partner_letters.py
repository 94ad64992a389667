from odoo import fields, models
from odoo.tools import email_normalize

from ..events.local_time import local_day
from ..events.marks import event_date, mark
from ..events.res_company_settings import PREFETCH
from .res_company import MOST_REMINDERS

NO_ADDRESS, ARCHIVED, LEFT, BLACKLISTED, BOUNCED = "no_address", "archived", "left", "blacklisted", "bounced"
EDITABLE, SEVERAL, NOBODY = "editable", "several", "nobody"


class ResPartner(models.Model):
    """Decide who can be written to about documents, and how often."""

    _inherit = "res.partner"

    interaction_reminders = fields.Selection(
        [(str(number), str(number)) for number in range(MOST_REMINDERS + 1)],
        "Reminders",
        copy=False,
        groups="crm_outsourcing_interactions.group_user",
        prefetch=PREFETCH,
        help="Maximum number of letters about the same document after the first one, e.g. 1. Empty: as set for the "
        "company.",
    )
    interaction_bounced_email = fields.Char(
        "Bounced Address",
        copy=False,
        groups="base.group_user",
        prefetch=PREFETCH,
        help="Address from which a mail came back as undeliverable; no letters go there until it is changed, the "
        "person writes from it, or this field is emptied, e.g. because the mailbox was only full.",
    )

    interaction_invitation = fields.Char(
        "Message-Id of the Invitation", copy=False, groups=fields.NO_ACCESS, index="btree_not_null", prefetch=PREFETCH,
        help="Key by which an invitation that came back is recognised: Odoo deletes it when it has left.",
    )  # fmt: skip

    def _message_receive_bounce(self, email, partner):
        res = super()._message_receive_bounce(email, partner)
        bounced = email_normalize(email)
        if bounced and bounced in mark(self.env, "interaction_reached", ()):
            # Odoo also calls this on the document, e.g. the client whose contact's mail came back
            self.filtered(lambda person: person.email_normalized == bounced).interaction_bounced_email = bounced
        return res

    def _message_reset_bounce(self, email):
        res = super()._message_reset_bounce(email)
        self.interaction_bounced_email = False
        return res

    def _interaction_most_reminders(self, company):
        """Return how many letters remind this client of the same document."""
        # sudo: the job and clients on the portal too
        chosen = self.sudo().interaction_reminders
        return int(chosen) if chosen else company._interaction_settings()["interaction_letter_reminders"]

    def _interaction_is_address(self):
        """Return whether this is an address rather than a contact, e.g. for invoices.

        Whoever at the client has a login may change such an address in Odoo's address book, also to the own one, so
        neither letters nor links nor invitations go there.
        """
        return bool(self.type) and self.type != "contact"

    def _interaction_letter_obstacles(self):
        """Return ``{person: code}`` of those of these people to whom no letter can go."""
        addresses = list(filter(None, self.mapped("email_normalized")))
        # sudo: everybody's refusal counts
        refused = set(self.env["mail.blacklist"].sudo().search([("email", "in", addresses)]).mapped("email"))
        found = {}
        for person in self:
            if not person.active:
                found[person] = ARCHIVED
            elif not person.email_normalized:
                found[person] = NO_ADDRESS
            elif len(person._interaction_addresses()) > 1:  # each of them would get the person's link
                found[person] = SEVERAL
            elif person._interaction_is_address():
                found[person] = EDITABLE
            elif person.email_normalized in refused:
                found[person] = BLACKLISTED
            # sudo: the job and clients on the portal too
            elif person.email_normalized == person.sudo().interaction_bounced_email:
                found[person] = BOUNCED
        return found

    def _interaction_former_text(self):
        """Return that nothing is requested from this former client, as a text."""
        return self.env._("The contract with “%s” has ended, so nothing is requested.", self.name)

    def _interaction_obstacle_text(self, code):
        """Return why no letter goes to this person, as a text."""
        texts = {
            ARCHIVED: self.env._("archived"),
            NO_ADDRESS: self.env._("no e-mail address"),
            BLACKLISTED: self.env._("has unsubscribed"),
            BOUNCED: self.env._("mail to this address came back"),
            EDITABLE: self.env._("an address rather than a contact; colleagues at the client can change it"),
            LEFT: self.env._("no longer at the client"),
            SEVERAL: self.env._("several e-mail addresses: leave one, and make a contact for each other person"),
            NOBODY: self.env._("no contact is selected"),
        }
        if not self:
            return texts[code]
        return f"{self.name or self.display_name}: {texts[code]}"

    def _interaction_letter_zone(self, company):
        """Return the name of the time zone of this person, else of the client, else of the company."""
        return self.tz or self.commercial_partner_id.tz or company._interaction_zone()

    def _interaction_local_day(self, company, moment=None):
        """Return the date of a ``moment`` (UTC), by default now, where this person lives."""
        return local_day(moment or event_date(self.env), self._interaction_letter_zone(company))
