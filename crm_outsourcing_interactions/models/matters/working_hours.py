from datetime import timedelta

import pytz

from odoo import api, models
from odoo.tools.intervals import Intervals

from ..events.local_time import midnight
from ..events.settled_cache import settled_cache
from .working_time import Month, WorkingTime, next_month

FURTHEST = 60
"""Days within which working days are looked for."""
DEFAULT_DAYS = range(5)
DEFAULT_HOURS = timedelta(hours=9), timedelta(hours=18)
OF_COMPANY = "|", ("calendar_id", "!=", False)
"""Begins the domain of holidays: those of the calendar itself, and of all calendars of the company."""


class CrmInteractionWorkingHours(models.AbstractModel):
    """Find the working hours by which answer times are measured.

    They are those of the accountant's calendar, else the company's, with its public holidays; without a calendar, or
    with a flexible one, Monday to Friday from 9 to 18 in the company's time zone. Somebody's own time off is the
    deputy's working time::

        env["crm.interaction.working.hours"]._of(company, accountant).after(moment, 8 * 3600)
    """

    _name = "crm.interaction.working.hours"
    _description = "Working Hours"

    @api.model
    def _of(self, company, user):
        """Return the ``WorkingTime`` of a user (one or none) in a company; months already known take no query."""
        calendar_id = self._calendar_id(company.id, user.id)
        return WorkingTime(lambda first: self._month(company.id, calendar_id, first))

    @api.model
    @settled_cache("company_id", "day", "number")
    def _days_before(self, company_id, day, number):
        """Return the moment at which the working day of a company begins that is so many before ``day`` (cached)."""
        company = self.env["res.company"].browse(company_id)
        return days_before(day, number, self._of(company, self.env["res.users"]), company._interaction_zone())

    @api.model
    @settled_cache("company_id", "user_id")
    def _calendar_id(self, company_id, user_id):
        """Return the id of the calendar of a user, else of the company; ``False`` without one (cached)."""
        # sudo: whoever asks
        domain = [("user_id", "=", user_id), ("company_id", "=", company_id), ("calendar_id", "!=", False)]
        resources = self.env["resource.resource"].sudo().search(domain, limit=1) if user_id else self.browse()
        company = self.env["res.company"].sudo().browse(company_id)
        return (resources and resources.calendar_id.id) or company.resource_calendar_id.id

    @api.model
    @settled_cache("company_id", "calendar_id", "first")
    def _month(self, company_id, calendar_id, first):
        """Return the ``Month`` of a calendar that begins with the moment ``first`` (cached)."""
        company = self.env["res.company"].browse(company_id)
        # sudo: whoever asks
        calendar = self.env["resource.calendar"].sudo().browse(calendar_id or ()).exists()
        start, end = (pytz.utc.localize(moment) for moment in (first, next_month(first)))
        domain = [("time_type", "=", "leave"), *OF_COMPANY, ("company_id", "=", company_id)]
        if calendar and not calendar.flexible_hours:
            return Month(plain(calendar._work_intervals_batch(start, end, domain=domain)[False]))
        zone = company._interaction_zone()
        leaves = calendar._leave_intervals_batch(start, end, domain=domain, tz=pytz.timezone(zone))[False]
        return Month(plain(Intervals(default_intervals(first, zone)) - Intervals(plain(leaves, frozenset()))))


def days_before(day, number, time, zone):
    """Return the moment at which the working day begins that is ``number`` before ``day``, at most 60 days earlier.

    :param time: a ``WorkingTime``.
    :param zone: name of the time zone in which days begin.

    >>> from datetime import date
    >>> time = WorkingTime(lambda first: Month(plain(default_intervals(first, "UTC"))))
    >>> [days_before(date(2026, 11, day), 10, time, "UTC").day for day in (20, 21, 22, 23)]
    [6, 6, 6, 9]
    """
    start, found = midnight(day + timedelta(days=1), zone), 0
    for back in range(FURTHEST):
        start, end = midnight(day - timedelta(days=back), zone), start
        found += time.between(start, end) > 0
        if found > number:
            break
    return start


def default_intervals(first, zone):
    """Return the default working hours of a month (its first moment, UTC) in a time zone, as for ``Intervals``.

    >>> from datetime import datetime
    >>> [start for start, _end, _more in default_intervals(datetime(2026, 11, 1), "Pacific/Auckland")][:2]
    [datetime.datetime(2026, 11, 1, 20, 0), datetime.datetime(2026, 11, 2, 20, 0)]
    """
    local, last = pytz.timezone(zone), next_month(first)
    days = (first + timedelta(days=number) for number in range(-1, 33))
    hours = [
        [in_utc(local.localize(day + hour)) for hour in DEFAULT_HOURS] for day in days if day.weekday() in DEFAULT_DAYS
    ]
    return [(max(start, first), min(end, last), frozenset()) for start, end in hours if start < last and end > first]


def plain(intervals, *more):
    """Return intervals (start, end, …) as pairs in UTC without zone, with ``more`` values behind."""
    return [(in_utc(start), in_utc(end), *more) for start, end, *_rest in intervals]


def in_utc(moment):
    """Return a moment in UTC without zone.

    >>> from datetime import datetime
    >>> in_utc(pytz.timezone("Europe/Moscow").localize(datetime(2026, 11, 2, 9))), in_utc(datetime(2026, 11, 2))
    (datetime.datetime(2026, 11, 2, 6, 0), datetime.datetime(2026, 11, 2, 0, 0))
    """
    return moment.astimezone(pytz.utc).replace(tzinfo=None) if moment.tzinfo else moment
