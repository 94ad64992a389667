"""Find requests that follow another one within three working days. Pure."""

from datetime import timedelta
from operator import itemgetter

from odoo.tools import groupby

from ..events.local_time import local_day, midnight

LONGEST_BREAK = timedelta(days=31)
"""Three working days end within it, whatever holidays there are."""
WORKING_DAYS = 3


def asked_again(requests, time, zone):
    """Return the ids (set) of ``requests`` that follow another one of the same client within three working days, unless
    they ask for something for the first time.

    :param requests: ``(client id, moment, id, whether it is new)`` by client and time.
    :param time: the ``WorkingTime`` of the company.
    :param zone: name of its time zone.

    >>> from datetime import datetime
    >>> from odoo.addons.crm_outsourcing_interactions.models.matters.working_time import Month, WorkingTime
    >>> office = WorkingTime(lambda first: Month([(day := first + timedelta(days=n, hours=9), day + timedelta(hours=9))
    ...     for n in range(28) if (first + timedelta(days=n)).weekday() < 5]))
    >>> thursday, tuesday, wednesday, night = (datetime(2026, 11, 5, 12), datetime(2026, 11, 10, 12),
    ...     datetime(2026, 11, 11, 12), datetime(2026, 11, 13, 23))
    >>> found = [(7, thursday, 1), (7, tuesday, 2), (8, wednesday, 3), (8, night, 4)]
    >>> asked_again([(*request, False) for request in found], office, "UTC")
    {2, 4}
    >>> asked_again([(7, thursday, 1, False), (7, tuesday, 2, True)], office, "UTC")
    set()
    >>> asked_again([(7, thursday, 1, False), (7, wednesday, 2, False)], office, "UTC")
    set()
    """
    found = set()
    for _client, of_client in groupby(requests, itemgetter(0)):
        before = None
        for _client_id, moment, id_, is_new in of_client:
            if before and not is_new and working_days(before, moment, time, zone) <= WORKING_DAYS:
                found.add(id_)
            before = moment
    return found


def working_days(start, end, time, zone):
    """Return the number of working days after the day of ``start``, up to and including the day of ``end``."""
    if end - start > LONGEST_BREAK:
        return WORKING_DAYS + 1
    first, last = local_day(start, zone), local_day(end, zone)
    openings = time.openings(midnight(first + timedelta(days=1), zone), midnight(last + timedelta(days=1), zone))
    return len({local_day(opening, zone) for opening in openings})
