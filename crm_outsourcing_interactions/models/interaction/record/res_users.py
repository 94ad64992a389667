from odoo import api, models
from odoo.exceptions import UserError


class ResUsers(models.Model):
    """Whoever is responsible for interactions, or logged them, may be deleted; whoever classified one is archived."""

    _inherit = "res.users"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_classifiers(self):
        """Keep those whose word a classification is: the record of changes names them."""
        # sudo: whoever may delete a user need not see the changes; nothing but the name is shown
        changes = self.env["crm.interaction.type.change"].sudo().search([("user_id", "in", self.ids)], limit=1)
        if changes:
            raise UserError(
                self.env._(
                    "%s has classified interactions and is named in the record of changes. Archive the user instead.",
                    changes.user_id.name,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_keep_interactions(self):
        """Keep their interactions; the database takes the responsible out, which is recorded."""
        self.env["crm.interaction"]._record_pointer("user_id", self.ids)
