"""Compute periods of days and their predecessors, without database access."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from ..models.events.local_time import midnight


@dataclass(frozen=True)
class Period:
    """Hold the days from ``start`` to ``end``, both included."""

    start: date
    end: date

    @classmethod
    def last_month(cls, today):
        """Return the last full month before ``today``.

        >>> Period.last_month(date(2026, 1, 15))
        Period(start=datetime.date(2025, 12, 1), end=datetime.date(2025, 12, 31))
        """
        end = today.replace(day=1) - timedelta(days=1)
        return cls(end.replace(day=1), end)

    @property
    def is_whole_months(self):
        return self.start.day == 1 and (self.end + timedelta(days=1)).day == 1

    def trend(self, months):
        """Return the period of ``months`` whole months up to the one of the last day.

        >>> Period(date(2026, 1, 10), date(2026, 2, 5)).trend(3)
        Period(start=datetime.date(2025, 12, 1), end=datetime.date(2026, 2, 28))
        """
        first = self.end.replace(day=1)
        return Period(_add_months(first, 1 - months), _add_months(first, 1) - timedelta(days=1))

    def months(self):
        """Return the first days of the months that overlap the period.

        >>> [month.isoformat() for month in Period(date(2025, 12, 10), date(2026, 1, 5)).months()]
        ['2025-12-01', '2026-01-01']
        """
        first = self.start.replace(day=1)
        count = (self.end.year - first.year) * 12 + self.end.month - first.month + 1
        return [_add_months(first, number) for number in range(count)]

    def predecessor(self):
        """Return the previous period: as many months if this one consists of whole months, else as many days.

        >>> Period(date(2026, 3, 1), date(2026, 3, 31)).predecessor()
        Period(start=datetime.date(2026, 2, 1), end=datetime.date(2026, 2, 28))
        >>> Period(date(2026, 3, 2), date(2026, 3, 8)).predecessor()
        Period(start=datetime.date(2026, 2, 23), end=datetime.date(2026, 3, 1))
        """
        end = self.start - timedelta(days=1)
        if self.is_whole_months:
            return Period(_add_months(self.start, -len(self.months())), end)
        return Period(end - (self.end - self.start), end)

    def year_before(self):
        """Return the same days a year earlier, ``None`` for a period of more than a year.

        >>> Period(date(2028, 2, 1), date(2028, 2, 29)).year_before()
        Period(start=datetime.date(2027, 2, 1), end=datetime.date(2027, 2, 28))
        >>> Period(date(2027, 2, 1), date(2027, 2, 28)).year_before()
        Period(start=datetime.date(2026, 2, 1), end=datetime.date(2026, 2, 28))
        >>> Period(date(2025, 1, 1), date(2026, 1, 31)).year_before()
        """
        if self.is_whole_months:
            first, months = _add_months(self.start, -12), len(self.months())
            return Period(first, _add_months(first, months) - timedelta(days=1)) if months <= 12 else None
        start, end = _add_months(self.start, -12), _add_months(self.end, -12)
        return Period(start, end) if end < self.start else None

    def bounds(self, tz):
        """Return the begin (inclusive) and end (exclusive) of the days in ``tz`` as UTC moments without time zone.

        >>> [str(moment) for moment in Period(date(2026, 7, 1), date(2026, 7, 31)).bounds("Europe/Moscow")]
        ['2026-06-30 21:00:00', '2026-07-31 21:00:00']
        """
        return midnight(self.start, tz), midnight(self.end + timedelta(days=1), tz)


def _add_months(day, months):
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return day.replace(year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1]))
