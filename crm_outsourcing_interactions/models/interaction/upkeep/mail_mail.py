from odoo import models

WAITING = {"outgoing", "exception"}
"""States of mails that have not left."""


class MailMail(models.Model):
    """Take back interactions of mails that are cancelled or deleted before sending."""

    _inherit = "mail.mail"

    def write(self, vals):
        if vals.get("state") == "cancel":
            self._interaction_undone()
        return super().write(vals)

    def unlink(self):
        self._interaction_undone()
        return super().unlink()

    def _interaction_undone(self):
        # sudo: Odoo checks afterwards whether the user may cancel or delete them
        if waiting := self.sudo().filtered(lambda mail: mail.state in WAITING):
            self.env["crm.interaction"]._undo_mails(waiting)
