"""Pass values down the call stack in the context as marks, which no request can forge.

Callers of ``/mail/message/post``, ``call_kw`` or JSON-2 control the context, even an anonymous visitor with a link, so
its values must decide nothing. They come from JSON: text, numbers, lists, dicts. A mark is an object that JSON cannot
produce::

    record = marked(record, "interaction_event", "feedback_asked")
    mark(record.env, "interaction_event")  # "feedback_asked"; the default if a request sent that text itself

A mark ends with the call; values that a cron needs later belong in a field.
"""

from dataclasses import dataclass
from typing import Any

from odoo import fields

NEUTRAL_KEYS = frozenset({"lang", "tz", "uid", "allowed_company_ids", "mail_notify_force_send"})
"""Context keys that affect display or delivery only, never capture."""


@dataclass(frozen=True)
class Mark:
    """Wrap the value of a mark. Only Python code can create one."""

    value: Any


def marked(records, name, value=True):
    """Return ``records`` (recordset) with the mark ``name`` (str) set to ``value`` in their context."""
    return records.with_context(**{name: Mark(value)})


def mark(env, name, default=None):
    """Return the value of the mark ``name`` (str), else ``default``; ignore requested context values."""
    found = env.context.get(name)
    return found.value if isinstance(found, Mark) else default


def marks(env):
    """Return the marks of the context as ``{name: value}``."""
    return {name: found.value for name, found in env.context.items() if isinstance(found, Mark)}


def event_date(env):
    """Return when something happens (UTC, without zone): the mark ``interaction_date``, e.g. of demo data, else now."""
    return mark(env, "interaction_date") or fields.Datetime.now()


def without_requested(records):
    """Return ``records`` (recordset) in a context of marks and neutral keys only.

    Other keys from the caller, e.g. ``active_test`` or ``default_state``, are removed.
    """
    kept = {name: value for name, value in records.env.context.items() if name in NEUTRAL_KEYS or is_mark(value)}
    return records if len(kept) == len(records.env.context) else records.with_env(records.env(context=kept))


def is_mark(value):
    """Return whether ``value`` is a mark.

    >>> is_mark(Mark("x")), is_mark("x"), is_mark({"value": "x"})
    (True, False, False)
    """
    return isinstance(value, Mark)
