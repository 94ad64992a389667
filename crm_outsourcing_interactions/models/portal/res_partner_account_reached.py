from odoo import api, models
from odoo.fields import Domain

LINK_FAILED, CLOSED = "failed", "closed"
STATES = [
    ("never", "No Login"),
    ("failed", "Invitation Failed"),
    ("invited", "Invited"),
    ("seen", "Has Logged In"),
    (CLOSED, "Account Closed"),
]
LINKS = [
    ("none", "None"),
    (LINK_FAILED, "Letter Failed"),
    ("sent", "Sent, Not Used"),
    ("used", "Used"),
    ("expired", "Expired"),
    ("revoked", "Revoked"),
    (CLOSED, "Account Closed"),
]
MAILS = Domain("model", "=", "crm.interaction.request.list") & Domain("message_type", "=", "email_outgoing")
"""Letters, notifications and new links: all that contain a link."""
FAILED = Domain("mail_ids.state", "in", ["exception", "cancel"])
FAILED |= Domain("notification_ids.notification_status", "=", "bounce")


class ResPartner(models.Model):
    """Tell to whom the account is closed, and whom no invitation and no mail with a link has reached."""

    _inherit = "res.partner"

    @api.model
    def _interaction_account_closed(self):
        """Return the domain of people at clients whose contract has ended: neither login nor link opens anything."""
        lasts = self._interaction_contract_lasts(self.env.company._interaction_today())
        return Domain("commercial_partner_id", "any", ~lasts)

    @api.model
    def _interaction_failed_invitations(self):
        """Return the people (sudo mode) whose letters with their login could not be sent."""
        # sudo: mails are for administrators
        mails = self.env["mail.mail"].sudo().search([("model", "=", "res.users"), ("state", "=", "exception")])
        return mails.env["res.users"].browse(mails.mapped("res_id")).exists().partner_id

    def _interaction_is_bounced(self):
        """Return whether a mail to the present address of this person came back."""
        return bool(self.email_normalized) and self.email_normalized == self.interaction_bounced_email

    @api.model
    def _interaction_unreached(self):
        """Return the people (sudo) of whose mails with a link each could not be sent or came back."""
        # sudo: mails are for administrators
        messages = self.env["mail.message"].sudo()
        people = messages.search(MAILS & FAILED).partner_ids
        return people - messages.search(MAILS & Domain("partner_ids", "in", people.ids) & ~FAILED).partner_ids

    def _interaction_state_of(self, links, unreached):
        """Return the state (str) of the ``links`` of this person, see ``LINKS``.

        :param unreached: see ``_interaction_unreached``.
        """
        state = links._state()
        if state in ("sent", "used") and self._interaction_is_former(self.env.company):
            return CLOSED
        is_failed = state == "sent" and (self in unreached or self._interaction_is_bounced())
        return LINK_FAILED if is_failed else state
