"""Measure answer times in SQL, after aggregation of the matters: rule 5, see ``matters/answer_times.py``.

A measure belongs to a side, ours (``our_``) or the client's (``their_``), and reads the columns *asked_on*, *due*,
*answered_on*, *late* and *hours* of that prefix. What is due at the present moment counts: kept ÷ due. The median of
the hours is the least one, unanswered ones taken as their age; ``median_most`` is the largest one, unanswered ones
taken as endless, and ``NULL`` if it is one of these. Where both differ, the median is *more than* the least.
"""

from odoo.tools import SQL

MEDIAN = "median"
"""Aggregate function of our own."""


def is_due(side):
    """Return the SQL condition that the answer is due."""
    return SQL("%s <= %s", side("due"), side.now)


def is_kept(side):
    """Return the SQL condition that it was due and given in time."""
    return SQL("%s AND %s IS NOT NULL AND %s IS NOT TRUE", is_due(side), side("answered_on"), side("late"))


def due_count(side):
    """Return the SQL of the number of answers due."""
    return SQL("COUNT(*) FILTER (WHERE %s)", is_due(side))


def late_count(side):
    """Return the SQL of the number of answers due that were not given in time."""
    return SQL("COUNT(*) FILTER (WHERE %s AND (%s) IS NOT TRUE)", is_due(side), is_kept(side))


def in_time(side):
    """Return the SQL of the share of answers due that were given in time."""
    return SQL("(COUNT(*) FILTER (WHERE %s))::float / NULLIF(%s, 0)", is_kept(side), due_count(side))


def median(side):
    """Return the SQL of the least median."""
    return half(side, side("hours"))


def median_most(side):
    """Return the SQL of the largest median, ``NULL`` if it is endless."""
    hours = SQL("CASE WHEN %s IS NULL THEN 'Infinity' ELSE %s END", side("answered_on"), side("hours"))
    return SQL("NULLIF(%s, 'Infinity')", half(side, hours))


def half(side, hours):
    """Return the SQL of the hours that half of the matters with a question do not exceed."""
    return SQL("percentile_disc(0.5) WITHIN GROUP (ORDER BY %s) FILTER (WHERE %s IS NOT NULL)", hours, side("asked_on"))


MEASURES = {
    "due_count": ("sum", due_count),
    "late_count": ("sum", late_count),
    "in_time": ("avg", in_time),
    "median": (MEDIAN, median),
    "median_most": (MEDIAN, median_most),
}
"""Name without its prefix → aggregate function of its field, and function of a ``Side`` that returns the SQL."""


class Side:
    """Give the SQL of the columns of a side.

    :param prefix: ``our`` or ``their``. :param column: function of a name that returns the SQL. :param now: a moment.
    """

    def __init__(self, prefix, column, now):
        self.prefix, self.column, self.now = prefix, column, now

    def __call__(self, name):
        return self.column(f"{self.prefix}_{name}")


def measure_of(aggregate_spec):
    """Return prefix and SQL function of an aggregate, e.g. ``our_median:median``; ``None`` for others.

    >>> measure_of("our_in_time:avg") == ("our", in_time), measure_of("our_hours:sum"), measure_of("our_median:avg")
    (True, None, None)
    """
    name, _, function = aggregate_spec.partition(":")
    prefix, _, name = name.partition("_")
    aggregator, to_sql = MEASURES.get(name, (None, None))
    return (prefix, to_sql) if prefix in ("our", "their") and function == aggregator else None
