"""Deduplicate past meetings that a calendar has recreated or copied.

A changed recurrence archives or deletes its occurrences and creates others, past ones included. Calendars synchronised
from two accounts contain two copies of one meeting.
"""

from datetime import timedelta

NEAR = timedelta(days=7)
"""Maximum shift of a meeting to be recognised as a logged one."""
UNIVERSAL_IDS = ("ms_universal_event_id", "google_id")
"""Fields with an id common to all copies of a meeting, if the apps of other calendars are installed."""


def meeting_id(key):
    """Return the id of the meeting in a key, see ``keys.document_key``.

    >>> meeting_id("calendar.event,7,held"), meeting_id("calendar.event,7,held#31")
    (7, 7)
    """
    return int(key.split(",")[1])


class HeldMeeting:
    """Hold one meeting with one client, as an event or as its logged interaction.

    :param meeting: ``calendar.event`` in sudo mode, empty when it was deleted.
    :param client_id: id of the client.
    :param event: the ``Event``, unless it is logged.
    :param interaction: ``crm.interaction``, if it is logged.
    """

    def __init__(self, meeting, client_id, event=None, interaction=None):
        self.meeting = meeting
        self.client_id = client_id
        self.event = event
        self.interaction = interaction

    @property
    def start(self):
        """Return the start of the meeting in UTC; for a deleted one the date of its interaction."""
        return self.meeting.start or self.interaction.date

    @property
    def organizer(self):
        """Return the organizer; for a deleted meeting the responsible of its interaction."""
        return self.meeting.user_id if self.meeting else self.interaction.user_id

    @property
    def is_gone(self):
        """Return whether its calendar entry is deleted or archived."""
        return not self.meeting.active

    @property
    def is_made_anew(self):
        """Return whether it was created after its start, like an occurrence of a changed recurrence."""
        return self.meeting.create_date > self.meeting.start

    def is_copy_of(self, other):
        """Return whether both are entries of one meeting: same client and start, and same people or origin."""
        if (self.client_id, self.start) != (other.client_id, other.start):
            return False
        if self.organizer and self.organizer == other.organizer:
            return True
        mine, others = self.meeting, other.meeting
        has_same_id = any(name in mine and mine[name] and mine[name] == others[name] for name in UNIVERSAL_IDS)
        return has_same_id or (bool(others) and mine.partner_ids == others.partner_ids)

    def may_replace(self, other):
        """Return whether this may be a recreation of ``other``, which was logged and then deleted."""
        is_alike = self.meeting.recurrence_id or self.event.subject == other.interaction.subject
        is_of_same_people = (self.client_id, self.organizer) == (other.client_id, other.organizer)
        return self.is_made_anew and other.is_gone and is_of_same_people and is_alike and self.distance(other) <= NEAR

    def distance(self, other):
        """Return the time between the starts of both."""
        return abs(self.start - other.start)


def not_logged(env, events):
    """Return the new ones of ``events`` (past meetings), after linking recreated ones to their old interaction.

    :param list events: ``Event`` objects of one batch.
    """
    logged = logged_meetings(env, events)
    known = {(held.interaction.origin_key, held.client_id) for held in logged}
    new = [
        HeldMeeting(event.record, event.client_id, event=event)
        for event in events
        if (event.key, event.client_id) not in known
    ]
    new = without_replacements(new, logged)
    return [held.event for held in without_copies(new, logged)]


def logged_meetings(env, events):
    """Return the logged meetings of the clients of ``events`` around their dates, even ignored ones."""
    if not events:
        return []
    dates = [event.date for event in events]
    domain = [
        ("commercial_partner_id", "in", [event.client_id for event in events]),
        ("date", ">=", min(dates) - NEAR),
        ("date", "<=", max(dates) + NEAR),
        ("origin_key", "=like", "calendar.event,%"),
    ]
    found = env["crm.interaction"]._everything().search(domain, order="id")
    meetings = env["calendar.event"].sudo().browse(meeting_id(key) for key in found.mapped("origin_key"))
    existing = meetings.exists()
    return [
        HeldMeeting(meeting & existing, interaction.commercial_partner_id.id, interaction=interaction)
        for interaction, meeting in zip(found, meetings, strict=True)
    ]


def without_replacements(new, logged):
    """Return the ``new`` meetings that replace none of ``logged``; match the others one to one, nearest first."""
    pairs = [(held.distance(old), held.start, held, old) for held in new for old in logged if held.may_replace(old)]
    taken = set()
    for _distance, _start, held, old in sorted(pairs, key=lambda pair: pair[:2]):
        if held not in taken and old not in taken:
            taken |= {held, old}
            take_over(held, old)
    return [held for held in new if held not in taken]


def take_over(held, old):
    """Link the interaction of ``old`` to the meeting ``held``; keep its date and classification."""
    vals = {"origin_key": held.event.key}
    if old.interaction.res_model == held.meeting._name:
        vals["res_id"] = held.meeting.id
    old.interaction.write(vals)
    old.interaction.flush_recordset()
    old.meeting = held.meeting


def without_copies(new, logged):
    """Return the ``new`` meetings that are copies neither of a ``logged`` one nor of each other."""
    kept = []
    for held in new:
        if not any(held.is_copy_of(other) for other in [*logged, *kept]):
            kept.append(held)
    return kept
