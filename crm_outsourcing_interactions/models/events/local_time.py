"""Convert moments to days and months in a company's time zone, and back."""

import functools
from datetime import date, datetime, time, timedelta

import pytz

SAFE_DAYS = 2, 27
"""Between these days of the month, inclusive, the month is the same in all time zones."""
FIRST_MAIL = datetime(2005, 1, 1)
"""Earliest plausible date written by a mail program: the first year of Odoo. Mail parsers read the year 1 as 2001."""
MAIL_AHEAD = timedelta(days=1)
"""Tolerance for clocks of mail programs ahead of ours."""


def plausible(moment, arrival):
    """Return the date written by a mail program (UTC, without zone), or ``arrival`` if it is implausible.

    >>> plausible(datetime(1970, 1, 1), datetime(2026, 10, 31, 9))
    datetime.datetime(2026, 10, 31, 9, 0)
    >>> plausible(datetime(2019, 5, 2), datetime(2026, 10, 31, 9))
    datetime.datetime(2019, 5, 2, 0, 0)
    """
    return moment if moment and FIRST_MAIL <= moment <= arrival + MAIL_AHEAD else arrival


@functools.cache
def _zone(name):
    return pytz.timezone(name)


def first_of_month(moment, zone):
    """Return the first day of the month of a moment (UTC, without zone) in the time zone ``zone`` (name).

    >>> from datetime import datetime
    >>> first_of_month(datetime(2026, 10, 31, 23, 30), "Europe/Brussels")
    datetime.date(2026, 11, 1)
    """
    if SAFE_DAYS[0] <= moment.day <= SAFE_DAYS[1]:
        return date(moment.year, moment.month, 1)
    return local_day(moment, zone).replace(day=1)


def local_day(moment, zone):
    """Return the day of a moment (UTC, without zone) in the time zone ``zone`` (name).

    >>> from datetime import datetime
    >>> local_day(datetime(2026, 10, 31, 23, 30), "Europe/Brussels")
    datetime.date(2026, 11, 1)
    """
    return pytz.utc.localize(moment).astimezone(_zone(zone)).date()


def midnight(day, zone):
    """Return the moment (UTC, without zone) at which a day begins in the time zone ``zone`` (name).

    >>> midnight(date(2026, 7, 1), "Pacific/Niue"), midnight(date(2026, 7, 1), "Pacific/Fiji")
    (datetime.datetime(2026, 7, 1, 11, 0), datetime.datetime(2026, 6, 30, 12, 0))
    """
    return _zone(zone).localize(datetime.combine(day, time.min)).astimezone(pytz.utc).replace(tzinfo=None)
