from odoo import api, models


class ResPartner(models.Model):
    """Delete the rules of a client together with the client."""

    _inherit = "res.partner"

    @api.ondelete(at_uninstall=False)
    def _unlink_rules(self):
        for name in ("client_id", "assigned_client_id"):
            self.env["crm.interaction.rule"]._unlink_of(name, self)
