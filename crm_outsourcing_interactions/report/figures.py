"""The figures that reports show, counted and named, without any database."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from ..models.analysis.measures import MEASURES, parts_of, share
from .sheets import change


@dataclass(frozen=True)
class Group:
    """``n`` contacts of one month, client and kind (``kind`` is 0 for those to classify)."""

    month: date
    client: int
    kind: int
    n: int


@dataclass(frozen=True)
class Kind:
    """A kind, on which side of the ratios it is counted, and its colour in charts."""

    id: int
    name: str
    role: str
    color: str = ""
    active: bool = True


@dataclass(frozen=True)
class Type:
    """A type that can be chosen, for the tables and for the definitions."""

    id: int
    code: str
    name: str
    kind: str
    direction: str
    description: str = ""
    is_group: bool = False


@dataclass(frozen=True)
class Figures:
    """What one period holds: groups, ``{type: n}``, ``{(responsible, coverage): n}``, contacts (splits once)."""

    groups: tuple = ()
    types: dict = field(default_factory=dict)
    coverage: dict = field(default_factory=dict)
    contacts: int = 0

    @property
    def total(self):
        return sum(group.n for group in self.groups)

    def by(self, *names):
        """Return ``{value(s) of the groups: n}``.

        >>> groups = (Group(date(2026, 1, 1), 7, 1, 2), Group(date(2026, 2, 1), 7, 1, 3))
        >>> Figures(groups).by("kind"), Figures(groups).by("client", "kind")
        ({1: 5}, {(7, 1): 5})
        """
        counts = defaultdict(int)
        for group in self.groups:
            key = tuple(getattr(group, name) for name in names)
            counts[key if len(names) > 1 else key[0]] += group.n
        return dict(counts)


@dataclass(frozen=True)
class BookData:
    """All that the book shows, in the reader's language."""

    now: Figures
    before: Figures
    now_label: str
    before_label: str
    kinds: tuple
    types: tuple
    clients: dict
    users: dict
    months: dict
    coverages: dict
    indicators: tuple = ()


def ratio(by_kind, kinds, role):
    """Return contacts of ``role`` / contacts of the base, or ``None`` without a base.

    >>> kinds = (Kind(1, "Production", "base"), Kind(2, "Improvements", "improvement"))
    >>> ratio({1: 50, 2: 4}, kinds, "improvement"), ratio({2: 4}, kinds, "improvement")
    (0.08, None)
    """
    return MEASURES[f"{role}_ratio"].value(parts_of(by_kind, {kind.id: kind.role for kind in kinds}))


def comparison(label, now, before, total_now, total_before):
    """Return one row: label, n, share, n before, share before, change of the share.

    >>> comparison("Production", 3, 1, 4, 4)
    ('Production', 3, 0.75, 1, 0.25, 0.5)
    """
    shares = share(now, total_now), share(before, total_before)
    return (label, now, shares[0], before, shares[1], change(*shares))
