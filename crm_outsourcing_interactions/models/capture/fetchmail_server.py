from odoo import api, models


class FetchmailServer(models.Model):
    """Its user is mostly the address of a mailbox of the firm; capture remembers which."""

    _inherit = "fetchmail.server"

    @api.model_create_multi
    def create(self, vals_list):
        servers = super().create(vals_list)
        self.env.registry.clear_cache()
        return servers

    def write(self, vals):
        res = super().write(vals)
        if "user" in vals:  # each time when mails are fetched something else is written
            self.env.registry.clear_cache()
        return res

    def unlink(self):
        res = super().unlink()
        self.env.registry.clear_cache()
        return res
