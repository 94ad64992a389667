from odoo import api, models

from ...events.event import LONGEST
from ...events.local_time import plausible
from ...events.marks import without_requested
from ...events.people import one_per_client


class CrmInteractionCapture(models.AbstractModel):
    """Capture past meetings."""

    _inherit = "crm.interaction.capture"

    @api.model
    def _meetings(self, meetings):
        """Capture past meetings, once per client who did not decline."""

        def read():
            capture = without_requested(self)
            held = without_requested(meetings.sudo())  # private meetings count, whoever runs the cron
            return [event for meeting in held for event in capture._meeting_events(meeting)]

        self._run(read, {"method": "_meetings", "model": "calendar.event", "ids": meetings.ids})

    @api.model
    def _meeting_events(self, meeting):
        attendees = meeting.attendee_ids.filtered(lambda attendee: attendee.state != "declined").partner_id
        for contact in one_per_client(attendees.filtered(self.env["crm.interaction.people"]._is_client)):
            yield self._prepare_document_event(
                "meeting_held",
                meeting,
                contact,
                user=meeting.user_id,
                date=plausible(meeting.start, meeting.stop),
                channel="meeting",
                subject=self.env._("Meeting") if meeting.effective_privacy == "private" else meeting.name,
                duration=meeting.duration if meeting.duration <= LONGEST else 0.0,
            )
