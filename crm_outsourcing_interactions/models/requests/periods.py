"""Begin, name and due day of the periods that request lists are about."""

import babel.dates
from dateutil.relativedelta import relativedelta

from odoo.tools.date_utils import start_of
from odoo.tools.misc import babel_locale_parse, get_lang

from ..events.plurals import plural

LENGTHS = [("month", "Month"), ("quarter", "Quarter"), ("year", "Year")]
MONTHS = {"month": 1, "quarter": 3, "year": 12}
DUE_DAYS = 10
"""By default, so many days after the end of the period."""


def last_period(day, length):
    """Return the first day of the period before that of ``day`` (dates).

    >>> from datetime import date
    >>> [str(last_period(date(2026, 10, 5), length)) for length in MONTHS]
    ['2026-09-01', '2026-07-01', '2025-01-01']
    """
    return start_of(day, length) - relativedelta(months=MONTHS[length])


def due_day(start, length, days=DUE_DAYS):
    """Return the day (date) that is ``days`` after the end of the period that begins on ``start`` (date).

    >>> from datetime import date
    >>> [str(due_day(date(2026, 10, 1), *due)) for due in (("month",), ("month", -1), ("quarter", 15))]
    ['2026-11-10', '2026-10-30', '2027-01-15']
    >>> str(due_day(date(2026, 1, 1), "year", 20))
    '2027-01-20'
    """
    return start + relativedelta(months=MONTHS[length], days=days - 1)


def past_due_text(env, number):
    """Return the warning that due days are in the past, and what the client will read; empty without any."""
    if not number:
        return ""
    dates = plural(env, env._("%(n)s due date is in the past.|%(n)s due dates are in the past."), number)
    return " ".join((dates, env._("The next letter asks the client to send these documents as soon as possible.")))


def period_name(env, start, length):
    """Return a period within a sentence in the language of ``env``: *October 2026*, *Q4 2026* or *2026*."""
    if length == "month":
        return babel.dates.format_date(start, "LLLL yyyy", locale=get_lang(env).code)
    if length == "year":
        return env._("%(year)s", year=start.year)
    quarters = env._("Q1 %(year)s|Q2 %(year)s|Q3 %(year)s|Q4 %(year)s").split("|")
    return quarters[(start.month - 1) // 3] % {"year": start.year}


def period_title(env, start, length):
    """Return a period as a heading, capitalized in every language."""
    name = period_name(env, start, length)
    return name[:1].upper() + name[1:]


def month_words(langs):
    """Return ``{name in lower case: number}`` of the months in languages (codes), in full and abbreviated.

    >>> words = month_words(["en_US", "ru_RU"])
    >>> [words[word] for word in ("october", "nov", "октябрь", "октября", "нояб")]
    [10, 11, 10, 10, 11]
    """
    return {
        word.lower().rstrip("."): number
        for lang in langs
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number, word in babel.dates.get_month_names(width, context, babel_locale_parse(lang)).items()
    }
