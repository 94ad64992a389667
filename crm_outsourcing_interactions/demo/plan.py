"""Plan the interactions of the last two months of the demo data: type, client and day of each."""

import random
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from .answers import answered
from .characters import CHARACTERS, day_weights, weights

MESSAGES = {
    "1.1.1": 20, "1.1.2": 25, "1.1.3": 20, "1.2.1": 21, "1.2.2": 19, "1.2.4": 9,
    "2.1.1": 7, "2.2.1": 9,
    "3.1.1": 58, "3.2.1.1": 20, "3.2.1.2": 25, "3.2.1.3": 30,
    "4.1.1": 5, "4.2.1": 12,
}  # fmt: skip
"""Number of messages by type. In addition, each client gets an invoice (4.2.2) and a delivered task (1.2.3) in each of
the two months; all invoices but the last two are paid (1.1.1)."""
REPLIES = {("1.1.1", 19), ("1.2.1", 20), ("2.2.1", 8)}
"""Type and variant of messages that are not planned: replies to a complaint and to a request for feedback replace them,
so that the shares remain those of the article."""
ACCOUNT = {
    *(("1.2.2", number) for number in range(11, 17)),
    *(("1.1.1", number) for number in range(16, 19)),
    ("2.1.1", 1),
    ("1.2.4", 0),
}
"""Type and variant of further messages that are not planned: six letters about request lists, three hand-overs in the
personal account, a rating and a client report replace them."""
CLIENTS = len(CHARACTERS)
MONTHS = 2
UNPAID = 2
BURDEN = ("1.2.2", 1, 7)
"""Type, client and number of interactions in the last weeks, for the recommendation to take the work over."""
REQUESTED = (0, 3, 2, 3, 4, 3, 6)
"""Clients of the other requests for documents: one every four working days, so that few clients are asked again."""
LAST_DAYS = 12
RECENT = (
    (("1.1.2", 24), 0, 0, 0, "certificate"),
    (("1.1.3", 19), 2, 1, 8, "travel"),
    (("4.2.1", 11), 2, 1, 9, "travel"),
    (("1.1.2", 23), 1, 4, 7, "payroll"),
    (("1.2.2", 18), 3, 8, 10, "statements"),
    (("1.1.3", 18), 4, 9, 8, "vat"),
    (("1.2.4", 8), 4, 8, 12, "vat"),
    (("1.1.3", 17), 4, 1, 7, "vat"),
    (("2.1.1", 4), 5, 1, 13, "delay"),
)
"""Messages of the last days: type and variant, client, days ago, hour (UTC), topic. Those of one topic are one matter:
asked today, acknowledged, late, late documents, reopened, complaint."""
FEEDBACK = "2.2.1"
"""Type of which each of the first clients gets one message."""
STORIES = (
    (("1.1.2", 0), 0, 6, 8, "income"),
    (("1.2.1", 0), 0, 6, 13, "income"),
    (("1.1.2", 1), 0, 9, 9, "income"),
    (("1.2.1", 1), 0, 9, 11, "income"),
    (("1.1.3", 0), 2, 14, 9, "fuel"),
    (("1.1.3", 1), 2, 16, 8, "fuel"),
    (("1.2.4", 0), 2, 16, 10, "fuel"),
    (("1.1.2", 2), 6, -20, 8, "reconciliation"),
    (("1.1.2", 3), 6, -18, 9, "reconciliation"),
    (("1.2.1", 2), 6, -18, 11, "reconciliation"),
    (("1.2.2", 7), 3, -17, 9, "papers"),
    (("1.1.1", 0), 3, -16, 10, "papers"),
    (("1.2.2", 8), 3, -13, 9, "papers"),
    (("1.2.2", 9), 3, -9, 9, "papers"),
    (("1.1.1", 1), 3, -7, 14, "papers"),
    (("1.2.2", 10), 3, -3, 9, "papers"),
    (("1.1.1", 2), 3, -2, 8, "papers"),
    (("1.2.4", 1), 3, -1, 9, "papers"),
)
"""Messages of the two months, as in :data:`RECENT`, but with the number of the working day instead of days ago:
reopened, two reminders of clients, and documents that took five messages of ours."""
ACKNOWLEDGED = (2, "travel")
"""Client and topic of the matter that was acknowledged."""
DURATIONS = {"1": 0.25, "2": 0.5, "3": 0.5, "4": 0.1}
"""Duration of an interaction in hours, by kind."""


@dataclass(frozen=True)
class Contact:
    """Hold a planned message: type, number of the client, moment, and number of the text.

    :param topic: of a matter with a document of its own, of ``people.TOPICS`` or its question, such as ``1.1.2-5``.
    :param part: number of the message in the matter.
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


def days_ago(today, number):
    """Return the day that many days before ``today`` or, at a weekend, the Friday before.

    >>> from datetime import date
    >>> days_ago(date(2012, 11, 20), 1), days_ago(date(2012, 11, 20), 2)
    (datetime.date(2012, 11, 19), datetime.date(2012, 11, 16))
    """
    day = today - timedelta(days=number)
    return day - timedelta(days=max(day.weekday() - 4, 0))


def contacts(today):
    """Return the planned messages in chronological order; calls on the same day return the same."""
    chance = random.Random(2012)
    days = [day for first in months(today) for day in working_days(first)]
    planned = [
        Contact(
            code,
            chance.choices(range(CLIENTS), weights(code))[0],
            datetime.combine(chance.choices(days, day_weights(days))[0], moment_of(chance)),
            variant,
        )
        for code, n in MESSAGES.items()
        for variant in range(n)
    ]
    planned = [contact for contact in planned if (contact.type_code, contact.variant) not in REPLIES | ACCOUNT]
    planned = _with_topics(_with_requests(planned, days), RECENT, lambda ago: days_ago(today, ago))
    planned = _with_topics(planned, STORIES, lambda number: days[number])
    return sorted(answered(planned, days[-1]), key=lambda contact: contact.moment)


def moment_of(chance):
    """Return a time of day within the hours in which people write, UTC."""
    return time(chance.randrange(6, 15), chance.randrange(60))


def _with_topics(planned, rows, day):
    """Return the messages, with those of ``rows`` moved to their clients and days.

    :param day: function of the number of a day that returns its date.
    """
    topics = [topic for *_rest, topic in rows]
    moved = {row[0]: (topics[:number].count(row[-1]), *row[1:]) for number, row in enumerate(rows)}
    return [_moved(contact, day, *moved.get((contact.type_code, contact.variant), ())) for contact in planned]


def _moved(contact, day, part=0, client=0, number=0, hour=0, topic=""):
    """Return a message of a topic at its place, any other as it is."""
    if not topic:
        return contact
    return replace(contact, client=client, moment=datetime.combine(day(number), time(hour)), topic=topic, part=part)


def _with_requests(planned, days):
    """Yield the messages, with our requests for documents and feedback moved to their clients and days.

    Those of the burden are on every fourth of the last working days, three of them on one day.
    """
    code, burdened, n = BURDEN
    first = n + sum(key[0] == code for key, *_rest in STORIES)
    for contact in planned:
        number = contact.variant - first
        if contact.type_code == FEEDBACK:
            yield replace(contact, client=contact.variant)
        elif contact.type_code != code or number >= len(REQUESTED):
            yield contact
        elif contact.variant < n:
            day = days[-2 - 4 * max(contact.variant - 2, 0)]
            yield replace(contact, client=burdened, moment=datetime.combine(day, contact.moment.time()))
        else:
            day = days[4 * number]
            yield replace(contact, client=REQUESTED[number], moment=datetime.combine(day, contact.moment.time()))
