from odoo import models


class ResCompany(models.Model):
    """Find the manager to notify in a company."""

    _inherit = "res.company"

    def _interaction_manager(self, but=()):
        """Return one manager of the addon with access to the company, else the current user.

        :param but: users (``res.users``) to leave out.
        """
        # sudo: group membership is not readable for every user
        managers = self.env.ref("crm_outsourcing_interactions.group_manager").sudo().all_user_ids
        fitting = managers.filtered(lambda user: self in user.company_ids and user not in but) - self.env.ref(
            "base.user_root"
        )
        return fitting.sudo(False)[:1] or self.env.user
