"""Find the day by which the documents of a month are needed. Pure."""

from dateutil.relativedelta import relativedelta

DUE_DAYS = 10
"""By default, so many days after the end of the month."""


def due_day(period, days=DUE_DAYS):
    """Return the day (date) that is ``days`` after the end of the month that begins on ``period`` (date).

    >>> from datetime import date
    >>> due_day(date(2026, 10, 1)), due_day(date(2026, 10, 1), -1)
    (datetime.date(2026, 11, 10), datetime.date(2026, 10, 30))
    """
    return period + relativedelta(months=1, days=days - 1)
