from odoo import api, fields, models

from ..events.settled_cache import settled_cache


class CrmInteractionService(models.Model):
    """Add the response time agreed for a service."""

    _inherit = "crm.interaction.service"

    response_hours = fields.Float(
        "Response Time",
        help="Working hours within which we answer messages about this service, e.g. 4:00. 0: that of the type.",
    )

    _response_hours_in_range = models.Constraint(
        "CHECK (response_hours BETWEEN 0 AND 1000)", "Enter a response time between 0 and 1,000 hours."
    )

    @api.model
    @settled_cache()
    def _response_hours(self):
        """Return ``{service id: working hours}`` of the services with a response time of their own (cached)."""
        # sudo: the poster may be a portal user
        services = self.sudo().with_context(active_test=False).search([("response_hours", ">", 0)])
        return {service.id: service.response_hours for service in services}
