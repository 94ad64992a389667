from odoo import models


class ResCompany(models.Model):
    """Find the managers to notify in a company."""

    _inherit = "res.company"

    def _interaction_manager(self):
        """Return one manager of the addon with access to the company, else the current user."""
        return self._interaction_managers()[:1] or self.env.user

    def _interaction_managers(self):
        """Return all managers of the addon with access to the company (``res.users``)."""
        # sudo: group membership is not readable for every user
        managers = self.env.ref("crm_outsourcing_interactions.group_manager").sudo().all_user_ids
        fitting = managers.filtered(lambda user: self in user.company_ids) - self.env.ref("base.user_root")
        return fitting.sudo(False)
