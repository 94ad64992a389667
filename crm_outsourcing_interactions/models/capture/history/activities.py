"""Match notes of past activities to their meetings, since both are one interaction."""

from ...events.keys import document_key


def activity_keys(env, rows):
    """Return ``{message id: key}`` of the notes of activities among ``rows`` with a meeting.

    :param list rows: dicts, see ``history_rows``.
    """
    notes = [row for row in rows if row["mail_activity_type_id"]]
    if not notes:
        return {}
    meetings = done_with_meeting(env, notes)
    return {
        row["id"]: document_key(nearest(row, meetings[place(row)]), "meeting_held")
        for row in notes
        if place(row) in meetings
    }


def done_with_meeting(env, notes):
    """Return ``{place: activities}`` of completed activities with a meeting in the places of ``notes``."""
    domain = [
        ("active", "=", False),
        ("calendar_event_id", "!=", False),
        ("res_model", "in", [row["model"] for row in notes]),
        ("res_id", "in", [row["res_id"] for row in notes]),
    ]
    activities = env["mail.activity"].sudo().with_context(active_test=False).search(domain)
    return activities.grouped(lambda a: (a.res_model, a.res_id, a.activity_type_id.id, a.date_done))


def place(row):
    """Return document, type and day of a note, the key shared with its activity."""
    return row["model"], row["res_id"], row["mail_activity_type_id"], row["date"].date()


def nearest(row, activities):
    """Return the meeting of the activity that was completed closest to the date of ``row``."""
    return min(activities, key=lambda a: (abs(a.write_date - row["date"]), a.id)).calendar_event_id
