from odoo import models


class ResCompany(models.Model):
    """Invalidate cached working hours when the company works by another calendar."""

    _inherit = "res.company"

    def cache_invalidation_fields(self):
        """Return the fields whose change clears Odoo's caches."""
        return super().cache_invalidation_fields() | {"resource_calendar_id"}
