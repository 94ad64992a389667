from odoo import models


class MailComposeMessage(models.TransientModel):
    """Gives a mass mailing a name of its own, by which its contacts are counted once."""

    _inherit = "mail.compose.message"

    def _action_send_mail_mass_mail(self, res_ids, auto_commit=False):
        mailing = self["mass_mailing_id"] if "mass_mailing_id" in self else self
        self = self.with_context(interaction_mailing=f"{(mailing or self)._name},{(mailing or self).id}")
        return super()._action_send_mail_mass_mail(res_ids, auto_commit=auto_commit)
