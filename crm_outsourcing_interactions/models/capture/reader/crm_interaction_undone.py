from odoo import api, models

from ...events.marks import without_requested
from .crm_interaction_mailing import ADDRESS_FAILURES


class CrmInteractionCapture(models.AbstractModel):
    """Mails that were counted when they were queued, and are cancelled or deleted before they leave."""

    _inherit = "crm.interaction.capture"

    @api.model
    def _undone(self, mails):
        """Take out of all figures what ``mails`` (``mail.mail``), which will not leave any more, were counted as."""
        payload = {"method": "_undone", "model": "mail.mail", "ids": mails.ids}
        with self._never_block(lambda: payload):
            mails = without_requested(mails.sudo())  # whoever cancels them may have no right here
            logged = mails.env["crm.interaction"]._logged_as_sent(mails.mail_message_id)
            logged.filtered(lambda interaction: not is_sent_besides(interaction, mails))._take_back()


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
