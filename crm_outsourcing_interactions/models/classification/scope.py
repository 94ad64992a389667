"""The pure part of the scope: is a client's request inside the contract?"""

from dataclasses import dataclass
from datetime import date

INSIDE, OUTSIDE, PERHAPS, UNDECIDABLE = "inside", "outside", "perhaps", "undecidable"


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


@dataclass(frozen=True)
class Requests:
    """How many requests for a service a client has made in the month already: those that are ``confirmed``, and those
    ``to_review``, of which nobody knows yet."""

    confirmed: int = 0
    to_review: int = 0


def decide(service_id, line, requests):
    """Say where a request for ``service_id`` belongs.

    What waits for review does not use up a limit: it only makes it doubtful.

    :param service_id: 0 when the service is not known.
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
