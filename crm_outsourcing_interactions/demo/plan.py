"""Plan the interactions of the demo data: type, client and day of each."""

import random
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

MESSAGES = {
    "1.1.1": 26, "1.1.2": 28, "1.1.3": 22, "1.2.1": 24, "1.2.2": 20, "1.2.4": 10,
    "2.1.1": 7, "2.2.1": 9,
    "3.1.1": 58, "3.2.1.1": 20, "3.2.1.2": 25, "3.2.1.3": 30,
    "4.1.1": 8, "4.2.1": 17,
}  # fmt: skip
"""Number of messages by type. In addition, each client gets an invoice (4.2.2) and a delivered task (1.2.3) in each of
the two months; all invoices but the last two are paid (1.1.1)."""
REPLIES = {("1.1.1", 25), ("1.2.1", 23), ("2.2.1", 8)}
"""Type and variant of messages that are not planned: replies to a complaint and to a request for feedback replace them,
so that the shares remain those of the article."""
CLIENTS = 8
MONTHS = 2
UNPAID = 2
WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 3)
"""Relative number of interactions of each client."""
BURDEN = ("1.2.2", 1, 7)
"""Type, client and number of interactions in the last weeks, for the recommendation to take the work over."""
LAST_DAYS = 12
RECENT = (
    (("1.1.2", 27), 0, 0, 0, "certificate"),
    (("1.1.3", 21), 2, 1, 8, "travel"),
    (("4.2.1", 16), 2, 1, 9, "travel"),
    (("1.1.2", 26), 1, 4, 7, "payroll"),
    (("1.2.2", 19), 3, 4, 10, "statements"),
    (("1.1.3", 20), 4, 9, 8, "vat"),
    (("1.2.4", 9), 4, 8, 12, "vat"),
    (("1.1.3", 19), 4, 1, 7, "vat"),
)
"""Messages of the last days: type and variant, client, days ago, hour (UTC), topic. Those of one topic are one matter:
asked today, acknowledged, late, late documents, reopened."""
ACKNOWLEDGED = (2, "travel")
"""Client and topic of the matter that was acknowledged."""
DURATIONS = {"1": 0.25, "2": 0.5, "3": 0.5, "4": 0.1}
"""Duration of an interaction in hours, by kind."""


@dataclass(frozen=True)
class Contact:
    """Hold a planned message: type, number of the client, moment, and number of the text.

    :param topic: of a message of the last days; its text is the one number ``part`` of the topic.
    """

    type_code: str
    client: int
    moment: datetime
    variant: int
    topic: str = ""
    part: int = 0


def totals():
    """Return the planned number of interactions by kind.

    >>> totals()
    {'1': 160, '2': 16, '3': 133, '4': 41}
    >>> base = totals()["1"] + totals()["4"]
    >>> sum(totals().values()), round(100 * totals()["2"] / base), round(100 * totals()["3"] / base)
    (350, 8, 66)
    """
    counts = {kind: sum(n for code, n in MESSAGES.items() if code[0] == kind) for kind in "1234"}
    documents = CLIENTS * MONTHS
    counts["1"] += documents + documents - UNPAID
    counts["4"] += documents
    return counts


def months(today):
    """Return the first days of the two months before ``today`` (date).

    >>> from datetime import date
    >>> months(date(2012, 11, 20))
    [datetime.date(2012, 9, 1), datetime.date(2012, 10, 1)]
    """
    last = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    return [(last - timedelta(days=1)).replace(day=1), last]


def working_days(first):
    """Return the days from Monday to Friday of the month that begins on ``first``.

    >>> from datetime import date
    >>> len(working_days(date(2012, 9, 1)))
    20
    """
    days = (first + timedelta(days=i) for i in range(31))
    return [day for day in days if day.month == first.month and day.weekday() < 5]


def contacts(today):
    """Return the planned messages in chronological order; calls on the same day return the same."""
    chance = random.Random(2012)
    days = [day for first in months(today) for day in working_days(first)]
    planned = [
        Contact(
            code,
            chance.choices(range(CLIENTS), WEIGHTS)[0],
            datetime.combine(chance.choice(days), time(chance.randrange(6, 15), chance.randrange(60))),
            variant,
        )
        for code, n in MESSAGES.items()
        for variant in range(n)
    ]
    planned = [contact for contact in planned if (contact.type_code, contact.variant) not in REPLIES]
    planned = _with_recent(_with_burden(planned, days), today)
    return sorted(planned, key=lambda contact: contact.moment)


def _with_recent(planned, today):
    """Yield the messages, with those of :data:`RECENT` moved to their clients and the last days."""
    topics = [topic for *_rest, topic in RECENT]
    recent = {row[0]: (topics[:number].count(row[-1]), *row[1:]) for number, row in enumerate(RECENT)}
    for contact in planned:
        if (contact.type_code, contact.variant) in recent:
            part, client, days, hour, topic = recent[contact.type_code, contact.variant]
            moment = datetime.combine(today - timedelta(days=days), time(hour))
            yield replace(contact, client=client, moment=moment, topic=topic, part=part)
        else:
            yield contact


def _with_burden(planned, days):
    """Yield the messages, with the first ones of the burden's type moved to its client and the last days.

    They are on every other day, the last three on one day.
    """
    code, client, n = BURDEN
    for contact in planned:
        if contact.type_code == code and contact.variant < n:
            day = days[2 * min(contact.variant, n - 3) - 2 * n]
            moment = datetime.combine(day, contact.moment.time())
            yield replace(contact, client=client, moment=moment)
        else:
            yield contact
