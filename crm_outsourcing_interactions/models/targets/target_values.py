"""Compute the values for targets from counts by client and month, after aggregation, never as averages of values."""

import calendar
import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from ..figures.share_table import share_bounds
from ..totals.measures import MEASURES, parts_of, share

FIRM = False
"""Key of the whole firm among clients."""
UNCLASSIFIED = False
"""Key of unclassified interactions among kinds."""


@dataclass(frozen=True)
class Sure:
    """Count the interactions behind a value by certainty: confirmed, suggested, unclassified."""

    confirmed: int = 0
    suggested: int = 0
    unclassified: int = 0

    @property
    def open(self):
        return self.suggested + self.unclassified


EXACT = Sure()
"""Certainty of a value that does not depend on types."""


@dataclass(frozen=True)
class Value:
    """Hold a measured value.

    :param amount: the value, ``None`` without data; days at least, if an interaction never happened.
    :param n: size of the sample.
    :param low: lower bound for any outcome of the review; by default the value is exact.
    :param high: upper bound, likewise; infinite if an interaction never happened.
    :param least: minimum of a current month's average at its end.

    >>> Value(3, 7), Value(3, 7, 2, 5).is_exact
    (Value(amount=3, n=7, low=3, high=3, sure=Sure(confirmed=0, suggested=0, unclassified=0), least=None), False)
    """

    amount: float | None
    n: int
    low: float | None = None
    high: float | None = None
    sure: Sure = EXACT
    least: float | None = None

    def __post_init__(self):
        for name in ("low", "high"):
            if getattr(self, name) is None:
                object.__setattr__(self, name, self.amount)

    @property
    def is_exact(self):
        return self.low == self.high

    @property
    def is_never(self):
        return self.high == math.inf

    @property
    def comparable(self):
        """Return the amount for comparison with other months; ``None`` if an interaction never happened."""
        return None if self.is_never else self.amount


class Counts:
    """Count interactions by client, month and key (kind or type), for each client and the whole firm.

    >>> september, october = date(2026, 9, 1), date(2026, 10, 1)
    >>> counts = Counts([(7, september, "base", 3), (7, october, "base", 1), (8, october, "other", 2)])
    >>> counts.sum(7, [october, september]), counts.sum(FIRM, [october]), counts.sum(9, [october])
    (Counter({'base': 4}), Counter({'other': 2, 'base': 1}), Counter())
    """

    def __init__(self, rows):
        self._cells = defaultdict(Counter)
        for client, month, key, n in rows:
            self._cells[FIRM, month][key] += n
            if client:
                self._cells[client, month][key] += n

    def sum(self, client, months):
        """Return the total of ``client`` over ``months`` (first days) as a ``Counter`` by key."""
        total = Counter()
        for month in months:
            total.update(self._cells.get((client, month), {}))
        return total


def sure(counts, to_review):
    """Return the ``Sure`` of ``counts`` by kind, of which ``to_review`` by kind await review.

    >>> sure(Counter({1: 5, UNCLASSIFIED: 2}), Counter({1: 3, UNCLASSIFIED: 2}))
    Sure(confirmed=2, suggested=3, unclassified=2)
    """
    unclassified = counts[UNCLASSIFIED]
    suggested = to_review.total() - to_review[UNCLASSIFIED]
    return Sure(counts.total() - unclassified - suggested, suggested, unclassified)


def open_share(counts, to_review):
    """Return the share of interactions to review, suggested or unclassified, in all interactions.

    >>> open_share(Counter({1: 3, UNCLASSIFIED: 1}), Counter({1: 1, UNCLASSIFIED: 1})).amount
    0.5
    """
    known = sure(counts, to_review)
    return Value(share(known.open, counts.total()), counts.total(), sure=known)


def kind_share(counts, to_review, key):
    """Return the share of the kind ``key`` in all interactions.

    >>> counts = Counter({1: 3, UNCLASSIFIED: 1})
    >>> value = kind_share(counts, Counter({1: 2, UNCLASSIFIED: 1}), 1)
    >>> value.low, value.amount, value.high, value.n
    (0.25, 0.75, 1.0, 4)
    >>> kind_share(Counter(), Counter(), 1).amount
    """
    known = sure(counts, to_review)
    bounds = share_bounds(counts[key], to_review[key], known.open, counts.total())
    return Value(share(counts[key], counts.total()), counts.total(), *bounds, known)


def ratio(counts, to_review, role, roles):
    """Return the ratio of ``role`` to the base, with the base as the sample.

    :param roles: kind → ratio role

    >>> roles = {1: "base", 2: "improvement", 4: "base"}
    >>> counts = Counter({1: 20, 2: 2, 4: 5, UNCLASSIFIED: 9})
    >>> value = ratio(counts, Counter({2: 1, UNCLASSIFIED: 9}), "improvement", roles)
    >>> value.amount, value.n, value.low == 1 / 35, value.high == 11 / 25
    (0.08, 25, True, True)
    >>> ratio(Counter({2: 2}), Counter(), "improvement", roles).amount
    """
    parts = parts_of(counts, roles, to_review)
    measured = (MEASURES[f"{role}_{which}"].value(parts) for which in ("ratio", "low", "high"))
    amount, low, high = measured
    return Value(amount, parts["base"], low, high, sure(counts, to_review))


def per_month(n, elapsed, full, known=EXACT):
    """Return the monthly average of ``n`` confirmed interactions; any open one could be of the same type.

    :param elapsed: months passed, see :func:`length_in_months`.
    :param full: months passed at the end of the last one.
    :param known: ``Sure`` of the interactions.

    >>> value = per_month(7, 2, 2, Sure(7, suggested=1, unclassified=2))
    >>> value.low, value.amount, value.high
    (3.5, 3.5, 5.0)
    >>> per_month(72, 2.25, 3).amount, per_month(72, 2.25, 3).least
    (32.0, 24.0)
    """
    return Value(n / elapsed, n, n / elapsed, (n + known.open) / elapsed, known, n / full)


def length_in_months(months, first=None, last=None):
    """Return the number of months from day ``first`` to day ``last`` within ``months``, by their shares of days.

    The current month, or one with the begin of a contract, counts in part. The minimum is one, since a shorter time
    gives no frequency. Counts are monthly: interactions before the contract in its first month are included.

    >>> october, september = date(2026, 10, 1), date(2026, 9, 1)
    >>> length_in_months([october, september]), length_in_months([october, september], date(2026, 9, 16))
    (2.0, 1.5)
    >>> length_in_months([october, september], None, date(2026, 10, 31)), length_in_months([october], None, october)
    (2.0, 1.0)
    """
    return max(sum(_share_of_month(month, first or date.min, last or date.max) for month in months), 1.0)


def _share_of_month(month, first, last):
    days = calendar.monthrange(month.year, month.month)[1]
    return max((min(month.replace(day=days), last) - max(month, first)).days + 1, 0) / days


def known_months(months, first_month: date | None):
    """Return the ``months`` from ``first_month`` on, at least the last, so that the time before a contract is excluded.

    >>> window = [date(2026, 10, 1), date(2026, 9, 1), date(2026, 8, 1)]
    >>> len(known_months(window, date(2026, 9, 1))), len(known_months(window, None))
    (2, 3)
    >>> known_months(window, date(2026, 12, 1))
    [datetime.date(2026, 10, 1)]
    """
    return [month for month in months if not first_month or month >= first_month] or months[:1]


def days_since(last, since, as_of, n=0):
    """Return the days since the ``last`` interaction; without one, the days since ``since`` as a minimum.

    :param since: start of observation: the client's first interaction, or its contract.
    :param as_of: day of evaluation. :param n: size of the sample.

    >>> today = date(2026, 1, 30)
    >>> days_since(date(2025, 12, 31), None, today, 4).amount, days_since(None, None, today).amount
    (30, None)
    >>> never = days_since(None, date(2026, 1, 20), today)
    >>> never.amount, never.low, never.high, never.is_never, never.is_exact
    (10, 10, inf, True, False)
    >>> days_since(None, date(2026, 2, 2), today).amount
    """
    if last:
        return Value(max((as_of - last).days, 0), n)
    if not since or since > as_of:
        return Value(None, n)
    return Value((as_of - since).days, n, high=math.inf)
