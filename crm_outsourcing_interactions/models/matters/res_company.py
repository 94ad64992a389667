from odoo import fields, models

from ..events.res_company_settings import SETTING


class ResCompany(models.Model):
    """Store the response time of unclassified messages; invalidate cached working hours with the calendar."""

    _inherit = "res.company"

    interaction_response_hours = fields.Float(
        "Response Time",
        default=9,
        **SETTING,
        help="Working hours within which we answer messages of clients that have no type yet, or a type without a "
        "response time of its own, e.g. 9:00. 0: no limit.",
    )

    _interaction_response_hours = models.Constraint(
        "CHECK (interaction_response_hours BETWEEN 0 AND 1000)", "Enter a response time between 0 and 1,000 hours."
    )

    def cache_invalidation_fields(self):
        """Return the fields whose change clears Odoo's caches."""
        return super().cache_invalidation_fields() | {"resource_calendar_id"}
