"""Compute measures from counts, after aggregation of the facts or of their sums.

A measure lists its *parts*; the aggregating code supplies the number of interactions in each part::

    MEASURES["support_ratio"] = Ratio(of=("improvement",), per=("base", "unclassified"))

An interaction counts once, whatever its number of purposes: ``contacts``, the measure ``interaction_count``. Each of
its *purposes* is a record and counts under its own kind and type: ``all``, Odoo's ``__count``, called *Purposes* on
screen. Shares and ratios are of purposes. By kind or type, an interaction is counted with its first purpose; therefore
views and tables by kind count purposes.

The parts are: each ratio role (``base``, ``improvement``, ``additional``), suggestions included; ``unclassified`` (no
kind yet); ``all``; ``contacts`` (first purposes only); those to review, suggested or not: ``open``, ``open_contacts``,
``open_time`` (in units of 1 / ``HOUR``); and the reviewed ones of each role: ``known_base`` and so on. A non-stored
field of the same name, with the measure's ``aggregator``, adds a measure to the views.
"""

from collections import Counter
from dataclasses import dataclass

from odoo.tools import SQL

HOUR = 36 * 10**7
"""Units of 10 µs in an hour: exact for whole seconds, 5 µs for 1/7 h; 25 million × 1,000 h fit 64 bits."""
ROLES = ("base", "improvement", "additional")
KNOWN = {f"known_{role}": role for role in ROLES}
OF_ANY_KIND = ("all", "contacts", "open", "open_contacts", "open_time")
"""The parts that do not depend on the kind."""


def share(part, whole):
    """Return ``part`` / ``whole``, or ``None`` when ``whole`` is 0.

    >>> share(1, 4), share(0, 0)
    (0.25, None)
    """
    return part / whole if whole else None


def parts_of(by_kind, roles, open_by_kind=None):
    """Aggregate numbers by kind to numbers by part.

    :param roles: kind → ratio role; other kinds count as unclassified and open.
    :param open_by_kind: kind → number of interactions to review.

    >>> sorted(parts_of({1: 50, 0: 2}, {1: "base"}).items())
    [('all', 52), ('base', 50), ('known_base', 50), ('open', 2), ('unclassified', 2)]
    >>> parts = parts_of({1: 50, 2: 4}, {1: "base", 2: "improvement"}, {1: 20, 2: 4})
    >>> parts["improvement"], parts["known_improvement"], parts["known_base"], parts["open"]
    (4, 0, 30, 24)
    """
    parts = Counter(all=sum(by_kind.values()))
    for kind, n in by_kind.items():
        role = roles.get(kind)
        open_n = (open_by_kind or {}).get(kind, 0) if role else n
        parts[role or "unclassified"] += n
        parts["open"] += open_n
        if role:
            parts[f"known_{role}"] += n - open_n
    return parts


@dataclass(frozen=True)
class Count:
    """Count the interactions in any of the parts ``of``.

    >>> Count(of=("base", "unclassified")).value({"base": 3, "unclassified": 1})
    4
    """

    of: tuple
    aggregator = "sum"

    @property
    def parts(self):
        return self.of

    def value(self, counts):
        """Return the measure for ``counts``, numbers by part."""
        return sum(counts.get(part, 0) for part in self.of)

    def to_sql(self, count):
        """Return the measure in SQL; ``count`` is a function from a part to its number in SQL."""
        return SQL("(%s)", SQL(" + ").join(count(part) for part in self.of))


@dataclass(frozen=True)
class Ratio:
    """Divide the interactions in the parts ``of`` by those in ``per``; no data (``None``, ``NULL``) if these are 0.

    >>> improvement = Ratio(of=("improvement",), per=("base",))
    >>> improvement.value({"base": 50, "improvement": 4}), improvement.value({"improvement": 4})
    (0.08, None)
    """

    of: tuple
    per: tuple
    aggregator = "avg"

    @property
    def parts(self):
        return (*self.of, *self.per)

    def value(self, counts):
        """Return the measure for ``counts``, numbers by part; ``None`` without data."""
        return share(Count(self.of).value(counts), Count(self.per).value(counts))

    def to_sql(self, count):
        """Return the measure in SQL; ``count`` is a function from a part to its number in SQL."""
        return SQL("%s::float / NULLIF(%s, 0)", Count(self.of).to_sql(count), Count(self.per).to_sql(count))


@dataclass(frozen=True)
class Hours:
    """Convert the time of a part to hours.

    >>> Hours(of="open_time").value({"open_time": HOUR // 2})
    0.5
    """

    of: str
    aggregator = "sum"

    @property
    def parts(self):
        return (self.of,)

    def value(self, counts):
        """Return the measure for ``counts``, numbers by part."""
        return counts.get(self.of, 0) / HOUR

    def to_sql(self, count):
        """Return the measure in SQL; ``count`` is a function from a part to its number in SQL."""
        return SQL("(%s)::float / %s", count(self.of), HOUR)


@dataclass(frozen=True)
class Lowest:
    """Compute the lower bound of the ratio of a role to the base, for any outcome of the review.

    With *k* reviewed ones of the role, *b* of the base and *u* open, *x* of the open ones go to the role and *y* to the
    base, x + y ≤ u; the rest get another role or are ignored. (k + x) / (b + y) grows with *x* and falls with *y*: its
    minimum is at x = 0, y = u. That is k / (b + u); no data if b + u = 0.

    >>> lowest = Lowest("improvement")
    >>> lowest.value({"known_improvement": 4, "known_base": 30, "open": 20})
    0.08
    >>> lowest.value({"open": 1002}), lowest.value({"known_improvement": 4})
    (0.0, None)
    """

    role: str
    aggregator = "avg"

    @property
    def parts(self):
        return (f"known_{self.role}", "known_base", "open")

    def value(self, counts):
        """Return the measure for ``counts``, numbers by part; ``None`` without data."""
        known, base, open_ = (counts.get(part, 0) for part in self.parts)
        return share(known, base + open_)

    def to_sql(self, count):
        """Return the measure in SQL; ``count`` is a function from a part to its number in SQL."""
        known, base, open_ = (count(part) for part in self.parts)
        return SQL("(%s)::float / NULLIF(%s + %s, 0)", known, base, open_)


@dataclass(frozen=True)
class Highest(Lowest):
    """Compute the upper bound of the ratio of a role to the base, see :class:`Lowest`.

    The maximum is at x = u, y = 0, that is (k + u) / b. If b = 0, at least one open interaction must go to the base, as
    there is no ratio without a base: y = 1, x = u - 1, that is k + u - 1.

    >>> highest = Highest("improvement")
    >>> highest.value({"known_improvement": 4, "known_base": 30, "open": 20})
    0.8
    >>> highest.value({"known_improvement": 4, "open": 20}), highest.value({"known_improvement": 4})
    (23.0, None)
    """

    def value(self, counts):
        """Return the measure for ``counts``, numbers by part; ``None`` without data."""
        known, base, open_ = (counts.get(part, 0) for part in self.parts)
        return (known + open_ - (not base)) / max(base, 1) if base + open_ else None

    def to_sql(self, count):
        """Return the measure in SQL; ``count`` is a function from a part to its number in SQL."""
        known, base, open_ = (count(part) for part in self.parts)
        return SQL(
            "CASE WHEN %(base)s + %(open)s > 0"
            " THEN (%(known)s + %(open)s - (%(base)s = 0)::int)::float / GREATEST(%(base)s, 1) END",
            known=known,
            base=base,
            open=open_,
        )


MEASURES = {
    "interaction_count": Count(of=("contacts",)),
    "base_count": Count(of=("base",)),
    "open_count": Count(of=("open",)),
    "open_interaction_count": Count(of=("open_contacts",)),
    "open_duration": Hours(of="open_time"),
    "unclassified_count": Count(of=("unclassified",)),
    "improvement_ratio": Ratio(of=("improvement",), per=("base",)),
    "additional_ratio": Ratio(of=("additional",), per=("base",)),
    "open_share": Ratio(of=("open",), per=("all",)),
    "improvement_low": Lowest("improvement"),
    "improvement_high": Highest("improvement"),
    "additional_low": Lowest("additional"),
    "additional_high": Highest("additional"),
}
"""Field of ``crm.interaction`` → its measure."""


def measure_of(aggregate_spec):
    """Return the registered measure of a specification, e.g. ``improvement_ratio:avg``, or ``None``.

    >>> measure_of("interaction_count:sum"), measure_of("interaction_count:avg"), measure_of("duration:sum")
    (Count(of=('contacts',)), None, None)
    """
    name, _, function = aggregate_spec.partition(":")
    measure = MEASURES.get(name)
    return measure if measure and function == measure.aggregator else None
