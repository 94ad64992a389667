"""Evaluate values against targets: limits, zones, windows, trends, the applicable target; without database access.

Percent measures are fractions (8 % is 0.08), counts are interactions a month, intervals are days.
"""

from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

SHARES = ("kind_share", "open_share", "in_time")
RATIOS = ("improvement_ratio", "additional_ratio")
COUNTS = ("interactions_month", "type_count")
INTERVAL = "type_interval"
PERCENTS = SHARES + RATIOS
ANSWERS = ("in_time", "median_hours", "matter_interactions")
SAMPLED = PERCENTS + ANSWERS
"""Measured for the whole firm as well as for each client, if there are enough interactions or matters."""
TYPE_MEASURES = ("type_count", INTERVAL)
MONTHS_AT_MOST = 12
RATIO_AT_MOST = 10.0
DAYS_AT_MOST = 3660  # ten years
COUNT_AT_MOST = 100_000  # of interactions a month and of a sample
EPSILON = 1e-9
"""Tolerance for rounding errors: a value this close to a limit is at the limit."""
STEADY = 0.05
"""Maximum relative change of a steady value."""


@dataclass(frozen=True)
class Limits:
    """Hold the limits of a target: ``low`` for a floor, ``high`` for a ceiling, both for a range.

    Values outside by at most ``tolerance`` are yellow.
    """

    bound: str
    low: float = 0.0
    high: float = 0.0
    tolerance: float = 0.0

    @property
    def has_low(self):
        return self.bound in ("range", "floor")

    @property
    def has_high(self):
        return self.bound in ("range", "ceiling")

    def side(self, value):
        """Return the zone of ``value`` and its side: below (-1), within (0) or above (1) the limits.

        >>> Limits("range", 2, 5).side(1), Limits("range", 2, 5).side(3), Limits("range", 2, 5).side(9)
        (('red', -1), ('green', 0), ('red', 1))
        """
        miss = self.miss(value)
        if not miss:
            return "green", 0
        return "yellow" if miss <= self.tolerance + EPSILON else "red", -1 if value < self.low and self.has_low else 1

    def miss(self, value):
        """Return the distance of ``value`` from the limits; 0 inside and exactly at a limit.

        >>> Limits("range", 2, 5).miss(5), Limits("range", 2, 5).miss(7), Limits("floor", 2).miss(1)
        (0.0, 2.0, 1.0)
        """
        below = self.low - value if self.has_low else 0
        above = value - self.high if self.has_high else 0
        miss = float(max(below, above, 0))
        return miss if miss > EPSILON else 0.0


def zone(value, limits, n=0, minimum_sample=0):
    """Return the zone of ``value``: green, yellow, red, or none when there is no value or too small a sample.

    >>> target = Limits("range", 0.06, 0.10, tolerance=0.02)
    >>> [zone(value, target) for value in (0.06, 0.08, 0.10, 0.12, 0.1201, 0.04, 0.03)]
    ['green', 'green', 'green', 'yellow', 'red', 'yellow', 'red']
    >>> zone(3, Limits("floor", 4)), zone(4, Limits("floor", 4)), zone(91, Limits("ceiling", high=90, tolerance=7))
    ('red', 'green', 'yellow')
    >>> zone(0.5, target, n=9, minimum_sample=10), zone(None, target), zone(0.5, target, n=10, minimum_sample=10)
    ('none', 'none', 'red')
    """
    if value is None or n < minimum_sample:
        return "none"
    return limits.side(value)[0]


def zone_of_range(value, limits, n=0, minimum_sample=0):
    """Return the zone of a value with a known range; none if the range lies in several zones.

    A verdict stands only if it holds for any outcome of the review. A range entirely beyond one limit, in yellow and
    red, is certain to be at least yellow. A range from below the limits to above them lies in two zones, though both
    are red.

    :param value: has ``amount``, ``low`` and ``high``, see ``target_values.Value``

    >>> from .target_values import Value
    >>> target = Limits("range", 0.06, 0.10, tolerance=0.02)
    >>> [zone_of_range(Value(0.08, 9, low, high), target) for low, high in ((0.07, 0.1), (0.05, 0.1), (0.03, 0.2))]
    ['green', 'none', 'none']
    >>> zone_of_range(Value(0.15, 9, 0.11, 0.2), target), zone_of_range(Value(0.15, 9, 0.11, 0.2), target, 9, 10)
    ('yellow', 'none')
    >>> zone_of_range(Value(0.2, 9, 0.13, 0.3), target), zone_of_range(Value(0.2, 9), target)
    ('red', 'red')

    An interaction that never happened is overdue after the limit, and undecided before.

    >>> never = [Value(days, 0, high=float("inf")) for days in (86, 92, 120)]
    >>> [zone_of_range(value, Limits("ceiling", high=90, tolerance=7)) for value in never]
    ['none', 'yellow', 'red']
    """
    if value.is_never:
        surely, side = limits.side(value.low)
        return surely if side == 1 else "none"
    if value.amount is not None and limits.side(value.low) != limits.side(value.high):
        misses_throughout = limits.side(value.low)[1] == limits.side(value.high)[1]
        return "yellow" if misses_throughout and n >= minimum_sample else "none"
    return zone(value.amount, limits, n, minimum_sample)


def running_zone(colour, value, least, limits):
    """Return the zone of an average in the current month.

    Too few interactions so far are not a breach yet; too many are one only if they exceed the limit for the whole
    window.

    :param least: minimum of the average at the end of the month.

    >>> running_zone("red", 1, 1, Limits("floor", 4)), running_zone("red", 9, 9, Limits("ceiling", high=4))
    ('none', 'red')
    >>> running_zone("red", 6, 3, Limits("ceiling", high=4)), running_zone("red", 9, 5, Limits("range", 1, 4, 2))
    ('none', 'yellow')
    """
    if value is None or colour == "none" or (limits.has_low and value < limits.low):
        return "none"
    if limits.side(value)[1] == 1:
        surely, side = limits.side(least)
        return surely if side == 1 else "none"
    return colour


def trend(value, previous):
    """Return the trend of a value compared with that of a month earlier; ``False`` without both.

    >>> trend(0.08, 0.06), trend(10, 10.4), trend(3, 6), trend(1, 0), trend(0, 0)
    ('up', 'steady', 'down', 'up', 'steady')
    >>> trend(None, 1), trend(1, None)
    (False, False)
    """
    if value is None or previous is None:
        return False
    change = value - previous
    if abs(change) <= STEADY * abs(previous) + EPSILON:
        return "steady"
    return "up" if change > 0 else "down"


def first_of(day: date) -> date:
    """Return the first day of the month.

    >>> first_of(date(2026, 11, 24))
    datetime.date(2026, 11, 1)
    """
    return day.replace(day=1)


def months_back(month, months):
    """Return the first days of the ``months`` months that end with ``month``, the last one first.

    >>> months_back(date(2026, 1, 1), 3)
    [datetime.date(2026, 1, 1), datetime.date(2025, 12, 1), datetime.date(2025, 11, 1)]
    """
    return [month - relativedelta(months=back) for back in range(months)]


def last_day(month, today):
    """Return the day of evaluation of ``month``: its last one, or today in the current month.

    >>> last_day(date(2026, 2, 1), date(2026, 11, 24)), last_day(date(2026, 11, 1), date(2026, 11, 24))
    (datetime.date(2026, 2, 28), datetime.date(2026, 11, 24))
    """
    return min(month + relativedelta(months=1, days=-1), max(today, month))


def is_valid(month, date_from, date_to):
    """Return whether a target applies to ``month``, i.e. is valid on its last day.

    Of two consecutive targets, exactly one applies to each month.

    >>> is_valid(date(2026, 3, 1), date(2026, 3, 15), None), is_valid(date(2026, 3, 1), None, date(2026, 3, 30))
    (True, False)
    """
    last = month + relativedelta(months=1, days=-1)
    return (not date_from or date_from <= last) and (not date_to or last <= date_to)


def overlap(first, second):
    """Return whether two periods ``(from, to)``, open where empty, overlap.

    >>> overlap((None, date(2026, 1, 31)), (date(2026, 2, 1), None)), overlap((None, None), (date(2026, 2, 1), None))
    (False, True)
    """
    return (not first[0] or not second[1] or first[0] <= second[1]) and (
        not second[0] or not first[1] or second[0] <= first[1]
    )


def subjects(target_client, measure, clients, with_own_target):
    """Return the subjects of a target: its client, or every client without its own target.

    A target of the firm also applies to the whole firm (``False``), but counts are agreed with each client.

    >>> subjects(7, "interactions_month", [5, 6, 7], {7}), subjects(False, "interactions_month", [5, 6, 7], {7})
    ([7], [5, 6])
    >>> subjects(False, "improvement_ratio", [5, 7], {7})
    [False, 5]
    """
    if target_client:
        return [target_client]
    firm = [False] if measure in SAMPLED else []
    return firm + [client for client in clients if client not in with_own_target]


def next_breach(breach, colour, is_activity_open, is_first=False):
    """Return the next state of a breach: *open*, *mended*, *settled* by a user, *found*, or none (``False``).

    Red opens, green mends; yellow does neither, so that a value near the limit does not toggle. A *settled* breach
    stays so for the month; so does one *found* at the first evaluation of its target, to avoid reminders of the past.

    >>> next_breach(False, "red", False), next_breach(False, "yellow", False), next_breach("mended", "red", False)
    ('open', False, 'open')
    >>> [next_breach("open", colour, True) for colour in ("red", "yellow", "none", "green")]
    ['open', 'open', 'open', 'mended']
    >>> next_breach("open", "red", False), next_breach("settled", "red", False)
    ('settled', 'settled')
    >>> next_breach(False, "red", False, is_first=True), next_breach("found", "red", False)
    ('found', 'found')
    >>> next_breach("found", "green", False), next_breach(False, "green", False, is_first=True)
    ('mended', False)
    """
    if breach == "found":
        return "mended" if colour == "green" else "found"
    if breach == "open":
        if not is_activity_open:
            return "settled"
        return "mended" if colour == "green" else "open"
    if colour != "red" or breach == "settled":
        return breach
    return "found" if is_first else "open"
