from odoo import models


class ResourceCalendar(models.Model):
    """Invalidate cached working hours when a calendar changes."""

    _name = "resource.calendar"
    _inherit = ["resource.calendar", "crm.interaction.cached.mixin"]


class ResourceCalendarAttendance(models.Model):
    """Invalidate cached working hours when those of a calendar change."""

    _name = "resource.calendar.attendance"
    _inherit = ["resource.calendar.attendance", "crm.interaction.cached.mixin"]


class ResourceCalendarLeaves(models.Model):
    """Invalidate cached working hours when a public holiday changes."""

    _name = "resource.calendar.leaves"
    _inherit = ["resource.calendar.leaves", "crm.interaction.cached.mixin"]


class ResourceResource(models.Model):
    """Invalidate cached working hours when somebody works by another calendar."""

    _name = "resource.resource"
    _inherit = ["resource.resource", "crm.interaction.cached.mixin"]
