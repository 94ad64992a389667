from odoo import models


class ResPartner(models.Model):
    """Rules for one client go with it."""

    _inherit = "res.partner"

    def unlink(self):
        self.env["crm.interaction.rule"]._unlink_of("client_id", self)
        return super().unlink()
