"""Compute the values of targets for answer times, from the matters of each month; one query for all clients."""

from dataclasses import dataclass, field

from ..matters.answer_times import median
from ..totals.measures import share
from .target_values import FIRM, Value

AGGREGATES = (
    "our_due_count:sum",
    "our_late_count:sum",
    "__count",
    "interaction_count:sum",
    "our_hours:array_agg",
    "our_answered_on:array_agg",
    "our_asked_on:array_agg",
)

COUNTED = [("asked_by", "!=", False), ("from_history", "=", False)]
"""Domain of the matters that count."""


@dataclass
class AnswerCount:
    """Count the matters of some months.

    :param due: whose answer was due, ``late`` of them not in time.
    :param matters: all, with so many ``interactions``.
    :param times: pairs of hours until our answer, and whether it was given.

    >>> count = AnswerCount(due=4, late=1, matters=5, interactions=12, times=[(2, True), (8, True), (3, False)])
    >>> in_time(count).amount, per_matter(count).amount, median_hours(count).amount, median_hours(count).high
    (0.75, 2.4, 3, 8)
    >>> in_time(AnswerCount()).amount, per_matter(AnswerCount()).amount, median_hours(AnswerCount()).amount
    (None, None, None)
    >>> median_hours(AnswerCount(times=[(3, False)])).high
    inf
    """

    due: int = 0
    late: int = 0
    matters: int = 0
    interactions: int = 0
    times: list = field(default_factory=list)

    def add(self, other):
        """Add another count."""
        for name in ("due", "late", "matters", "interactions"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.times += other.times


def in_time(count):
    """Return the share of answers given in time in all that were due."""
    return Value(share(count.due - count.late, count.due), count.due)


def median_hours(count):
    """Return the median of the hours until our answer; unanswered questions widen its range."""
    least, most = median(count.times)
    return Value(least, len(count.times), least, most)


def per_matter(count):
    """Return the number of interactions per matter."""
    return Value(share(count.interactions, count.matters), count.matters)


VALUES = {"in_time": in_time, "median_hours": median_hours, "matter_interactions": per_matter}


class AnswerCounts:
    """Count the matters of one company by client and month, those built from history left out.

    :param matters: ``crm.interaction.matter`` in sudo mode. :param first: first month; ``last``: last one.
    """

    def __init__(self, matters, company, first, last):
        domain = [*COUNTED, ("company_id", "=", company.id), ("month", ">=", first), ("month", "<=", last)]
        self._cells = {}
        for client, month, *numbers, hours, answered, asked in matters._read_group(
            domain, ["commercial_partner_id", "month:month"], AGGREGATES
        ):
            times = [(h or 0, bool(a)) for h, a, q in zip(hours, answered, asked, strict=True) if q]
            for key in {client.id or FIRM, FIRM}:
                self._cells.setdefault((key, month), AnswerCount()).add(AnswerCount(*numbers, times))

    def value(self, measure, client, months):
        """Return the ``Value`` of a measure for a client (id, or ``FIRM``) over ``months`` (first days)."""
        total = AnswerCount()
        for month in months:
            if cell := self._cells.get((client, month)):
                total.add(cell)
        return VALUES[measure](total)
