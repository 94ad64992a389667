"""Recognise copies of the firm's own mail, which a list or a forwarding rule sends back under another Message-Id."""

import re
from collections import defaultdict
from datetime import timedelta

from odoo import api, models

from ...events.message_text import message_text

LATEST = timedelta(hours=2)
"""How long a mail may wait in Odoo's queue, and on its way, before its copy arrives."""
NO_TIME = timedelta()
LONGEST = 20_000
"""Number of characters of a text that are compared."""
PREFIX = re.compile(r"(?:\s*(?:\[[^\[\]]{0,60}\]|(?:re|fwd?|отв|ответ)\s*:))*\s*", re.IGNORECASE)


class CrmInteraction(models.Model):
    """Log own mail once. Texts are compared where Odoo keeps them, in its messages; nothing of them is stored."""

    _inherit = "crm.interaction"

    @api.model
    def _of_returned(self, events):
        """Return the ``events`` whose mail is a copy of a message to the same client, logged or earlier in the list.

        Only mail of the firm that came through the mail gateway can be a copy, hence nothing else costs a query.
        """
        mailed = [event for event in events if event.mailed and event.message_id]
        if not mailed:
            return set()
        sources = defaultdict(list)
        for source in [*self._sources(mailed), *map(event_source, events)]:
            sources[source["client_id"], source["subject"]].append(source)
        return {
            event
            for event in mailed
            if any(is_copy(event, source) for source in sources[event.client_id, plain_subject(event.subject)])
        }

    @api.model
    def _sources(self, events):
        """Return the logged messages of which ``events`` may be copies, see :func:`event_source`."""
        dates = [event.date for event in events]
        logged = self._everything().search(
            [
                ("commercial_partner_id", "in", list({event.client_id for event in events})),
                ("event", "=", "message_out"),
                ("message_id", "!=", False),
                ("date", ">=", min(dates) - LATEST),
                ("date", "<=", max(dates)),
            ]
        )
        return [interaction._prepare_source() for interaction in logged]

    def _prepare_source(self):
        message = self.message_id
        return {
            "client_id": self.commercial_partner_id.id,
            "subject": plain_subject(self.subject),
            "message_id": message.id,
            "date": self.date,
            "user_id": self.user_id.id,
            "mailed": message.message_type == "email",
            "text": lambda: message_text("", message.body),
        }


def event_source(event):
    """Return what :func:`is_copy` compares (dict) of an event."""
    return {
        "client_id": event.client_id,
        "subject": plain_subject(event.subject),
        "message_id": event.message_id,
        "date": event.date,
        "user_id": event.user.id if event.user else False,
        "mailed": event.mailed,
        "text": lambda: event.words.removeprefix(event.subject or "").lstrip(),
    }


def is_copy(event, source):
    """Return whether the mail of ``event`` is a copy of ``source``, an earlier message with the same subject.

    A list keeps the date of a mail; Odoo dates a mail when it leaves.
    """
    users = {event.user.id if event.user else False, source["user_id"]} - {False}
    if not source["message_id"] or source["message_id"] >= event.message_id or len(users) > 1:
        return False
    passed = event.date - source["date"]
    is_in_time = passed == NO_TIME if source["mailed"] else NO_TIME <= passed <= LATEST
    return is_in_time and has_same_text(event.words.removeprefix(event.subject or ""), source["text"]())


def has_same_text(copy, source):
    r"""Return whether ``copy`` (str) is the text ``source`` with at most as much around it: a header, a footer.

    >>> has_same_text("View task\nPlease send the act\nby Friday.\nOffice list", "Please send\nthe act by Friday.")
    True
    >>> has_same_text("Thank you for the act. We have booked it. All is well now.", "Thank you"), has_same_text("", "")
    (False, True)
    """
    copy, source = ("".join(text[:LONGEST].split()).lower() for text in (copy, source))
    return source in copy and len(copy) <= 2 * len(source)


def plain_subject(subject):
    """Return a subject (str, may be empty) without the marks of answers and lists in front of it.

    >>> plain_subject("[Office] Re: Act"), plain_subject(False)
    ('act', '')
    """
    text = (subject or "")[:LONGEST]
    return text[PREFIX.match(text).end() :].strip().lower()
