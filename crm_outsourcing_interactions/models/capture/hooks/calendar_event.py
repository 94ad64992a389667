from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

LOOK_BACK = timedelta(days=7)
"""How far back the daily run looks for meetings, so that a run that failed is made up for."""
BATCH_SIZE = 200


class CalendarEvent(models.Model):
    """Tells capture, once a day, of the meetings that took place, and whose name is private."""

    _inherit = "calendar.event"

    @api.model
    def _interaction_readable_domain(self):
        """Odoo shows private meetings to all as *Busy*, to those who take part with their names."""
        own = Domain("user_id", "=", self.env.uid) | Domain("partner_ids", "in", self.env.user.partner_id.ids)
        return Domain("privacy", "!=", "private") | own

    @api.model
    def _cron_capture_meetings(self):
        """Log the meetings with clients that ended in the last days; each counts once for each client."""
        now = fields.Datetime.now()
        domain = [
            ("stop", "<", now),
            ("stop", ">=", now - LOOK_BACK),
            ("attendee_ids.partner_id.partner_share", "=", True),
        ]
        meetings = self.search(domain, order="id")
        for start in range(0, len(meetings), BATCH_SIZE):
            batch = meetings[start : start + BATCH_SIZE]
            self.env["crm.interaction.capture"]._meetings(batch)
            self.env["ir.cron"]._commit_progress(len(batch), remaining=len(meetings) - start - len(batch))
