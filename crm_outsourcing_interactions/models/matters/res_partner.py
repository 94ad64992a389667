from odoo import api, models

from ..events.settled_cache import settled_cache


class ResPartner(models.Model):
    """Cache the response times agreed with clients."""

    _inherit = "res.partner"

    @api.model
    @settled_cache()
    def _interaction_response_hours(self):
        """Return ``{client id: working hours}`` of the clients with a response time of their own (cached)."""
        # sudo: the poster may be a portal user
        clients = self.sudo().with_context(active_test=False).search([("interaction_response_hours", ">", 0)])
        return {client.id: client.interaction_response_hours for client in clients}
