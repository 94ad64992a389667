from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

LOOK_BACK = timedelta(days=7)
"""Period searched by the daily run, long enough to catch up after failed runs."""
BATCH_SIZE = 200


class CalendarEvent(models.Model):
    """Capture meetings daily after they took place, and hide names of private ones."""

    _inherit = "calendar.event"

    @api.model
    def _interaction_readable_domain(self):
        """Restrict names of private meetings to attendees, as Odoo shows *Busy* to others."""
        own = Domain("user_id", "=", self.env.uid) | Domain("partner_ids", "in", self.env.user.partner_id.ids)
        return Domain("privacy", "!=", "private") | own

    @api.model
    def _cron_capture_meetings(self):
        """Log the meetings with clients that ended in the last days, each once per client."""
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
