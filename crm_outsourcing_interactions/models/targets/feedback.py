"""Read when a client was last asked for feedback, and when to ask again. Pure: days in, days out."""

from dataclasses import dataclass
from datetime import date, timedelta

NEVER, ASKED, ANSWERED, DECLINED, NO_ANSWER = "never", "asked", "answered", "declined", "no_answer"
INTERVAL, WEEKS = "interval", "weeks"
WAITS = timedelta(days=14)
"""How long an answer is awaited."""


@dataclass(frozen=True)
class Feedback:
    """Hold the days of the last request for feedback to a client, its last answer, and its last refusal."""

    asked: date | None = None
    answered: date | None = None
    declined: date | None = None

    def state(self, today):
        """Return the state on a day.

        >>> june = [date(2026, 6, day) for day in range(1, 31)]
        >>> [Feedback(june[0]).state(day) for day in (june[14], june[15])]
        ['asked', 'no_answer']
        >>> [Feedback(june[0], *later).state(june[29]) for later in ((june[2],), (None, june[1]), (june[2], june[1]))]
        ['answered', 'declined', 'answered']
        >>> Feedback(june[9], june[2], june[3]).state(june[9]), Feedback().state(june[0])
        ('asked', 'never')
        """
        replies = {ANSWERED: self.answered, DECLINED: self.declined}
        given = {name: day for name, day in replies.items() if day and (not self.asked or day >= self.asked)}
        if given:
            return max(given, key=given.get)
        if not self.asked:
            return NEVER
        return ASKED if today - self.asked <= WAITS else NO_ANSWER

    @property
    def last(self):
        """Return the later day of request and answer, ``None`` without either."""
        return max(filter(None, (self.asked, self.answered)), default=None)


def next_day(last, interval, weeks, today):
    """Return ``(day, reason)``: the day from which on to ask, and why not today (code, day), if it is later.

    :param last: day of the last request or answer, or ``None``; ``interval``: days of the target, 0 without one.
    :param weeks: reporting weeks as pairs of first and last day.

    >>> monday, friday = date(2026, 6, 1), date(2026, 6, 5)
    >>> next_day(None, 90, [], monday)
    (datetime.date(2026, 6, 1), None)
    >>> next_day(date(2026, 5, 2), 31, [], monday), next_day(date(2026, 5, 2), 20, [], monday)
    ((datetime.date(2026, 6, 2), ('interval', datetime.date(2026, 5, 2))), (datetime.date(2026, 5, 22), None))
    >>> next_day(None, 0, [(monday, friday), (date(2026, 6, 6), date(2026, 6, 7))], monday)
    (datetime.date(2026, 6, 8), ('weeks', datetime.date(2026, 6, 7)))
    """
    due = last + timedelta(days=interval) if last and interval else today
    day, reason = (due, (INTERVAL, last)) if due > today else (today, None)
    for first, end in sorted(weeks):
        if first <= day <= end:
            day = end + timedelta(days=1)
            reason = reason if reason and reason[0] == INTERVAL else (WEEKS, end)
    return (day, reason) if reason else (due, None)
