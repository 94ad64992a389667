"""Marks: what our code tells our code further down through the context, in a form that no request can forge.

Any caller of ``/mail/message/post``, of ``call_kw`` or of JSON-2 chooses the context, an anonymous visitor with a link
included. Its values come from JSON: text, numbers, lists, dicts. A decision that rests on one of them is the caller's.
A mark is an object that JSON cannot make::

    record = marked(record, "interaction_event", "feedback_asked")
    mark(record.env, "interaction_event")  # "feedback_asked"; the default if a request sent that text itself

What a cron has to find later is no mark but a field on its record.
"""

from dataclasses import dataclass
from typing import Any

NEUTRAL_KEYS = frozenset({"lang", "tz", "uid", "allowed_company_ids", "mail_notify_force_send"})
"""Keys of a context that change how something is shown or delivered, never what is captured."""


@dataclass(frozen=True)
class Mark:
    """The value of a mark. Only Python code can make one."""

    value: Any


def marked(records, name, value=True):
    """Return ``records`` (recordset) with the mark ``name`` (str) of ``value`` in their context."""
    return records.with_context(**{name: Mark(value)})


def mark(env, name, default=None):
    """Return the value of the mark ``name`` (str), else ``default``; what a request sent under that name is no mark."""
    found = env.context.get(name)
    return found.value if isinstance(found, Mark) else default


def marks(env):
    """Return the marks of the context as ``{name: value}``."""
    return {name: found.value for name, found in env.context.items() if isinstance(found, Mark)}


def without_requested(records):
    """Return ``records`` (recordset) in a context of marks and neutral keys only.

    Whatever else the caller put in, such as ``active_test`` or ``default_state``, is gone.
    """
    kept = {name: value for name, value in records.env.context.items() if name in NEUTRAL_KEYS or is_mark(value)}
    return records if len(kept) == len(records.env.context) else records.with_env(records.env(context=kept))


def is_mark(value):
    """Return whether ``value`` is a mark.

    >>> is_mark(Mark("x")), is_mark("x"), is_mark({"value": "x"})
    (True, False, False)
    """
    return isinstance(value, Mark)
