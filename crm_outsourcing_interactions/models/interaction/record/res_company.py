from odoo import api, models
from odoo.exceptions import UserError


class ResCompany(models.Model):
    """Prevent the deletion of companies with interactions."""

    _inherit = "res.company"

    @api.ondelete(at_uninstall=True)
    def _unlink_except_with_interactions(self):
        # sudo: interactions outside the user's companies count as well
        interactions = self.env["crm.interaction"].sudo().with_context(active_test=False)
        if found := interactions.search([("company_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._("“%s” cannot be deleted: it has interactions. Archive it instead.", found.company_id.name)
            )
