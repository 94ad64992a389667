from odoo import api, models


class FetchmailServer(models.Model):
    """Invalidate capture's cached addresses when the user, usually a mailbox address of the firm, changes."""

    _name = "fetchmail.server"
    _inherit = ["fetchmail.server", "crm.interaction.cached.mixin"]

    @api.model
    def _is_cached(self, vals):
        return "user" in vals  # each fetch writes other fields
