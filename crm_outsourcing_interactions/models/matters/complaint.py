"""Read from the interactions of a matter whether it is a complaint, and what is still to be done about it. Pure."""

from .turns import NOBODY, SETTLED

OPEN, REPLIED, TO_CONFIRM, CLOSED = "open", "answered", "to_confirm", "closed"
NONE = {
    "is_complaint": False,
    "complained_on": None,
    "complaint_state": None,
    "complaint_closed_on": None,
    "complaint_closed_by_id": None,
    "complaint_closing_id": None,
}
"""Values of a matter that is no complaint."""


def values(facts, opinions, state, action):
    """Return the values of a matter that concern complaints.

    A complaint is closed by the client only: by a later message of which a person says so (``SETTLED``), or by a good
    rating; an answer of ours, whatever it says, closes none. The client's next complaint opens it again.

    :param facts: its active ``Fact`` objects, in order.
    :param opinions: ids of the types by which clients praise or complain.
    :param state: its ``State``.
    :param action: whether cause and action are recorded.

    >>> from datetime import datetime
    >>> from odoo.addons.crm_outsourcing_interactions.models.matters.facts import Fact
    >>> from odoo.addons.crm_outsourcing_interactions.models.matters.turns import State
    >>> nine, noon = datetime(2026, 11, 2, 9), datetime(2026, 11, 2, 12)
    >>> bad = Fact(nine, "incoming", 7, 1, type_id=5, state="confirmed", polarity="negative", id=1)
    >>> good = Fact(noon, "incoming", 7, 1, mark=SETTLED, marked_by_id=3, id=2)
    >>> answered = State(closed=noon)
    >>> [values(facts, {5}, answered, True)["complaint_state"] for facts in ([bad], [bad, good], [good, bad])]
    ['to_confirm', 'closed', 'to_confirm']
    >>> values([bad], {5}, State(waiting="us"), True)["complaint_state"]
    'open'
    >>> values([good], {5}, answered, False) == NONE
    True
    """
    complaints = [fact for fact in facts if is_complaint(fact, opinions)]
    if not complaints:
        return NONE
    last = complaints[-1]
    closing = next((fact for fact in facts[facts.index(last) + 1 :] if settles(fact)), None)
    return {
        "is_complaint": True,
        "complained_on": complaints[0].moment,
        "complaint_state": CLOSED if closing else left_to_do(state, action),
        "complaint_closed_on": closing and (closing.marked or closing.moment),
        "complaint_closed_by_id": (closing and closing.mark == SETTLED and closing.marked_by_id) or None,
        "complaint_closing_id": (closing and closing.id) or None,
    }


def is_complaint(fact, opinions):
    """Return whether a client complains, and that is confirmed."""
    return fact.is_complaint and fact.state == "confirmed" and fact.type_id in opinions


def settles(fact):
    """Return whether the client says that a complaint is settled."""
    is_satisfied = bool(fact.rating) and fact.polarity == "positive"
    return fact.direction == "incoming" and (fact.mark == SETTLED or is_satisfied)


def left_to_do(state, action):
    """Return the state of a complaint that the client has not closed."""
    if state.waiting != NOBODY:
        return OPEN
    return TO_CONFIRM if action else REPLIED


def as_waiting(found, state):
    """Return the values that let a complaint which we answered wait for the client's confirmation.

    :param found: as returned by ``values``; ``state``: the ``State`` of its matter.
    """
    if found["complaint_state"] not in (REPLIED, TO_CONFIRM):
        return found
    waiting = {"waiting": "client", "waiting_since": state.closed, "closed_on": None, "closed_how": None}
    return {**found, **waiting, "is_open": True}
