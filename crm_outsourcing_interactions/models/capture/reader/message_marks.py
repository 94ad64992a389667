"""Read the context of a message: the marks set during posting, and the request path."""

from ...events.marks import mark, marked
from ...optional.apps import is_mail_plugin_request

INSIDE_TYPES = {"comment", "notification", "user_notification"}
"""Message types that are interactions with their recipients only."""
READER_MARKS = (
    "interaction_event", "interaction_automatic", "interaction_doubt", "interaction_quoted", "interaction_visitor_id",
    "interaction_meeting_id", "interaction_reply_to", "interaction_sender",
)  # fmt: skip
"""Marks of a message, kept for a retry or until it is sent."""


def is_quoted(env):
    """Return whether a message is a client's mail logged by a mail plug-in, now or before a retry."""
    return is_mail_plugin_request() or bool(mark(env, "interaction_quoted"))


def kept_marks(env):
    """Return the marks of ``READER_MARKS`` as a dict for JSON."""
    return {name: mark(env, name) for name in READER_MARKS if mark(env, name)}


def marked_again(records, kept):
    """Return ``records`` with the marks from :func:`kept_marks` (dict), ignoring other keys."""
    for name in READER_MARKS:
        if isinstance(value := (kept or {}).get(name), bool | int | str):
            records = marked(records, name, value)
    return records


def stays_inside(record, msg_vals, recipients):
    """Return whether the message is internal, by staff to staff, without querying the database.

    ``MessageReader`` handles the exceptions: activities and logged mails.
    """
    return (
        msg_vals.get("message_type") in INSIDE_TYPES
        and msg_vals.get("staff_partner_id")
        and msg_vals.get("author_id") == msg_vals["staff_partner_id"]
        and not msg_vals.get("mail_activity_type_id")
        and not any(recipient["share"] for recipient in recipients)
        and not is_quoted(record.env)
    )
