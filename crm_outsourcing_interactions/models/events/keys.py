"""What makes a contact one and the same however often it is reported: the unique key of an interaction."""

import hashlib

from .event import EVENT_FACTS

FOREIGN_KEY_CHECK = "FOR KEY SHARE"
LONGEST_KEY = 128
OUTSIDE = "ref:"
"""What the keys of contacts begin with that people or other programs name; no captured one does."""


def origin_key(text):
    """Return ``text``, or a digest of it when it is too long for an index, or may hold somebody's address.

    A digest is its own key, and needs no erasure:

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
    """Return the key of a captured contact; one that looks like somebody's reference is told from it.

    >>> captured_key("account.move,7,issued"), captured_key("ref:1:pbx-7") == "ref:1:pbx-7"
    ('account.move,7,issued', False)
    """
    return origin_key(f" {text}" if text.startswith(OUTSIDE) else text)


def outside_key(reference, company_id):
    """Return the key of a contact that a person or another program gave a ``reference`` (str).

    It is unique within a company (id), and never the key of an event, which it would suppress:

    >>> outside_key("pbx-7", 1), outside_key("account.move,7,issued", 1)
    ('ref:1:pbx-7', 'ref:1:account.move,7,issued')

    What was exported is found again:

    >>> [outside_key(outside_key(text, 1), 1) == outside_key(text, 1) for text in ("pbx-7", "a@b", "x" * 5000)]
    [True, True, True]
    """
    prefix = f"{OUTSIDE}{company_id}:"
    return prefix + origin_key(reference.removeprefix(prefix))


def document_key(record, code):
    """Return the key of an event that can happen once to a document, e.g. ``account.move,7,issued``."""
    return f"{record._name},{record.id},{EVENT_FACTS[code]}"


def message_key(message_id):
    """Return the key of a message from its Message-Id, which its writer chose: never the key of a document.

    >>> message_key("<1@example.com>"), message_key("account.move,7,paid")
    ('<1@example.com>', ' account.move,7,paid')
    """
    return message_id if not message_id or message_id.startswith("<") else f" {message_id}"


def is_about_reference(error):
    """Return whether a conflict with another transaction (``SerializationFailure``) arose when PostgreSQL checked a
    foreign key: that one has changed what a row points to. Else it has logged the same contact."""
    return FOREIGN_KEY_CHECK in (error.diag.context or "")
