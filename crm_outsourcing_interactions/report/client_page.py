"""What the one page for the review meeting with a client shows. Pure."""

from dataclasses import dataclass

BAR_HEIGHT = 90
"""Height of the highest bar, in pixels."""


@dataclass(frozen=True)
class Line:
    """A label with its number, share, and share of the period before (``None``: no data)."""

    label: str
    n: int
    share: float | None = None
    before: float | None = None
    color: str = ""


@dataclass(frozen=True)
class Agreement:
    """What was agreed with the client, in words, beside what it is, and over which months."""

    label: str
    agreed: str
    value: str
    range: str = ""
    window: str = ""


@dataclass(frozen=True)
class Bar:
    """One month of the trend: how high each kind's part is, in pixels, the last kind on top."""

    label: str
    n: int
    parts: tuple


@dataclass(frozen=True)
class Point:
    """Something open: what sort it is, how many there are, and a line for the latest of them."""

    label: str
    n: int
    lines: tuple

    @property
    def rest(self):
        """How many have no line."""
        return self.n - len(self.lines)


@dataclass(frozen=True)
class ClientPage:
    """The page of one client, in its language."""

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


def bars(months, counts, colors):
    """Return a ``Bar`` for each month.

    :param months: ``{month: label}``, counts: ``{(month, kind): n}``, colors: ``{kind: colour}``, from the foot

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
    """Return a ``Point`` for each of the ``groups`` that is not empty, with ``most`` lines in all.

    >>> points({"Complaints": ["a", "b"], "Requests": [], "To sort": ["c", "d"]}, 3)
    (Point(label='Complaints', n=2, lines=('a', 'b')), Point(label='To sort', n=2, lines=('c',)))
    """
    result = []
    for label, lines in groups.items():
        if lines:
            result.append(Point(label, len(lines), tuple(lines[:most])))
            most -= len(result[-1].lines)
    return tuple(result)
