"""Read from the questions of a matter how fast they were answered, and by whom: rules 5 and 9. Pure.

A matter counts once for each side, with its *decisive* question: the first one that was late, since late stays late,
else the last one. A question that was withdrawn before it was due does not count.
"""

import math
from dataclasses import dataclass
from datetime import datetime

NO_DUE, NOT_DUE, IN_TIME, LATE = "no_due", "not_due", "in_time", "late"


def decisive(questions, side):
    """Return the decisive question that ``side`` was asked, if any.

    >>> from odoo.addons.crm_outsourcing_interactions.models.matters.turns import US, Question
    >>> first, withdrawn = Question(US, 1, due=2, closed=2, answered=True), Question(US, 3, due=9, closed=4)
    >>> late, last = Question(US, 5, due=6, late=True, closed=7, answered=True), Question(US, 8, due=9)
    >>> [decisive(asked, US).asked for asked in ([first, withdrawn], [first, late, last], [first, last])]
    [1, 5, 8]
    >>> decisive([withdrawn], US)
    """
    own = [q for q in questions if q.side == side and (q.late or q.answered or q.closed is None)]
    return next((q for q in own if q.late), own[-1] if own else None)


def state_of(due, answered, late, now):
    """Return the state of an answer at a moment: without due moment, not due yet, in time or late.

    :param answered: when it was given, or whether it was. :param late: whether after it was due.

    >>> state_of(4, 2, False, 3), state_of(4, 2, False, 4), state_of(4, None, False, 5), state_of(None, None, False, 5)
    ('not_due', 'in_time', 'late', 'no_due')
    """
    if not due:
        return NO_DUE
    if due > now:
        return NOT_DUE
    return IN_TIME if answered and not late else LATE


def median(times):
    """Return ``(least, most)``: between what the median of answer times lies.

    Both are equal where it is known. What is still unanswered takes longer than its age, nobody knows how much.

    :param times: pairs of hours, and whether they ended with an answer.
    :return: ``(None, None)`` without any; ``most`` is infinite where half of them are unanswered.

    >>> median([(1, True), (5, True), (9, True), (2, False)]), median([(1, True), (2, False), (9, False)])
    ((2, 5), (2, inf))
    >>> median([(5, True), (5, True), (0, False)]), median([])
    ((5, 5), (None, None))
    """
    times = list(times)
    if not times:
        return None, None
    half = (len(times) - 1) // 2
    most = sorted(hours if answered else math.inf for hours, answered in times)
    return sorted(hours for hours, _answered in times)[half], most[half]


@dataclass(frozen=True, slots=True)
class Answer:
    """How a side answered the decisive question of a matter.

    :param asked: when it was asked.
    :param due: see ``Question``.
    :param answered: when it was answered; ``None`` if it was not, even if it was withdrawn when it was late.
    :param late: see ``Question``.
    :param hours: working hours until the answer, the withdrawal or the present moment.
    :param user_id: who was responsible when it was answered or, if it was late, due; else who is now.
    :param shares: ``{user id: hours}``, only those during which the person was responsible.
    :param answerer_id: who was responsible when it was answered.
    """

    asked: datetime
    due: datetime | None
    answered: datetime | None
    late: bool
    hours: float
    user_id: int | None
    shares: dict
    answerer_id: int | None


def answer(question, pieces, responsible):
    """Return the ``Answer`` to a question.

    :param pieces: dicts with ``side``, ``user_id``, ``date_from``, ``date_to`` and ``hours``, in order of time, up to
        the present moment.
    :param responsible: function of a moment that returns who was responsible.

    >>> from odoo.addons.crm_outsourcing_interactions.models.matters.turns import US, Question
    >>> names = "side", "user_id", "date_from", "date_to", "hours"
    >>> pieces = [dict(zip(names, row)) for row in ((US, "Anna", 1, 5, 4), (US, "Boris", 5, 9, 4))]
    >>> found = answer(Question(US, 1, 4, True, 9, True), pieces, None)
    >>> found.hours, found.user_id, found.answerer_id, found.shares
    (8, 'Anna', 'Boris', {'Anna': 4, 'Boris': 4})
    """
    own = [piece for piece in pieces if piece["side"] == question.side and is_within(piece, question)]
    shares = {}
    for piece in own:
        shares[piece["user_id"]] = shares.get(piece["user_id"], 0) + piece["hours"]
    last_id = own[-1]["user_id"] if own else responsible(question.closed or question.asked)
    passed = (piece["user_id"] for piece in own if question.late and piece["date_to"] >= question.due)
    return Answer(
        asked=question.asked,
        due=question.due,
        answered=question.closed if question.answered else None,
        late=question.late,
        hours=sum(piece["hours"] for piece in own),
        user_id=next(passed, last_id),
        shares=shares or {last_id: 0},
        answerer_id=last_id if question.answered else None,
    )


def is_within(piece, question):
    """Return whether a piece of time belongs to a question."""
    return piece["date_from"] >= question.asked and (question.closed is None or piece["date_to"] <= question.closed)
