from datetime import timedelta

from odoo import api, models

from ..events.local_time import midnight
from ..events.settled_cache import settled_cache


class ResUsers(models.Model):
    """Cache who deputises for whom, to attribute working hours."""

    _inherit = "res.users"

    @api.model
    @settled_cache()
    def _interaction_deputies(self):
        """Return ``{user id: (first moment, end, deputy's id)}`` of all users with a deputy (cached)."""
        # sudo: whoever asks
        users = self.sudo().with_context(active_test=False).search([("interaction_deputy_id", "!=", False)])
        return {user.id: user._interaction_absence() for user in users}

    def _interaction_absence(self):
        zone = self.company_id._interaction_zone()
        end = midnight(self.interaction_deputy_until + timedelta(days=1), zone)
        return midnight(self.interaction_deputy_from, zone), end, self.interaction_deputy_id.id

    def _interaction_absences(self):
        """Return the absences of one user (or none), see ``responsible.divided``."""
        absence = self._interaction_deputies().get(self.id)
        return [absence] if absence else []
