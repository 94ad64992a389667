"""Decide to which matter an interaction belongs. Pure.

The first that fits:

1. *reply*: it replies to a message of a matter of the same client. What expects an answer more than 14 days after the
   matter was closed begins a new one.
2. *document*: there is exactly one open matter of the client on the same document, unless the document is the client.
3. Proposed, to be decided by a person: one of several open matters on the document, or the only one of the same person
   within ten working days. The only one on the document is proposed too, not chosen, when it waits for us already
   and somebody else at the client writes: whoever did not ask before rather asks something else than reminds. Hence
   our message to one person, that of exactly one of several, belongs to that one, by rule 2. Where none is open on
   the document, what asks is proposed to the only one of the same person there that was closed within 14 days.
4. Otherwise a new one, if it expects an answer. What is proposed begins one too, lest it waits unseen, unless one of
   several open matters on the document waits for the same side anyway.

Complaints are linked by 1 or by a person only.
"""

from dataclasses import dataclass
from datetime import timedelta

from .clock import REOPENS_WITHIN
from .turns import CLIENT, US

SAME_PERSON = 10
"""Working days within which a message is about the open matter of the same person."""
REPLY, DOCUMENT, ADDRESSED, NEW = "matter_reply", "matter_document", "matter_addressed", "matter_new"
SEVERAL, SAME, OTHER = "matter_several", "matter_same_person", "matter_other_person"
CLOSED = "matter_closed"


@dataclass(frozen=True, slots=True)
class Link:
    """The decision about one interaction.

    :param matter: the matter to which it belongs, if any.
    :param proposed: the matter to which it may belong.
    :param reason: a code of ``events/reasons.py``.
    :param is_new: whether it begins a new matter.
    """

    matter: object = None
    proposed: object = None
    reason: str = ""
    is_new: bool = False


def link(fact, asks, cases, replied=None, around=()):
    """Return the ``Link`` of a ``Fact``.

    :param asks: whether it expects an answer, perhaps (``None``), or not.
    :param cases: the matters of the client that are open at its time, oldest first: those on the same document, and
        those that are no complaints with a message from or to the same person within ten working days.
    :param replied: the matter of the message to which it replies, if any.
    :param around: all matters of the client.
    """
    opens = asks is not False
    if replied and not (opens and is_past(replied, fact)):
        return Link(replied, reason=REPLY)
    if fact.is_complaint:
        return Link(reason=NEW, is_new=True)
    others = [case for case in cases if not case.is_complaint]
    on_document = [case for case in others if fact.document and case.document == fact.document]
    if len(on_document) == 1:
        if opens and asks_apart(on_document[0], fact):
            return Link(None, on_document[0], OTHER, is_new=True)
        return Link(on_document[0], reason=DOCUMENT)
    of_person = [case for case in on_document if case.is_with(fact.person_id)]
    if fact.direction == "outgoing" and len(of_person) == 1 and not fact.to_several:
        return Link(of_person[0], reason=ADDRESSED)
    proposed, reason = proposal(fact, on_document, others, closed_before(fact, around) if asks else [])
    waits = {case.state.waiting for case in on_document}
    if opens and (US if fact.direction == "incoming" else CLIENT) not in waits:
        return Link(None, proposed, reason or NEW, is_new=True)
    return Link(None, proposed, reason)


def proposal(fact, on_document, others, closed):
    """Return ``(matter, reason)`` to be decided by a person, possibly ``(None, "")``."""
    if on_document:
        return next((case for case in on_document if case.is_with(fact.person_id)), on_document[0]), SEVERAL
    if len(closed) == 1:
        return closed[0], CLOSED
    return (others[0], SAME) if len(others) == 1 else (None, "")


def asks_apart(case, fact):
    """Return whether another person at the client writes while a matter waits for us; a company is no person."""
    others = case.people - {case.client_id}
    is_person = fact.person_id and fact.person_id != case.client_id
    is_other = is_person and others and fact.person_id not in case.people
    return bool(is_other and fact.direction == "incoming" and case.state.waiting == US)


def closed_before(fact, around):
    """Return the matters with the person on the document of a client's message closed within 14 days before it."""
    if not fact.document or fact.direction != "incoming":
        return []
    on_document = (case for case in around if case.document == fact.document and case.is_with(fact.person_id))
    answered = (case for case in on_document if not case.is_complaint and case.state.asked_by and case.closed)
    return [case for case in answered if timedelta(0) < fact.moment - case.closed <= REOPENS_WITHIN]


def is_past(case, fact):
    """Return whether a matter was closed so long before an interaction that it does not reopen."""
    return bool(case.closed) and fact.moment - case.closed > REOPENS_WITHIN
