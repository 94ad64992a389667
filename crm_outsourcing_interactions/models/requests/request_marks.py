"""Derive what letters, messages and hand-overs of request lists mean to their matter. Pure."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from ..matters.clock import read
from ..matters.turns import CLIENT, ELSEWHERE, NOBODY, PART, QUESTION_BACK, US, WITHDRAWN


@dataclass(eq=False)
class Request:
    """A letter, or a message in words, that asks for items.

    :param moment: when it asked.
    :param row_id: id of its interaction, ``None`` if that is of another matter.
    :param is_letter: whether nobody wrote it.
    :param runs: list of the ``Run`` of each item since it was asked for, ``None`` where it is wanted; empty: it asks
        for something else.
    :param stopped_on: when the contract ended with something outstanding; it also ends what asks for something else.
    """

    moment: datetime
    row_id: int | None
    is_letter: bool
    runs: list
    stopped_on: datetime | None = None

    @property
    def is_about_lists(self):
        """Return whether it ends with what is on the lists."""
        return bool(self.runs or self.stopped_on)

    @property
    def is_dropped(self):
        """Return whether we found that nothing of what it asks for is needed."""
        return bool(self.runs) and all(run and run.is_dropped for run in self.runs)

    @property
    def end(self):
        """Return when the last of its items came; ``None``: something is outstanding.

        What we found not to be needed was not asked for, unless nothing else was.
        """
        if not self.runs:
            return self.stopped_on
        if not all(self.runs):
            return None
        came = [run.start for run in self.runs if not run.is_dropped] or [run.start for run in self.runs]
        return max([self.moment, *came])


@dataclass(eq=False)
class Handover:
    """What the client handed over at once.

    :param moment: when. :param is_addition: whether it adds to what had come only.
    :param is_claim: whether something that is not applicable, as the client said by then, is to check.
    :param replaced_on: when the last of what was not applicable, as the client said by then, came after all, else
        ``None``.
    :param is_whole: whether nothing else was missing, as far as was known then.
    :param is_refused: whether we had written to the client before what was not applicable came.
    :param account: the ``Request`` of the account, if no letter had asked for the list.
    """

    moment: datetime
    is_addition: bool = False
    is_claim: bool = False
    replaced_on: datetime | None = None
    is_whole: bool = False
    is_refused: bool = False
    account: Request | None = None


@dataclass(eq=False)
class Span:
    """Time during which something was outstanding that we had asked for; ``end`` is ``None`` while it is."""

    start: datetime
    end: datetime | None
    requests: list = field(default_factory=list)

    def meets(self, request):
        """Return whether something was outstanding while that of a ``request`` was."""
        return (not request.end or self.start < request.end) and (not self.end or request.moment < self.end)

    @property
    def how(self):
        """Return the mark of a request that nothing in its matter has answered."""
        return ELSEWHERE if any(run.has_come for request in self.requests for run in request.runs) else WITHDRAWN


def spans_of(requests):
    """Return the time in which something of ``requests`` (list) was outstanding, as a list of ``Span``.

    What we found not to be needed prolongs none in which something else was, nor does what asks for something else.
    """
    spans = []
    asking = (own for own in requests if own.runs)
    for request in sorted(asking, key=lambda own: (own.is_dropped, own.moment)):
        span = next((span for span in spans if span.meets(request)), None)
        if not span:
            spans.append(span := Span(request.moment, request.moment))
        span.start = min(span.start, request.moment)
        if not request.is_dropped or all(own.is_dropped for own in span.requests):
            span.end = span.end and request.end and max(span.end, request.end)
        span.requests.append(request)
    others = (own for own in requests if own.is_about_lists and not own.runs)
    return spans + [Span(own.moment, own.end, [own]) for own in others]


class RequestMarks:
    """Derive the marks of a matter's letters, messages and hand-overs anew, from all that is known of the items.

    A hand-over answers us when nothing is outstanding any more that we have asked for; until then it is an answer in
    part. When the rest comes on paper, or is not needed, our first request ends then. An addition to what has come
    answers our messages only.

    :param case: the ``Case``. :param requests: list of ``Request``. :param dict handovers: ``Handover`` by id of its
        interaction. :param free: ids (set) of the interactions that may be marked.
    """

    def __init__(self, case, requests, handovers, free):
        self.time = case.time
        self.facts = case.counted
        self.requests = requests
        self.handovers = {id_: handover for id_, handover in handovers.items() if id_ in free}
        self.free = free
        self.last = {own.moment: own for own in self.handovers.values() if not own.is_addition}
        self.turns = {fact.id: case.turn(fact) for fact in self.facts}
        for id_ in free & self.turns.keys():
            self._mark(id_, PART if id_ in handovers else "")

    def marks(self):
        """Return ``{id of an interaction: (mark, moment of the end)}`` of those that may be marked."""
        handed = [(self.handovers[fact.id].moment, 0, fact) for fact in self.facts if fact.id in self.handovers]
        ended = [(span.end, 1, span) for span in spans_of(self.requests) if span.end]
        for _moment, is_end, thing in sorted([*handed, *ended], key=lambda step: step[:2]):
            if is_end:
                self._end(thing)
            else:
                self._mark(thing.id, self._handover_mark(thing, self.handovers[thing.id]))
        return {id_: (turn.mark, turn.marked) for id_, turn in self.turns.items() if id_ in self.free}

    def _mark(self, id_, mark, moment=None):
        self.turns[id_] = replace(self.turns[id_], mark=mark, marked=moment)

    def _state(self, facts, moment):
        return read([self.turns[fact.id] for fact in facts], self.time, moment)

    def _handover_mark(self, fact, handover):
        """Return the mark of the interaction (``fact``) of a hand-over; an answer has none."""
        turn = self.turns[fact.id]
        if turn.expects is not False:
            return ""  # a person calls it a question
        before = self.facts[: self.facts.index(fact)]
        state = self._state(before, fact.moment)
        is_owed = state.waiting != NOBODY and state.questions[-1].side == US
        if not is_owed and self._is_for_us(handover):
            return QUESTION_BACK
        if is_owed or self._is_missing(handover):
            return PART
        return PART if handover.is_addition and not self._is_asked_in_words(before, state) else ""

    def _is_missing(self, handover):
        """Return whether a hand-over left something outstanding that we had asked for, perhaps until the next one of
        the same second."""
        is_last = self.last.get(handover.moment, handover) == handover
        return not is_last or any(not end or end > handover.moment for end in self._ends(handover))

    def _is_for_us(self, handover):
        """Return whether we were to check what the client called not applicable: nothing else was missing, or the rest
        has come since, without another hand-over before."""
        others, ends = [moment for moment, own in self.last.items() if own != handover], self._ends(handover)
        if until := handover.replaced_on:
            has_come = all(end and end <= until for end in ends)
            is_next = not any(handover.moment <= moment < until for moment in others)
            return (handover.is_whole and (has_come or handover.is_refused)) or (has_come and is_next)
        if not handover.is_claim or not self._is_missing(handover):
            return handover.is_claim
        last = all(ends) and max(ends, default=handover.moment)
        return last and not any(handover.moment <= moment <= last for moment in others)

    def _ends(self, handover):
        """Return when what we had asked for before a hand-over had come (list); ``None`` where something has not."""
        asked = [request for request in self.requests if request.runs and request.moment <= handover.moment]
        asked += filter(None, [handover.account])
        return [own.end for own in asked if not own.is_dropped] or [own.end for own in asked]

    def _is_asked_in_words(self, before, state):
        """Return whether a message of ours has asked for documents with the question that is open, and nothing else has
        been asked since; the facts ``before`` lead to the ``State``."""
        asking = self._asking(before, state) if state.waiting == CLIENT else ()
        requests = {own.row_id: own for own in self.requests}
        return bool(asking) and requests.keys() >= set(asking) and not requests[asking[0]].is_letter

    def _asking(self, facts, state):
        """Return the ids (list) of those interactions (``facts``) that ask the client the question that is open."""
        asked = [(fact.id, self.turns[fact.id]) for fact in facts if fact.moment >= state.questions[-1].asked]
        return [id_ for id_, turn in asked if turn.side == US and turn.expects and not turn.mark]

    def _end(self, span):
        """End the question that still waits for the client when nothing of a ``span`` is outstanding any more, unless
        we have asked something else since."""
        state = self._state(self.facts, span.end)
        handed = [self.turns[id_] for id_, handover in self.handovers.items() if handover.moment == span.end]
        if state.waiting != CLIENT or any(not turn.mark and turn.expects is False for turn in handed):
            return  # it is answered, at least when the date of its interaction has come
        asking = self._asking([fact for fact in self.facts if fact.moment <= span.end], state)
        before = (own for own in self.requests if own.is_about_lists and own.end and own.end <= span.end)
        own = {request.row_id: request for request in (*before, *span.requests) if request.row_id in asking}
        free = [id_ for id_ in asking if id_ in own and id_ in self.free]
        if not free or set(asking) - own.keys():
            return
        if letters := self._letters_beside_claim(free, own, span):
            for id_ in letters:
                self._mark(id_, PART)
        else:
            self._mark(free[0], span.how, span.end)

    def _letters_beside_claim(self, free, own, span):
        """Return the ids (list) of the letters that have asked for something else since the client called something not
        applicable, if we have only sent letters since and have not checked that: it waits for us again."""
        claimed = [
            self.turns[id_].moment
            for id_, handover in self.handovers.items()
            if handover.is_claim and self.turns[id_].mark == QUESTION_BACK and handover.moment < span.end
        ]
        since = [id_ for id_ in free if claimed and own[id_].moment > max(claimed)]
        return since if all(own[id_].is_letter for id_ in since) else []
