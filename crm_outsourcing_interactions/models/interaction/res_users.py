from odoo import models


class ResUsers(models.Model):
    """Whoever is responsible for interactions, or logged them, may be deleted."""

    _inherit = "res.users"

    def unlink(self):
        """Forget them, which no foreign key does."""
        ids = self.ids
        res = super().unlink()
        self.env["crm.interaction"]._point_elsewhere(["user_id", "create_uid", "write_uid"], ids)
        return res
