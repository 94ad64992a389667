from odoo import api, models


class CrmInteractionCalendarMixin(models.AbstractModel):
    """Invalidate cached working hours, and have due dates still ahead moved, when a calendar changes."""

    _name = "crm.interaction.calendar.mixin"
    _inherit = ["crm.interaction.cached.mixin"]
    _description = "Working Hours of Matters"

    @api.model_create_multi
    def create(self, vals_list):
        """Create records; see the class."""
        records = super().create(vals_list)
        self._move_interaction_dues()
        return records

    def write(self, vals):
        """Write ``vals``; see the class."""
        res = super().write(vals)
        self._move_interaction_dues()
        return res

    def unlink(self):
        """Delete records; see the class."""
        res = super().unlink()
        self._move_interaction_dues()
        return res

    @api.model
    def _move_interaction_dues(self):
        cron = self.env.ref("crm_outsourcing_interactions.cron_matters", raise_if_not_found=False)
        if cron:
            cron.sudo()._trigger()  # sudo: whoever plans working hours need not be an administrator


class ResourceCalendar(models.Model):
    """Notice changed calendars."""

    _name = "resource.calendar"
    _inherit = ["resource.calendar", "crm.interaction.calendar.mixin"]


class ResourceCalendarAttendance(models.Model):
    """Notice changed hours of calendars."""

    _name = "resource.calendar.attendance"
    _inherit = ["resource.calendar.attendance", "crm.interaction.calendar.mixin"]


class ResourceCalendarLeaves(models.Model):
    """Notice changed holidays."""

    _name = "resource.calendar.leaves"
    _inherit = ["resource.calendar.leaves", "crm.interaction.calendar.mixin"]


class ResourceResource(models.Model):
    """Notice who works by another calendar."""

    _name = "resource.resource"
    _inherit = ["resource.resource", "crm.interaction.calendar.mixin"]
