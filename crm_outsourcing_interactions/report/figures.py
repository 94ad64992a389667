"""Hold the counted figures and names for reports, without database access."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from ..models.totals.measures import MEASURES, parts_of, share
from .sheets import change


@dataclass(frozen=True)
class Group:
    """Hold the counts of one month, client and kind (0: unclassified).

    :param n: purposes. :param open_n: purposes to review.
    :param contacts: interactions whose first purpose is in this group.
    """

    month: date
    client: int
    kind: int
    n: int
    open_n: int = 0
    contacts: int = 0


@dataclass(frozen=True)
class Kind:
    """Hold a kind with its ratio role and its chart colour."""

    id: int
    name: str
    role: str
    color: str = ""
    active: bool = True


@dataclass(frozen=True)
class Type:
    """Hold a selectable type for tables and definitions."""

    id: int
    label: str
    name: str
    kind: str
    direction: str
    description: str = ""
    is_group: bool = False


@dataclass(frozen=True)
class Figures:
    """Hold the purposes of one period: groups, ``{type: [n, n to review]}``, ``{(responsible, quality): n}``."""

    groups: tuple = ()
    types: dict = field(default_factory=dict)
    quality: dict = field(default_factory=dict)

    @property
    def contacts(self):
        return sum(group.contacts for group in self.groups)

    @property
    def total(self):
        return sum(group.n for group in self.groups)

    @property
    def open_n(self):
        return sum(group.open_n for group in self.groups)

    def nested(self, outer, inner, number="n"):
        """Return ``{value of outer: {value of inner: n}}``; missing keys give empty counters.

        >>> Figures((Group(date(2026, 1, 1), 7, 1, 2),)).nested("client", "kind")[7]
        {1: 2}
        """
        result = defaultdict(dict)
        for (first, second), n in self.by(outer, inner, number=number).items():
            result[first][second] = n
        return result

    def by(self, *names, number="n"):
        """Return the sums of ``number`` by the attributes ``names`` of the groups.

        :param number: ``n``, ``open_n`` or ``contacts``.

        >>> groups = (Group(date(2026, 1, 1), 7, 1, 2), Group(date(2026, 2, 1), 7, 1, 3))
        >>> Figures(groups).by("kind"), Figures(groups).by("client", "kind")
        ({1: 5}, {(7, 1): 5})
        """
        counts = defaultdict(int)
        for group in self.groups:
            key = tuple(getattr(group, name) for name in names)
            counts[key if len(names) > 1 else key[0]] += getattr(group, number)
        return dict(counts)


@dataclass(frozen=True)
class SummaryReportData:
    """Hold the data of the summary report in the reader's language."""

    now: Figures
    before: Figures
    now_label: str
    before_label: str
    kinds: tuple
    types: tuple
    clients: dict
    users: dict
    months: dict
    qualities: dict
    indicators: tuple = ()
    answers: tuple = ({}, {})


def ratio(by_kind, kinds, role, open_by_kind=None, which="ratio"):
    """Return the ratio of ``role`` to the base, or ``None`` without a base.

    :param which: ``ratio``, or ``low`` or ``high`` for its bounds given ``open_by_kind`` (interactions to review).

    >>> kinds = (Kind(1, "Production", "base"), Kind(2, "Improvements", "improvement"))
    >>> ratio({1: 50, 2: 4}, kinds, "improvement"), ratio({2: 4}, kinds, "improvement")
    (0.08, None)
    >>> ratio({1: 50, 2: 4}, kinds, "improvement", {2: 4}, "low")
    0.0
    """
    roles = {kind.id: kind.role for kind in kinds}
    return MEASURES[f"{role}_{which}"].value(parts_of(by_kind, roles, open_by_kind))


def comparison(label, now, before, total_now, total_before):
    """Return one row: label, n, share, previous n, previous share, change of the share.

    >>> comparison("Production", 3, 1, 4, 4)
    ('Production', 3, 0.75, 1, 0.25, 0.5)
    """
    shares = share(now, total_now), share(before, total_before)
    return (label, now, shares[0], before, shares[1], change(*shares))
