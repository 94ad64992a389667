"""Hold the contents of the client report, the page for the review meeting, without database access."""

from dataclasses import dataclass

BAR_HEIGHT = 90
"""Height of the highest bar in pixels."""


@dataclass(frozen=True)
class Line:
    """Hold a label with number, share, and share of the previous period (``None``: no data)."""

    label: str
    n: int
    share: float | None = None
    before: float | None = None
    color: str = ""


@dataclass(frozen=True)
class Agreement:
    """Hold an agreed target as text, with the measured value and its months."""

    label: str
    agreed: str
    value: str
    range: str = ""
    window: str = ""


@dataclass(frozen=True)
class Bar:
    """Hold one month of the trend: the height of each kind's part in pixels, the last kind on top."""

    label: str
    n: int
    parts: tuple


@dataclass(frozen=True)
class Point:
    """Hold an open point: label, number, and lines for the latest items."""

    label: str
    n: int
    lines: tuple

    @property
    def rest(self):
        """Return the number of items without a line."""
        return self.n - len(self.lines)


@dataclass(frozen=True)
class ClientPage:
    """Hold the page of one client in its language."""

    client: object
    period: str
    before: str
    contacts: int
    purposes: int
    kinds: tuple
    agreements: tuple
    bars: tuple
    types: tuple
    points: tuple
    proposals: tuple
    answers: tuple = ()


def bars(months, counts, colors):
    """Return a ``Bar`` for each month.

    :param months: ``{month: label}``.
    :param counts: ``{(month, kind): n}``.
    :param colors: ``{kind: colour}``, from bottom to top.

    >>> bars({1: "Jan", 2: "Feb"}, {(1, 7): 4, (2, 7): 1, (2, 8): 1}, {7: "blue", 8: "red"})[1]
    Bar(label='Feb', n=2, parts=((22, 'red'), (22, 'blue')))
    """
    totals = {month: sum(n for (m, _kind), n in counts.items() if m == month) for month in months}
    unit = BAR_HEIGHT / max([*totals.values(), 1])
    result = []
    for month, label in months.items():
        parts = [(round(n * unit), colors[kind]) for kind in colors if (n := counts.get((month, kind), 0))]
        result.append(Bar(label, totals[month], tuple(reversed(parts))))
    return tuple(result)


def points(groups, most):
    """Return a ``Point`` for each non-empty group of ``groups``, with at most ``most`` lines in total.

    >>> points({"Complaints": ["a", "b"], "Requests": [], "To sort": ["c", "d"]}, 3)
    (Point(label='Complaints', n=2, lines=('a', 'b')), Point(label='To sort', n=2, lines=('c',)))
    """
    result = []
    for label, lines in groups.items():
        if lines:
            result.append(Point(label, len(lines), tuple(lines[:most])))
            most -= len(result[-1].lines)
    return tuple(result)
