from odoo import api, models

from ...events.marks import mark

WAITING = {"outgoing", "exception"}
"""States of mails that have not left."""


class MailMail(models.Model):
    """Tells capture of mails made from a template before they leave: many are deleted then; and of mails undone."""

    _inherit = "mail.mail"

    @api.model_create_multi
    def create(self, vals_list):
        mails = super().create(vals_list)
        if mark(self.env, "interaction_template"):
            self.env["crm.interaction.capture"]._template_mails(mails, vals_list)
        return mails

    def write(self, vals):
        if vals.get("state") == "cancel":
            self._interaction_undone()
        return super().write(vals)

    def unlink(self):
        self._interaction_undone()
        return super().unlink()

    def _interaction_undone(self):
        # sudo: Odoo says afterwards whether the user may cancel or delete them
        if waiting := self.sudo().filtered(lambda mail: mail.state in WAITING):
            self.env["crm.interaction.capture"]._undone(waiting)
