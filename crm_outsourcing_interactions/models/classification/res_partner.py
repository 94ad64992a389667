from odoo import api, models


class ResPartner(models.Model):
    """Rules for one client go with it."""

    _inherit = "res.partner"

    @api.ondelete(at_uninstall=False)
    def _unlink_rules(self):
        self.env["crm.interaction.rule"]._unlink_of("client_id", self)
