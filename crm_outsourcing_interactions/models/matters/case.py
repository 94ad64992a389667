"""A matter in memory: its interactions, and what is derived from them. Pure."""

from datetime import datetime, timedelta
from functools import cached_property

from . import complaint
from .clock import read
from .requesting import Requesting
from .turns import CLIENT, NOBODY

EARLY = timedelta(days=1)
"""How much older than a matter an interaction may be that joins it, e.g. a call logged later."""
DERIVED = ("counted", "state", "opening", "document", "is_complaint", "requests")
"""Properties read once, until a fact is added or changed."""


class Case(Requesting):
    """Hold a matter, stored or about to be.

    :param facts: its ``Fact`` objects.
    :param expectations: the ``Expectations`` of its company.
    :param time: the ``WorkingTime`` of its accountant.
    :param now: the present moment.
    :param dict stored: values of the stored matter, with its ``id`` and ``pieces``; empty for a new one.
    """

    def __init__(self, facts, expectations, time, now, stored=None):
        self.facts = facts
        self.expectations = expectations
        self.time = time
        self.now = now
        self.stored = stored or {}
        self.id = self.stored.get("id", 0)
        self.is_changed = not self.id
        self._turns = {}

    def add(self, fact):
        """Add a ``Fact``; the turns of the others stay."""
        self.facts.append(fact)
        self._derive_again()

    def document_of(self, id_):
        """Return the document of the fact of an interaction (id) that belongs to this matter, possibly ``None``."""
        return next(fact.document for fact in self.facts if fact.id == id_)

    def change(self):
        """Have everything read again."""
        self._turns = {}
        self._derive_again()

    def _derive_again(self):
        self.is_changed = True
        for name in DERIVED:
            self.__dict__.pop(name, None)

    def turn(self, fact):
        """Return the ``Turn`` of one of its facts."""
        if id(fact) not in self._turns:
            self._turns[id(fact)] = self.expectations.turn(fact)
        return self._turns[id(fact)]

    @cached_property
    def counted(self):
        """Return the facts that are turns, in order."""
        counted = (fact for fact in self.facts if fact.counts)
        return sorted(counted, key=lambda fact: (fact.moment, fact.id or 2**40))

    @cached_property
    def state(self):
        """Return the ``State`` at present."""
        return self.state_at(self.now)

    def state_at(self, moment):
        """Return the ``State`` at a moment."""
        return read([*map(self.turn, self.counted)], self.time, moment, self.fixed())

    def fixed(self):
        """Return the due moments that a changed calendar no longer moves, see ``clock.read``."""
        found = {(piece["start"], piece["allowed"]): piece["due"] for piece in self.stored.get("pieces", ())}
        if (due := self.stored.get("due")) and due <= self.now:
            found[self.stored["waiting_from"], self.stored["allowed"]] = due
        return found

    @property
    def running(self):
        """Return the ``Stretch`` that runs, if somebody has to move."""
        last = self.state.stretches[-1] if self.state.stretches and not self.state.closed else None
        return last if last and last.side != NOBODY else None

    @property
    def last_moment(self):
        """Return the moment of the last turn; that of the opening if there is none."""
        return self.counted[-1].moment if self.counted else self.opening.moment

    @property
    def closed(self):
        """Return when it was closed, if it is."""
        return None if self.is_requested else self._outcome()[0]

    @property
    def is_open(self):
        """Return whether somebody has to move, or perhaps has."""
        return self.state.waiting != NOBODY or self.state.perhaps or self.is_requested

    def is_open_at(self, moment):
        """Return whether it was open at a moment, or began shortly after it."""
        closed = self.closed
        if (closed and closed <= moment) or not self.had_begun(moment):
            return False
        state = self.state_at(max(moment, self.counted[0].moment))
        return state.waiting != NOBODY or state.perhaps

    def had_begun(self, moment):
        """Return whether it had begun at a moment, or did shortly after it."""
        return bool(self.counted) and self.counted[0].moment - moment <= EARLY

    @cached_property
    def opening(self):
        """Return the fact that asked first, else the first one."""
        facts = self.counted or self.facts
        return next((fact for fact in facts if self.turn(fact).expects is not False), facts[0])

    @property
    def client_id(self):
        """Return the id of the client."""
        return self.opening.client_id

    @property
    def company_id(self):
        """Return the id of the company."""
        return self.opening.company_id

    @cached_property
    def document(self):
        """Return the document, see ``Fact.document``."""
        return self.opening.document

    @cached_property
    def is_complaint(self):
        """Return whether the client complains in it, or perhaps does."""
        return any(fact.is_complaint for fact in self.counted)

    @property
    def slot(self):
        """Return its stored key of uniqueness (str), ``None`` when it is no longer the one matter of its document."""
        slot = self.stored.get("slot")
        return slot if self.is_open and not self.is_complaint and slot == self.opening.slot else None

    @property
    def people(self):
        """Return the ids (set) of those at the client from or to whom it has messages."""
        return {fact.person_id for fact in self.counted} - {None, False}

    def is_with(self, person_id, since=datetime.min):
        """Return whether it has a message from or to a person since a moment."""
        return bool(person_id) and any(f.person_id == person_id and f.moment >= since for f in self.counted)

    def values(self):
        """Return the values of the matter that are derived."""
        opening, state, facts = self.opening, self.state, self.counted
        running = state.stretches[-1] if state.stretches and not state.closed else None
        closed_on, closed_how = (None, None) if self.is_requested else self._outcome()
        return {
            "slot": self.slot,
            "from_history": bool(self.stored.get("from_history")),
            "is_requested": bool(self.stored.get("is_requested")),
            "company_id": opening.company_id,
            "commercial_partner_id": opening.client_id,
            "partner_id": opening.person_id or None,
            "user_id": opening.user_id or None,
            "service_id": opening.service_id or None,
            "type_id": opening.type_id or None,
            "channel": opening.channel or None,
            "res_model": opening.model or None,
            "res_id": opening.res_id or None,
            "opened_on": opening.moment,
            "last_on": self.last_moment,
            "asked_by": state.asked_by or None,
            "waiting": CLIENT if self.is_requested else state.waiting,
            "waiting_since": state.closed if self.is_requested else state.since,
            "waiting_from": running and running.start,
            "allowed": running and running.allowed,
            "due": state.due,
            "answer_due": state.answer_due,
            "acknowledged_on": state.acknowledged,
            "answered_on": state.answered,
            "closed_on": closed_on,
            "closed_how": closed_how,
            "is_open": bool(facts) and self.is_open,
            "active": bool(facts),
            "perhaps": state.perhaps,
            "late": state.late,
            "turns": state.turns,
            "reopened": state.reopened,
            "reminders": state.reminders,
            "interaction_count": len(facts),
            "hours": sum(fact.duration or 0 for fact in facts),
            **self._complaint_values(),
        }

    def _complaint_values(self):
        """Return the values about complaints, also one that is a further purpose of a message."""
        facts = sorted((f for f in self.facts if f.active), key=lambda fact: (fact.moment, fact.id or 2**40))
        action = bool(self.stored.get("complaint_cause_id") and self.stored.get("complaint_action"))
        found = complaint.values(facts, self.expectations.opinions, self.state, action)
        return complaint.as_waiting(found, self.state)

    def avoidable(self):
        """Return ``(fact, rule)`` of each fact (list), the rule empty where it is not avoidable, see ``State``."""
        rules = {id(turn.fact): rule for turn, rule in self.state.avoidable}
        return [(fact, rules.get(id(fact), "")) for fact in self.facts]

    def complained_user_ids(self):
        """Return the ids of the users responsible for what the client complains of."""
        opinions = self.expectations.opinions
        return {fact.user_id for fact in self.facts if fact.user_id and complaint.is_complaint(fact, opinions)}
