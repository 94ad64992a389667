"""Find the day on which letters go in a week. Pure."""

from datetime import timedelta

HOUR = 8
"""Local time at which letters go."""


def week_of(day):
    """Return the Monday of the week of a day.

    >>> from datetime import date
    >>> week_of(date(2026, 11, 8)), week_of(date(2026, 11, 9))
    (datetime.date(2026, 11, 2), datetime.date(2026, 11, 9))
    """
    return day - timedelta(days=day.weekday())


def letter_day(week, weekday, is_free):
    """Return the day on which letters go: the weekday, else the first day of the week after it that is free.

    :param week: its Monday. :param int weekday: 0 is Monday.
    :param is_free: function of a day; holidays and reporting weeks are not.
    :return: the day, or ``None`` in a week without one.

    >>> from datetime import date
    >>> monday = date(2026, 11, 2)
    >>> letter_day(monday, 0, lambda day: True), letter_day(monday, 1, lambda day: day.day > 4)
    (datetime.date(2026, 11, 2), datetime.date(2026, 11, 5))
    >>> letter_day(monday, 5, lambda day: day.weekday() < 5)
    """
    days = (week + timedelta(days=number) for number in range(weekday, 7))
    return next(filter(is_free, days), None)


def week_due(now, weekday, is_free):
    """Return the week (its Monday) of which the letters are due at a local moment, else ``None``.

    Letters that could not go on their day follow on the next free one of the week, also from ``HOUR`` on.

    >>> from datetime import datetime
    >>> monday = datetime(2026, 11, 2)
    >>> [week_due(monday.replace(hour=hour), 0, lambda day: True) for hour in (7, 8)]
    [None, datetime.date(2026, 11, 2)]
    >>> [week_due(monday.replace(day=day, hour=9), 1, lambda day: day.weekday() < 5) for day in (2, 4, 8)]
    [None, datetime.date(2026, 11, 2), None]
    """
    week, today = week_of(now.date()), now.date()
    day = letter_day(week, weekday, is_free)
    return week if day and today >= day and now.hour >= HOUR and is_free(today) else None


def due_kind(due, today, is_free):
    """Return ``"due"`` for what is due by the next free day, ``"overdue"`` for a week after it was due, else ``None``.

    Nobody is told on a day that is not free.

    >>> from datetime import date
    >>> week = lambda day: day.weekday() < 5
    >>> friday = date(2026, 11, 6)
    >>> [due_kind(friday + timedelta(days=n), friday, week) for n in (-8, -1, 0, 3, 4)]
    [None, 'overdue', 'due', 'due', None]
    >>> due_kind(friday, friday + timedelta(days=1), week)
    """
    if not is_free(today):
        return None
    if due < today:
        return "overdue" if today - due <= timedelta(days=7) else None
    days = (today + timedelta(days=number) for number in range(1, 15))
    return "due" if due <= next(filter(is_free, days), today) else None
