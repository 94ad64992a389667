"""Turn interactions into the turns that the clock reads. Pure."""

from dataclasses import dataclass
from datetime import datetime

from .turns import ACKNOWLEDGEMENT, BOTH, CLIENT, US, Turn

TALKS = {"phone", "meeting"}
"""Channels of conversations, in which both sides speak."""
HIGH = 85
"""Confidence in percent from which a suggestion decides whether a message perhaps expects no answer."""
NO_LIMIT = -1
"""Stored response time of a question without limit."""
OPINIONS = {"positive": False, "neutral": False, "negative": True}
"""Whether a client's opinion expects an answer."""


@dataclass(slots=True)
class Fact:
    """What matters need to know of one interaction, stored or about to be.

    :param id: of the interaction; 0 for one about to be stored.
    :param why: reason of its type, see ``events/reasons.py``.
    :param unattended: whether it was sent automatically.
    :param new_request: whether it is a letter that asks for something for the first time.
    :param to_several: whether it is meant for several people of the client, as known when it is captured.
    :param mark: a person's word, see ``turns.py``, given at ``marked``, or an acknowledgement by a rule.
    :param reply_to_id: id of the interaction to which it replies.
    :param counts: whether it is a turn: active, and no further purpose of another turn.
    :param active: whether it is an interaction at all. :param rating: a client's rating.
    :param marked_by_id: id of the user who gave the ``mark``.
    :param kept: working seconds within which a question of the client was to be answered that was retyped or ignored
        when it was overdue; it remains one until the supervisor decides.
    :param response: working seconds to answer it, as stored when it was asked; ``None``: not asked so far.
    :param avoidable_id: id of the reason for which it is avoidable; ``decided``: whether a person said so, or said that
        it is not.
    """

    moment: datetime
    direction: str | bool
    client_id: int
    company_id: int
    channel: str = "email"
    type_id: int | None = None
    state: str = "to_review"
    classified_by: str | None = None
    why: dict | None = None
    polarity: str | None = None
    mark: str | None = None
    marked: datetime | None = None
    unattended: bool | None = False
    new_request: bool | None = False
    to_several: bool = False
    service_id: int | None = None
    person_id: int | None = None
    user_id: int | None = None
    model: str | None = None
    res_id: int | None = None
    duration: float | None = None
    id: int = 0
    counts: bool = True
    reply_to_id: int | None = None
    kept: int | None = None
    active: bool = True
    rating: float | None = None
    marked_by_id: int | None = None
    response: int | None = None
    avoidable_id: int | None = None
    decided: bool = False

    @property
    def document(self):
        """Return the document as ``(model, id)``; ``None`` if it is only the client.

        >>> Fact(None, "incoming", 7, 1, model="res.partner", res_id=7).document
        >>> Fact(None, "incoming", 7, 1, model="project.task", res_id=8).document
        ('project.task', 8)
        """
        return (self.model, self.res_id) if self.res_id and self.model != "res.partner" else None

    @property
    def slot(self):
        """Return the key of a matter that begins on its document (str), ``None`` without document."""
        return f"{self.company_id}:{self.model},{self.res_id},{self.client_id}" if self.document else None

    @property
    def is_complaint(self):
        """Return whether the client complains."""
        return self.polarity == "negative" and self.direction == "incoming"

    @property
    def is_talk(self):
        """Return whether it is a conversation, or nobody knows who began it."""
        return self.channel in TALKS or not self.direction


@dataclass(slots=True)
class Expectations:
    """What interactions expect, and how soon, as configured.

    :param types: ``{type id: (whether it expects an answer, working hours)}``.
    :param clients: ``{client id: working hours}``, those with hours of their own; ``services`` alike.
    :param hours: working hours of the company, for all others.
    :param opinions: ids of the types by which clients praise or complain; ``requests``: by which we ask for documents.
    """

    types: dict
    clients: dict
    services: dict
    hours: float = 0
    opinions: frozenset = frozenset()
    requests: frozenset = frozenset()

    def is_request(self, fact):
        """Return whether a ``Fact`` is a letter that asks for documents, which nobody writes."""
        return bool(fact.unattended) and fact.direction == "outgoing" and fact.type_id in self.requests

    def turn(self, fact):
        """Return the ``Turn`` of a ``Fact``.

        >>> from datetime import datetime
        >>> seeded = Expectations({1: (True, 4), 2: (False, 0)}, {7: 2}, {}, 8)
        >>> nine = datetime(2026, 11, 2, 9)
        >>> seeded.turn(Fact(nine, "incoming", 6, 1)).response / 3600
        8.0
        >>> asked = Fact(nine, "incoming", 7, 1, type_id=1, state="confirmed")
        >>> seeded.turn(asked).expects, seeded.turn(asked).response / 3600
        (True, 2.0)
        >>> seeded.turn(Fact(nine, "outgoing", 7, 1, type_id=2, state="confirmed")).expects
        False
        >>> seeded.turn(Fact(nine, "incoming", 7, 1, "phone")).side
        'both'
        """
        side, asks, response = (CLIENT, True, fact.kept) if fact.kept else self._asked(fact)
        return Turn(
            moment=fact.moment,
            side=side,
            mark=self._mark(fact),
            marked=fact.marked,
            expects=asks,
            answers=not fact.unattended,
            response=response,
            reminds=not fact.new_request,
            fact=fact,
        )

    def _mark(self, fact):
        """Return the mark that counts (str): a rule's acknowledgement ends with a person's type or one that asks."""
        is_by_rule = fact.mark == ACKNOWLEDGEMENT and not fact.marked
        if is_by_rule and (fact.classified_by == "person" or self.types.get(fact.type_id, (False, 0))[0]):
            return ""
        return fact.mark or ""

    def _asked(self, fact):
        """Return side, whether it expects an answer, and within how many working seconds."""
        asks = self.expects(fact)
        side = CLIENT if fact.direction == "incoming" else US
        if fact.is_talk and not fact.is_complaint and (side == CLIENT or not asks):
            side, asks = BOTH, False
        if asks and fact.response:
            return side, asks, None if fact.response == NO_LIMIT else fact.response
        hours = self.response_hours(fact, side) if asks else 0
        return side, asks, round(hours * 3600) or None

    def expects(self, fact):
        """Return whether an interaction expects an answer; ``None``: perhaps.

        A client's message does, whatever its type, unless the type is confirmed as one that does not; ours does only if
        its type is.
        """
        by_type = bool(self.types.get(fact.type_id, (False, 0))[0])
        if fact.direction == "incoming" and fact.polarity in OPINIONS:
            by_type = OPINIONS[fact.polarity]
        if fact.is_complaint or (fact.type_id and fact.state == "confirmed"):
            return by_type
        if fact.direction == "incoming":
            return None if self.is_confident(fact) and not by_type else True
        return by_type and self.is_confident(fact)

    @staticmethod
    def is_confident(fact):
        """Return whether the type is suggested with high confidence."""
        return bool(fact.type_id and fact.why) and (fact.why.get("percent") or 0) >= HIGH

    def response_hours(self, fact, side):
        """Return the working hours to answer: those of the client, the service, the type or the company."""
        of_type = self.types.get(fact.type_id, (None, 0))[1]
        if side == US:
            return of_type
        own = self.clients.get(fact.client_id) or self.services.get(fact.service_id)
        return own or of_type or self.hours


def fact_of(event):
    """Return the ``Fact`` of an ``Event`` that is about to be stored."""
    vals = event.type_vals()
    return Fact(
        moment=vals["date"],
        direction=vals.get("direction", event.direction),
        client_id=event.client_id,
        company_id=event.company.id,
        channel=event.channel,
        type_id=vals["type_id"],
        state=vals["state"],
        classified_by=vals.get("classified_by"),
        why=vals.get("why"),
        polarity=vals.get("polarity", event.polarity),
        unattended=event.unattended,
        new_request=event.new_request,
        to_several=event.to_several,
        mark=event.mark or None,
        service_id=vals.get("service_id"),
        person_id=vals.get("partner_id"),
        user_id=vals.get("user_id"),
        model=vals.get("res_model"),
        res_id=vals.get("res_id"),
        duration=vals.get("duration"),
        rating=event.rating_value or None,
    )
