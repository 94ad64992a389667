"""Compute the unique keys of interactions, equal for all reports of the same one."""

import hashlib

from .event import EVENT_FACTS

FOREIGN_KEY_CHECK = "FOR KEY SHARE"
LONGEST_KEY = 128
OUTSIDE = "ref:"
"""Prefix of keys made from references given by people or other programs; captured keys never have it."""


def is_id(value):
    """Return whether ``value`` can be the id of a record.

    >>> [is_id(value) for value in (7, 0, "7", True, 7.0, [7], 2**31)]
    [True, False, False, False, False, False, False]
    """
    return type(value) is int and 0 < value < 2**31


def ids_in(value):
    """Return the ids (list) in ``value``, which may be anything that a request sends.

    >>> ids_in([7, 7.5, "7", [7], -1]), ids_in("nonsense"), ids_in(None)
    ([7], [], [])
    """
    return [id_ for id_ in value if is_id(id_)] if isinstance(value, list | tuple) else []


def origin_key(text):
    """Return ``text``, or its digest if it is too long for an index or may contain an email address.

    The key of a digest is the digest; it needs no anonymising:

    >>> origin_key("account.move,7,issued")
    'account.move,7,issued'
    >>> len(origin_key("<anna@example.com>")), len(origin_key("x" * 5000))
    (45, 45)
    >>> origin_key(origin_key("<anna@example.com>")) == origin_key("<anna@example.com>")
    True
    """
    if "@" not in text and len(text) <= LONGEST_KEY:
        return text
    return "sha1:" + hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


def captured_key(text):
    """Return the key of a captured interaction, distinct from any :func:`outside_key`.

    >>> captured_key("account.move,7,issued"), captured_key("ref:1:pbx-7") == "ref:1:pbx-7"
    ('account.move,7,issued', False)
    """
    return origin_key(f" {text}" if text.startswith(OUTSIDE) else text)


def outside_key(reference, company_id):
    """Return the key of an interaction with a ``reference`` (str) given by a person or another program.

    It is unique within a company (id) and distinct from the key of any event, which it would suppress:

    >>> outside_key("pbx-7", 1), outside_key("account.move,7,issued", 1)
    ('ref:1:pbx-7', 'ref:1:account.move,7,issued')

    Exported keys map to themselves on import:

    >>> [outside_key(outside_key(text, 1), 1) == outside_key(text, 1) for text in ("pbx-7", "a@b", "x" * 5000)]
    [True, True, True]
    """
    prefix = f"{OUTSIDE}{company_id}:"
    return prefix + origin_key(reference.removeprefix(prefix))


def document_key(record, code):
    """Return the key of an event that happens at most once per document, e.g. ``account.move,7,issued``."""
    return f"{record._name},{record.id},{EVENT_FACTS[code]}"


def message_key(message_id):
    """Return the key of a message from its Message-Id, distinct from any document's: the sender chooses the id.

    >>> message_key("<1@example.com>"), message_key("account.move,7,paid")
    ('<1@example.com>', ' account.move,7,paid')
    """
    return message_id if not message_id or message_id.startswith("<") else f" {message_id}"


def is_about_reference(error):
    """Return whether a ``SerializationFailure`` arose from the check of a foreign key.

    Then the other transaction has changed a referenced row; otherwise it has logged the same interaction.
    """
    return FOREIGN_KEY_CHECK in (error.diag.context or "")
