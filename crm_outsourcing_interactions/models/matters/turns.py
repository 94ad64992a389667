"""Declare what the clock reads and what it derives, see ``clock.py``."""

from dataclasses import dataclass, field
from datetime import datetime

US, CLIENT, NOBODY, BOTH = "us", "client", "nobody", "both"
ACKNOWLEDGEMENT, QUESTION_BACK, NO_ANSWER, PART = "acknowledgement", "question_back", "no_answer", "part"
WITHDRAWN, ELSEWHERE, ANSWERED = "withdrawn", "elsewhere", "answered"
SETTLED, DECLINED = "settled", "declined"
QUESTIONS = {QUESTION_BACK, WITHDRAWN, ELSEWHERE}
"""Marks of what asked something, whatever its type."""
ENDINGS = {WITHDRAWN: WITHDRAWN, SETTLED: ELSEWHERE}
"""Marks by which the asker ends the question, and how it is closed then."""
STOPS_NOTHING = {ACKNOWLEDGEMENT, PART}
UNASKED = {NO_ANSWER, SETTLED, DECLINED}
OTHER = {US: CLIENT, CLIENT: US}
REMINDER, REOPENED, ASKED_AGAIN = "reminder", "reopened", "asked_again"
"""Rules by which an interaction is avoidable; the clock knows the first two."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One interaction of a matter.

    :param moment: when it happened, UTC without time zone.
    :param side: who wrote: ``US`` or ``CLIENT``; ``BOTH`` for a conversation, which answers whoever asked.
    :param mark: a person's word about it, one of the constants above.
    :param marked: when that word was given; a question that was answered or withdrawn elsewhere ends then.
    :param expects: whether it expects an answer; ``None``: perhaps, it waits without a clock.
    :param answers: whether it can answer: ``False`` for what was sent automatically.
    :param reminds: whether it can remind of the question: ``False`` for a letter that asks for something else.
    :param response: working seconds within which it is to be answered; ``None``: no limit.
    :param fact: the ``Fact`` that it was made of; the clock does not read it.
    """

    moment: datetime
    side: str
    mark: str = ""
    marked: datetime | None = None
    expects: bool | None = True
    answers: bool = True
    response: int | None = None
    reminds: bool = True
    fact: object = field(default=None, compare=False, repr=False)


@dataclass(slots=True)
class Stretch:
    """Time during which the same side had to move.

    :param end: ``None`` while it runs.
    :param working: working seconds.
    :param allowed: working seconds left of the response time at its start; ``None`` without limit.
    :param due: when they end.
    """

    side: str
    start: datetime
    end: datetime | None = None
    working: int = 0
    allowed: int | None = None
    due: datetime | None = None


@dataclass(slots=True)
class Question:
    """One question, and how it was answered.

    :param side: who was asked: ``US`` or ``CLIENT``.
    :param asked: when.
    :param due: the due moment that was missed first, else the last one; ``None`` without limit and while it is paused.
    :param late: whether it was answered, or is still unanswered, after it was due.
    :param closed: when it was answered or withdrawn; ``None`` while open.
    :param answered: whether it was answered.
    """

    side: str
    asked: datetime
    due: datetime | None = None
    late: bool = False
    closed: datetime | None = None
    answered: bool = False


@dataclass(slots=True)
class State:
    """What is derived from the turns of a matter.

    :param asked_by: side of the first question; empty if none was asked.
    :param waiting: who has to move: ``US``, ``CLIENT`` or ``NOBODY``.
    :param since: start of the clock that runs.
    :param due: when the clock that runs ends; ``None`` without limit.
    :param answer_due: when our answer to the client's last question was, or is, due; ``None`` while it is paused.
    :param acknowledged: our first acknowledgement of the client's last question.
    :param answered: our answer to the client's last question.
    :param closed: when nobody had to move any more; ``None`` while open.
    :param how: ``ANSWERED``, ``WITHDRAWN``, ``ELSEWHERE``, or ``NO_ANSWER`` if nothing was asked.
    :param late: whether any question was answered, or is still unanswered, after it was due.
    :param perhaps: whether it only perhaps awaits an answer.
    :param turns: how often the ball went to a side.
    :param avoidable: list of ``(Turn, rule)``: those with which a side wrote again before it was answered, and those
        with which the client asked again within 14 days after closing.
    :param stretches: list of ``Stretch`` from the first turn on without a gap.
    :param questions: list of ``Question`` in order.
    """

    asked_by: str = ""
    waiting: str = NOBODY
    since: datetime | None = None
    due: datetime | None = None
    answer_due: datetime | None = None
    acknowledged: datetime | None = None
    answered: datetime | None = None
    closed: datetime | None = None
    how: str = ""
    late: bool = False
    perhaps: bool = False
    turns: int = 0
    avoidable: list = field(default_factory=list)
    stretches: list = field(default_factory=list)
    questions: list = field(default_factory=list)

    @property
    def reopened(self):
        """Return how often the client asked again within 14 days after closing."""
        return sum(rule == REOPENED for _turn, rule in self.avoidable)

    @property
    def reminders(self):
        """Return how often a side wrote again before it was answered."""
        return sum(rule == REMINDER for _turn, rule in self.avoidable)

    def working(self, side):
        """Return the working seconds during which ``side`` had to move."""
        return sum(stretch.working for stretch in self.stretches if stretch.side == side)


@dataclass(frozen=True, slots=True)
class Ending:
    """The moment at which a person said that the question of a ``turn`` was answered or withdrawn elsewhere."""

    moment: datetime
    turn: Turn


def in_order(turns):
    """Return ``turns`` by time, and among them an ``Ending`` for each question answered or withdrawn elsewhere.

    >>> monday, friday = datetime(2026, 11, 2), datetime(2026, 11, 6)
    >>> [type(turn).__name__ for turn in in_order([Turn(monday, CLIENT, ELSEWHERE, friday), Turn(monday, US)])]
    ['Turn', 'Turn', 'Ending']
    """
    endings = [
        Ending(max(turn.marked or turn.moment, turn.moment), turn)
        for turn in turns
        if turn.mark in (ELSEWHERE, WITHDRAWN)
    ]
    return sorted([*turns, *endings], key=lambda turn: turn.moment)
