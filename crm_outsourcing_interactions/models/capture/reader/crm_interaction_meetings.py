from odoo import api, models

from ...events.event import LONGEST
from ...events.local_time import plausible
from ...events.marks import without_requested
from ...events.people import one_per_client
from .held_meetings import not_logged


class CrmInteractionCapture(models.AbstractModel):
    """Meetings that took place."""

    _inherit = "crm.interaction.capture"

    @api.model
    def _meetings(self, meetings):
        """Capture meetings that took place, once for each client who did not decline."""
        payload = {"method": "_meetings", "model": "calendar.event", "ids": meetings.ids}
        with self._never_block(lambda: payload):
            capture = without_requested(self)
            meetings = without_requested(meetings.sudo())  # the cron's run sees private meetings, whoever started it
            events = [event for meeting in meetings for event in capture._meeting_events(meeting)]
            self.env["crm.interaction"]._log(not_logged(capture.env, events))

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
