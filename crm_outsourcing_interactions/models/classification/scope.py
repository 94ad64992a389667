"""Decide whether a client's request is inside the contract, without database access."""

from dataclasses import dataclass
from datetime import date

INSIDE, OUTSIDE, PERHAPS, UNDECIDABLE = "inside", "outside", "perhaps", "undecidable"


@dataclass(frozen=True)
class ScopeLine:
    """Hold how a client's contract covers one service.

    :param monthly_limit: requests included per month; 0: no limit.
    :param date_from: first day; ``date.min``: no bound. :param date_to: last day; ``date.max``: no bound.
    """

    service_id: int
    coverage: str
    monthly_limit: int = 0
    date_from: date = date.min
    date_to: date = date.max


def line_of(lines, service_id, day):
    """Return the ``ScopeLine`` of a service valid on ``day`` (date), else ``None``."""
    return next((x for x in lines if x.service_id == service_id and x.date_from <= day <= x.date_to), None)


@dataclass(frozen=True)
class Requests:
    """Count a client's requests for a service so far in the month: ``confirmed`` ones and those still ``to_review``."""

    confirmed: int = 0
    to_review: int = 0


def decide(service_id, line, requests):
    """Return where a request for ``service_id`` belongs: one of the constants of this module.

    Requests to review do not use up the limit; where they could exceed it, the result is ``PERHAPS``.

    :param service_id: 0 when the service is unknown.
    :param line: the client's ``ScopeLine`` of that service and day, if any.
    :param requests: the ``Requests`` before this one.

    >>> decide(1, ScopeLine(1, "included"), Requests(99))
    'inside'
    >>> limited = ScopeLine(2, "included", 3)
    >>> decide(2, limited, Requests(2)), decide(2, limited, Requests(3)), decide(2, limited, Requests(2, 1))
    ('inside', 'outside', 'perhaps')
    >>> decide(3, ScopeLine(3, "optional"), Requests()), decide(4, None, Requests()), decide(0, None, Requests())
    ('outside', 'outside', 'undecidable')
    """
    if not service_id:
        return UNDECIDABLE
    if not line or line.coverage != "included" or 0 < line.monthly_limit <= requests.confirmed:
        return OUTSIDE
    return PERHAPS if 0 < line.monthly_limit <= requests.confirmed + requests.to_review else INSIDE
