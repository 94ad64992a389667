"""What is known of a message beside the message itself: what was marked while it was posted, and by which way."""

from odoo.http import request

from ...events.marks import mark, marked

INSIDE_TYPES = {"comment", "notification", "user_notification"}
"""Messages that are a contact only of whom they reach."""
MAIL_PLUGIN_PATH = "/mail_plugin/log_mail_content"
"""Where a mail program's plug-in posts a client's mail, as a note of the member of staff who reads it."""
READER_MARKS = (
    "interaction_event", "interaction_automatic", "interaction_quoted", "interaction_visitor_id",
    "interaction_meeting_id",
)  # fmt: skip
"""Marks that tell something of a message, to be kept for a retry or until the message leaves."""


def is_quoted(env):
    """Say whether a message is a client's mail that the plug-in of a mail program logs, or did when it is tried
    again."""
    is_logging = bool(request) and request.httprequest.path == MAIL_PLUGIN_PATH
    return is_logging or bool(mark(env, "interaction_quoted"))


def kept_marks(env):
    """Return the marks of ``READER_MARKS`` as a dict for JSON."""
    return {name: mark(env, name) for name in READER_MARKS if mark(env, name)}


def marked_again(records, kept):
    """Return ``records`` with what :func:`kept_marks` gave (dict); of what else may stand in it, nothing is a mark."""
    for name in READER_MARKS:
        if isinstance(value := (kept or {}).get(name), bool | int | str):
            records = marked(records, name, value)
    return records


def stays_inside(record, msg_vals, recipients):
    """Say whether a member of staff wrote it and it went to colleagues only; it is told by what is at hand.

    What else may make a contact of it, an activity or a mail that is quoted, is left to ``MessageReader``.
    """
    return (
        msg_vals.get("message_type") in INSIDE_TYPES
        and msg_vals.get("staff_partner_id")
        and msg_vals.get("author_id") == msg_vals["staff_partner_id"]
        and not msg_vals.get("mail_activity_type_id")
        and not any(recipient["share"] for recipient in recipients)
        and not is_quoted(record.env)
    )
