"""Meetings that were held: each counts once, however often a calendar makes it anew.

A changed recurring series archives or deletes its occurrences and creates others, those that took place included. A
calendar that is synchronised from two accounts holds two copies of one meeting.
"""

from datetime import timedelta

NEAR = timedelta(days=7)
"""How far a meeting may have been moved to be recognised as one that was logged before."""
UNIVERSAL_IDS = ("ms_universal_event_id", "google_id")
"""Fields that other calendars give to all copies of one meeting, where their apps are installed."""


def meeting_id(key):
    """Return the id of the meeting that a key names, see ``keys.document_key``.

    >>> meeting_id("calendar.event,7,held"), meeting_id("calendar.event,7,held#31")
    (7, 7)
    """
    return int(key.split(",")[1])


class HeldMeeting:
    """One meeting with one client: as an event, or as the interaction that it was logged as.

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
        """Beginning of the meeting, UTC; of a deleted one the date of its interaction."""
        return self.meeting.start or self.interaction.date

    @property
    def organizer(self):
        """Who organised it; of a deleted one who is responsible for its interaction."""
        return self.meeting.user_id if self.meeting else self.interaction.user_id

    @property
    def is_gone(self):
        """Whether its calendar entry was deleted or archived."""
        return not self.meeting.active

    @property
    def is_made_anew(self):
        """Whether it was created after it began, as an occurrence of a changed series is."""
        return self.meeting.create_date > self.meeting.start

    def is_copy_of(self, other):
        """Return whether both are entries of one meeting: same client and beginning, and same people or origin."""
        if (self.client_id, self.start) != (other.client_id, other.start):
            return False
        if self.organizer and self.organizer == other.organizer:
            return True
        mine, others = self.meeting, other.meeting
        has_same_id = any(name in mine and mine[name] and mine[name] == others[name] for name in UNIVERSAL_IDS)
        return has_same_id or (bool(others) and mine.partner_ids == others.partner_ids)

    def may_replace(self, other):
        """Return whether this may be ``other``, logged before and gone since, made anew."""
        is_alike = self.meeting.recurrence_id or self.event.subject == other.interaction.subject
        is_of_same_people = (self.client_id, self.organizer) == (other.client_id, other.organizer)
        return self.is_made_anew and other.is_gone and is_of_same_people and is_alike and self.distance(other) <= NEAR

    def distance(self, other):
        """Return the time between the beginnings of both."""
        return abs(self.start - other.start)


def not_logged(env, events):
    """Return those of ``events`` (meetings held) that are new; those made anew take their old interaction over.

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
    """Return as ``HeldMeeting`` what is logged of the clients of ``events`` around their dates, ignored or not."""
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
    """Return those of ``new`` that replace none of ``logged``; the others take over, the nearest first, one to one."""
    pairs = [(held.distance(old), held.start, held, old) for held in new for old in logged if held.may_replace(old)]
    taken = set()
    for _distance, _start, held, old in sorted(pairs, key=lambda pair: pair[:2]):
        if held not in taken and old not in taken:
            taken |= {held, old}
            take_over(held, old)
    return [held for held in new if held not in taken]


def take_over(held, old):
    """Have the interaction of ``old`` lead to the meeting ``held``; date and all that people said of it stay."""
    vals = {"origin_key": held.event.key}
    if old.interaction.res_model == held.meeting._name:
        vals["res_id"] = held.meeting.id
    old.interaction.write(vals)
    old.interaction.flush_recordset()
    old.meeting = held.meeting


def without_copies(new, logged):
    """Return those of ``new`` that are a copy neither of one that is ``logged`` nor of another new one."""
    kept = []
    for held in new:
        if not any(held.is_copy_of(other) for other in [*logged, *kept]):
            kept.append(held)
    return kept
