"""Measure time in working hours. Pure: intervals in, seconds and moments out; moments are UTC without zone."""

from bisect import bisect_right
from datetime import datetime, timedelta

LONGEST = 120
"""Months without a working hour after which a calendar counts as empty."""


class Month:
    """Hold the working intervals of one month with their running sums.

    :param intervals: pairs of moments; they may overlap.
    """

    __slots__ = ("ends", "starts", "sums")

    def __init__(self, intervals):
        intervals = merged(intervals)
        self.starts = [start for start, _end in intervals]
        self.ends = [end for _start, end in intervals]
        self.sums = [0]
        for start, end in intervals:
            self.sums.append(self.sums[-1] + seconds(start, end))

    def before(self, moment):
        """Return the working seconds of the month before ``moment``."""
        at = bisect_right(self.starts, moment)
        return self.sums[at - 1] + seconds(self.starts[at - 1], min(moment, self.ends[at - 1])) if at else 0

    def moment(self, elapsed):
        """Return the earliest moment with ``elapsed`` (at least 1) working seconds of the month before it."""
        at = min(bisect_right(self.sums, elapsed - 1), len(self.ends)) - 1
        return self.starts[at] + timedelta(seconds=elapsed - self.sums[at])

    def opening(self, moment):
        """Return ``moment`` if it is a working one, else the next opening in the month, else ``None``."""
        at = bisect_right(self.starts, moment)
        if at and moment < self.ends[at - 1]:
            return moment
        return self.starts[at] if at < len(self.starts) else None


class WorkingTime:
    """Measure in the working hours of one calendar.

    :param read: function of the first moment of a month that returns its ``Month``.

    >>> def office(first):  # every day 9–18
    ...     days = (first + timedelta(days=day) for day in range(31))
    ...     return Month((day.replace(hour=9), day.replace(hour=18)) for day in days if day.month == first.month)
    >>> time = WorkingTime(office)
    >>> time.between(datetime(2026, 11, 2, 17), datetime(2026, 11, 3, 10)) / 3600
    2.0
    >>> time.after(datetime(2026, 11, 30, 20), 10 * 3600)
    datetime.datetime(2026, 12, 2, 10, 0)
    >>> time.after(datetime(2026, 11, 30, 20), 0)
    datetime.datetime(2026, 12, 1, 9, 0)
    >>> WorkingTime(lambda first: Month([])).after(datetime(2026, 11, 30), 1) is None
    True
    """

    def __init__(self, read):
        self._read = read
        self._months = {}

    def between(self, start, end):
        """Return the working seconds from ``start`` to ``end``; 0 if the end is not later."""
        if end <= start:
            return 0
        first, last = first_moment(start), first_moment(end)
        found = self._month(last).before(end) - self._month(first).before(start)
        while first < last:
            found += self._month(first).sums[-1]
            first = next_month(first)
        return found

    def after(self, moment, working):
        """Return the earliest moment with so many ``working`` seconds since ``moment``; ``None``: never.

        With 0 seconds it is the moment itself, or the next opening outside working hours.
        """
        first = first_moment(moment)
        sought = working + self._month(first).before(moment)
        for _number in range(LONGEST):
            month = self._month(first)
            found = self._found(month, moment, working, sought)
            if found:
                return found
            sought -= month.sums[-1]
            first = next_month(first)
        return None

    def openings(self, start, end):
        """Return when working intervals begin (list of moments) from ``start`` to before ``end``."""
        found, first = [], first_moment(start)
        while first < end:
            found += [moment for moment in self._month(first).starts if start <= moment < end]
            first = next_month(first)
        return found

    @staticmethod
    def _found(month, moment, working, sought):
        if not working:
            return month.opening(moment)
        return month.moment(sought) if sought <= month.sums[-1] else None

    def _month(self, first):
        if first not in self._months:
            self._months[first] = self._read(first)
        return self._months[first]


def merged(intervals):
    """Return ``intervals`` in order, with overlapping and adjacent ones as one.

    >>> merged([(3, 5), (1, 2), (4, 6), (6, 7)])
    [(1, 2), (3, 7)]
    """
    found = []
    for start, end in sorted(intervals):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        elif start < end:
            found.append((start, end))
    return found


def seconds(start, end):
    """Return the seconds from ``start`` to ``end``.

    >>> seconds(datetime(2026, 11, 2), datetime(2026, 11, 3))
    86400
    """
    return int((end - start).total_seconds())


def first_moment(moment):
    """Return the first moment of the month.

    >>> first_moment(datetime(2026, 11, 28, 17, 5))
    datetime.datetime(2026, 11, 1, 0, 0)
    """
    return datetime(moment.year, moment.month, 1)


def next_month(first):
    """Return the first moment of the month after the one that begins with ``first``.

    >>> next_month(datetime(2026, 12, 1))
    datetime.datetime(2027, 1, 1, 0, 0)
    """
    return datetime(first.year + first.month // 12, first.month % 12 + 1, 1)
