from odoo import api, models


class FetchmailServer(models.Model):
    """Its user is mostly the address of a mailbox of the firm; capture remembers which."""

    _name = "fetchmail.server"
    _inherit = ["fetchmail.server", "crm.interaction.cached.mixin"]

    @api.model
    def _is_cached(self, vals):
        return "user" in vals  # each time when mails are fetched something else is written
