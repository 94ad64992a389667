from odoo import api, models
from odoo.exceptions import UserError


class ResUsers(models.Model):
    """Restrict the deletion of users: those who classified interactions can only be archived."""

    _inherit = "res.users"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_classifiers(self):
        """Keep users with type changes, which refer to them."""
        # sudo: users may lack access to the changes; only the name is shown
        changes = self.env["crm.interaction.type.change"].sudo().search([("user_id", "in", self.ids)], limit=1)
        if changes:
            raise UserError(
                self.env._(
                    "%s cannot be deleted: the history of type changes refers to this user. Archive the user instead.",
                    changes.user_id.name,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_keep_interactions(self):
        """Record that the database is about to clear the responsible of their interactions."""
        self.env["crm.interaction"]._record_pointer("user_id", self.ids)
