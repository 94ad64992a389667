"""The values that norms judge, from counts by client and month: computed after aggregation, never averaged."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from .measures import MEASURES, parts_of, share

FIRM = False
"""The whole firm, among clients."""
UNCLASSIFIED = False
"""No kind yet, among kinds."""


@dataclass(frozen=True)
class Value:
    """What was measured: ``amount`` is ``None`` where there is no data, ``n`` is the sample."""

    amount: float | None
    n: int


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


def kind_share(counts, key):
    """Return the share of ``key`` in all contacts, those to classify included.

    >>> kind_share(Counter({1: 3, UNCLASSIFIED: 1}), UNCLASSIFIED), kind_share(Counter(), 1)
    (Value(amount=0.25, n=4), Value(amount=None, n=0))
    """
    return Value(share(counts[key], counts.total()), counts.total())


def ratio(counts, name, roles):
    """Return the ratio of that ``name`` in ``measures.MEASURES``, beside its base.

    :param roles: kind → ratio role

    >>> roles = {1: "base", 2: "improvement", 4: "base"}
    >>> ratio(Counter({1: 20, 2: 2, 4: 5, UNCLASSIFIED: 9}), "improvement_ratio", roles)
    Value(amount=0.08, n=25)
    >>> ratio(Counter({2: 2}), "improvement_ratio", roles)
    Value(amount=None, n=0)
    """
    parts = parts_of(counts, roles)
    return Value(MEASURES[name].value(parts), parts["base"])


def per_month(n, months):
    """Return the average of a month.

    >>> per_month(7, 2)
    Value(amount=3.5, n=7)
    """
    return Value(n / months, n)


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
