"""The values that targets judge, from counts by client and month: computed after aggregation, never averaged."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from ..figures.share_table import share_bounds
from ..totals.measures import MEASURES, parts_of, share

FIRM = False
"""The whole firm, among clients."""
UNCLASSIFIED = False
"""No kind yet, among kinds."""


@dataclass(frozen=True)
class Sure:
    """How sure the types behind a value are: interactions that are confirmed, only suggested, without a type."""

    confirmed: int = 0
    suggested: int = 0
    unclassified: int = 0

    @property
    def open(self):
        return self.suggested + self.unclassified


EXACT = Sure()
"""Nothing depends on a type."""


@dataclass(frozen=True)
class Value:
    """What was measured: ``amount`` is ``None`` where there is no data, ``n`` is the sample.

    ``low`` and ``high`` enclose it whatever the interactions to review turn out to be; without them it is exact.

    >>> Value(3, 7), Value(3, 7, 2, 5).is_exact
    (Value(amount=3, n=7, low=3, high=3, sure=Sure(confirmed=0, suggested=0, unclassified=0)), False)
    """

    amount: float | None
    n: int
    low: float | None = None
    high: float | None = None
    sure: Sure = EXACT

    def __post_init__(self):
        for name in ("low", "high"):
            if getattr(self, name) is None:
                object.__setattr__(self, name, self.amount)

    @property
    def is_exact(self):
        return self.low == self.high


class Counts:
    """How many contacts each client, and the whole firm, had by month and by what they are (a kind, a type).

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
        """Return the counts of ``client`` in ``months`` (first days) together, as a ``Counter`` by key."""
        total = Counter()
        for month in months:
            total.update(self._cells.get((client, month), {}))
        return total


def sure(counts, to_review):
    """Return how sure ``counts`` by kind are; ``to_review``: how many of each kind await review.

    >>> sure(Counter({1: 5, UNCLASSIFIED: 2}), Counter({1: 3, UNCLASSIFIED: 2}))
    Sure(confirmed=2, suggested=3, unclassified=2)
    """
    unclassified = counts[UNCLASSIFIED]
    suggested = to_review.total() - to_review[UNCLASSIFIED]
    return Sure(counts.total() - unclassified - suggested, suggested, unclassified)


def open_share(counts, to_review):
    """Return the share of what awaits review, with a suggestion or without a type, in all contacts.

    >>> open_share(Counter({1: 3, UNCLASSIFIED: 1}), Counter({1: 1, UNCLASSIFIED: 1})).amount
    0.5
    """
    known = sure(counts, to_review)
    return Value(share(known.open, counts.total()), counts.total(), sure=known)


def kind_share(counts, to_review, key):
    """Return the share of the kind ``key`` in all contacts.

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
    """Return the ratio of a ``role`` to the base, beside its base.

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


def per_month(n, months, known=EXACT):
    """Return the average of a month; any of what is open could be of the type of the ``n`` confirmed ones.

    >>> value = per_month(7, 2, Sure(7, suggested=1, unclassified=2))
    >>> value.low, value.amount, value.high
    (3.5, 3.5, 5.0)
    """
    return Value(n / months, n, n / months, (n + known.open) / months, known)


def known_months(months, first_month: date | None):
    """Return those of the ``months`` in which a client was one already, at least the last of them:
    a new client is not blamed for the time before.

    >>> window = [date(2026, 10, 1), date(2026, 9, 1), date(2026, 8, 1)]
    >>> len(known_months(window, date(2026, 9, 1))), len(known_months(window, None))
    (2, 3)
    >>> known_months(window, date(2026, 12, 1))
    [datetime.date(2026, 10, 1)]
    """
    return [month for month in months if not first_month or month >= first_month] or months[:1]


def days_since(last, first, as_of):
    """Return the days since the ``last`` contact; when there was none, since the ``first`` contact of any type.

    >>> days_since(date(2025, 12, 31), None, date(2026, 1, 30)), days_since(None, None, date(2026, 1, 30))
    (30, None)
    >>> days_since(None, date(2026, 1, 20), date(2026, 1, 30)), days_since(None, date(2026, 2, 2), date(2026, 1, 30))
    (10, None)
    """
    since = last or first
    if not since or (not last and since > as_of):
        return None
    return max((as_of - since).days, 0)
