from odoo import models


class ResPartner(models.Model):
    """Give the client whose account a person sees, and the people at the firm."""

    _inherit = "res.partner"

    def _interaction_account(self):
        """Return the client (``res.partner``) whose account this person sees; none if archived, former or no client."""
        client = self.commercial_partner_id
        if not self.env["crm.interaction.people"]._is_client(self) or self._interaction_is_former(self.env.company):
            return client.browse()
        return client.filtered("active")

    def _interaction_firm_people(self):
        """Return ``[(role, user)]`` of those at the firm whom this client may ask; a deputy during absence."""
        self.ensure_one()
        roles = (
            (self.env._("Accountant"), self.interaction_accountant_id),
            (self.env._("Supervisor"), self.interaction_supervisor_id),
        )
        return [(role, user._interaction_stand_in()) for role, user in roles if user.active]
