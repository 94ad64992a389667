from odoo import api, models
from odoo.exceptions import UserError


class ResCompany(models.Model):
    """A company with interactions stays."""

    _inherit = "res.company"

    @api.ondelete(at_uninstall=True)
    def _unlink_except_with_interactions(self):
        # sudo: interactions of companies that the user may not choose are concerned as well
        interactions = self.env["crm.interaction"].sudo().with_context(active_test=False)
        if found := interactions.search([("company_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._("“%s” cannot be deleted: it has interactions. Archive it instead.", found.company_id.name)
            )
