"""The pure part of the scope: is a client's request inside the contract?"""

from dataclasses import dataclass
from datetime import date

INSIDE, OUTSIDE, UNDECIDABLE = "inside", "outside", "undecidable"


@dataclass(frozen=True)
class ScopeLine:
    """What a client's contract says of one service; ``monthly_limit`` 0 means no limit, empty dates no bound."""

    service_id: int
    coverage: str
    monthly_limit: int = 0
    date_from: date = date.min
    date_to: date = date.max


def line_of(lines, service_id, day):
    """Return the ``ScopeLine`` of a service that is valid on ``day`` (date), else ``None``."""
    return next((x for x in lines if x.service_id == service_id and x.date_from <= day <= x.date_to), None)


def decide(lines, service_id, day, count_of_month):
    """Say where a request for ``service_id`` on ``day`` belongs.

    :param lines: the client's ``ScopeLine`` objects.
    :param service_id: 0 when the service is not known.
    :param count_of_month: called only when a limit is agreed; returns how many requests for
        the service the client has made in the month already.

    >>> lines = [ScopeLine(1, "included"), ScopeLine(2, "included", 3), ScopeLine(3, "optional")]
    >>> today = date(2026, 11, 2)
    >>> decide(lines, 1, today, lambda: 99)
    'inside'
    >>> decide(lines, 2, today, lambda: 2), decide(lines, 2, today, lambda: 3)
    ('inside', 'outside')
    >>> decide(lines, 3, today, int), decide(lines, 4, today, int), decide(lines, 0, today, int)
    ('outside', 'outside', 'undecidable')
    """
    if not service_id:
        return UNDECIDABLE
    line = line_of(lines, service_id, day)
    if not line or line.coverage != "included":
        return OUTSIDE
    if line.monthly_limit and count_of_month() >= line.monthly_limit:
        return OUTSIDE
    return INSIDE
