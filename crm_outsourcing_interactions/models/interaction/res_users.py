from odoo import models
from odoo.tools import SQL

FORGET = """
    UPDATE crm_interaction
       SET create_uid = CASE WHEN create_uid != ALL(%(ids)s) THEN create_uid END,
           write_uid = CASE WHEN write_uid != ALL(%(ids)s) THEN write_uid END
     WHERE create_uid = ANY(%(ids)s) OR write_uid = ANY(%(ids)s)
"""


class ResUsers(models.Model):
    """Whoever logged interactions may be deleted."""

    _inherit = "res.users"

    def unlink(self):
        """Forget that they logged interactions, which no foreign key does."""
        ids = self.ids
        res = super().unlink()
        self.env.cr.execute(SQL(FORGET, ids=ids))
        self.env["crm.interaction"].invalidate_model(["create_uid", "write_uid"], flush=False)
        return res
