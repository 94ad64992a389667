"""The measures that are functions of counts, computed after aggregation: from the facts or from sums of them.

A measure names the *parts* it is made of; who aggregates says how many interactions are in each part::

    MEASURES["support_ratio"] = Ratio(of=("improvement",), per=("base", "unclassified"))

Parts are the ratio roles of the kinds, ``unclassified`` (no kind yet), ``all``, and ``contacts`` (without the
further purposes of one contact). A field of the same name, not stored, with the measure's ``aggregator``, brings it
to the views.
"""

from collections import Counter
from dataclasses import dataclass

from odoo.tools import SQL

ROLES = ("base", "improvement", "additional")
OF_ANY_KIND = ("all", "contacts")
"""The parts that can be told without the kind."""
PARTS = (*OF_ANY_KIND, "unclassified", *ROLES)


def share(part, whole):
    """Return ``part`` / ``whole``, or ``None`` when there is nothing to divide by.

    >>> share(1, 4), share(0, 0)
    (0.25, None)
    """
    return part / whole if whole else None


def parts_of(by_kind, roles):
    """Return numbers by part, from numbers by kind.

    :param roles: kind → ratio role; what is not in there is unclassified

    >>> sorted(parts_of({1: 50, 2: 4, 0: 2}, {1: "base", 2: "improvement"}).items())
    [('all', 56), ('base', 50), ('improvement', 4), ('unclassified', 2)]
    """
    parts = Counter(all=sum(by_kind.values()))
    for kind, n in by_kind.items():
        parts[roles.get(kind, "unclassified")] += n
    return parts


@dataclass(frozen=True)
class Count:
    """How many interactions are in any of the parts.

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
    """The interactions of some parts, divided by those of others; no data (``None``, ``NULL``) without the latter.

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


MEASURES = {
    "contact_count": Count(of=("contacts",)),
    "base_count": Count(of=("base",)),
    "improvement_ratio": Ratio(of=("improvement",), per=("base",)),
    "additional_ratio": Ratio(of=("additional",), per=("base",)),
    "unclassified_share": Ratio(of=("unclassified",), per=("all",)),
    "improvement_low": Ratio(of=("improvement",), per=("base", "unclassified")),
    "improvement_high": Ratio(of=("improvement", "unclassified"), per=("base",)),
    "additional_low": Ratio(of=("additional",), per=("base", "unclassified")),
    "additional_high": Ratio(of=("additional", "unclassified"), per=("base",)),
}
"""Field of ``crm.interaction`` → what it measures.

The bounds of a ratio say where it can lie, whatever the contacts to classify turn out to be: with *i* improvements,
*b* contacts of the base and *u* to classify, at least i / (b + u), when all of them belong to the base, and at most
(i + u) / b, when all of them are improvements.
"""


def measure_of(aggregate_spec):
    """Return the registered measure of a specification such as ``improvement_ratio:avg``, or ``None``.

    >>> measure_of("contact_count:sum"), measure_of("contact_count:avg"), measure_of("duration:sum")
    (Count(of=('contacts',)), None, None)
    """
    name, _, function = aggregate_spec.partition(":")
    measure = MEASURES.get(name)
    return measure if measure and function == measure.aggregator else None
