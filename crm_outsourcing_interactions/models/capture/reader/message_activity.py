from functools import cached_property

from ...events.keys import document_key, message_key
from ...events.marks import mark
from .message_addresses import AddressReader


class ActivityReader(AddressReader):
    """Read the note that Odoo posts when an activity is completed."""

    @cached_property
    def activity_type_id(self):
        """Return the type of the completed activity if the message is its note, from the values at hand."""
        return self.msg_vals.get("mail_activity_type_id") if self.msg_vals else self.message.mail_activity_type_id.id

    def activity_key(self):
        """Return the key of the event, that of the meeting if the activity has one."""
        if meeting_id := mark(self.env, "interaction_meeting_id"):
            return document_key(self.env["calendar.event"].browse(meeting_id), "meeting_held")
        return message_key(self.value("message_id"))

    def activity(self):
        """Return the events of a completed activity whose type counts as an interaction."""
        activity_type = self.env["mail.activity.type"].browse(self.activity_type_id)
        if not activity_type.is_interaction:
            return []
        return [
            self.prepare_event(
                "activity_done",
                contact,
                key=self.activity_key(),
                user=self.writer(),
                channel={"phonecall": "phone", "meeting": "meeting"}.get(activity_type.category, "other"),
                subject=activity_type.name,
                type_id=activity_type.interaction_type_id.id,
            )
            for contact in self.contacts(self.env["res.partner"])[:1]
        ]
