from odoo import api, models

from ...capture.reader.crm_interaction_mailing import ADDRESS_FAILURES
from ...events.event import EVENT_DIRECTIONS
from ...events.marks import without_requested
from ...events.reasons import because


class CrmInteraction(models.Model):
    """Take back interactions of queued mails that are cancelled or deleted before sending."""

    _inherit = "crm.interaction"

    @api.model
    def _undo_mails(self, mails):
        """Take out of all figures what ``mails`` (``mail.mail``), which will not leave any more, were counted as."""
        payload = {"method": "_undo_mails", "model": "mail.mail", "ids": mails.ids}
        with self.env["crm.interaction.capture.error"]._never_block(lambda: payload):
            mails = without_requested(mails.sudo())  # whoever cancels them may have no right here
            logged = self._logged_as_sent(mails.mail_message_id)
            logged.filtered(lambda interaction: not is_sent_besides(interaction, mails))._take_back()

    @api.model
    def _logged_as_sent(self, messages):
        """Return what ``messages`` are logged as having been sent, and counts; no further purposes of it."""
        sent = [code for code, direction in EVENT_DIRECTIONS.items() if direction == "outgoing"]
        domain = [("message_id", "in", messages.ids), ("event", "in", sent), ("split_from_id", "=", False)]
        # sudo: whoever undoes a message may have no right here
        return self.sudo().search(domain)

    def _take_back(self):
        """Ignore these interactions, which did not take place, even if a person has classified them."""
        # sudo: as in _logged_as_sent
        undone = self.sudo()._by_code()
        undone.write({"state": "ignored", "why": because("cancelled_message")})


def is_sent_besides(interaction, undone):
    """Return whether the message of an interaction reaches its client by another mail than those ``undone``."""
    left = interaction.message_id.notification_ids.filtered(lambda n: reaches_outside(n, undone))
    if not left:
        return False
    mails = undone.filtered(lambda mail: mail.mail_message_id == interaction.message_id)
    client = interaction.commercial_partner_id
    is_left = client in left.res_partner_id.commercial_partner_id
    return is_left or client not in mails.recipient_ids.commercial_partner_id


def reaches_outside(notification, undone):
    """Return whether a notification (sudo) reaches somebody outside by another mail than those ``undone``."""
    if notification.res_partner_id and not notification.res_partner_id.partner_share:
        return False
    if notification.failure_type in ADDRESS_FAILURES:
        return False
    mail = notification.mail_mail_id
    return mail not in undone and mail.state != "cancel"
