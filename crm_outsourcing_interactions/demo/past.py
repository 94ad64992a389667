"""Plan the twelve months before those of the article: the same firm, earlier in its way to the article's shares."""

import random
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from . import characters, plan
from .answers import FACTOR, HOURS, SLOW, SLOW_HOURS, later

ANSWERED_BY = {
    "1.1.2": (("1.2.1", 0.9),),
    "1.1.3": (("1.2.1", 0.5), ("1.2.4", 0.42)),
    "3.1.1": (("3.2.1.3", 0.35), ("3.2.1.2", 0.33), ("3.2.1.1", 0.25)),
    "1.2.2": (("1.1.1", 0.95),),
    "2.2.1": (("2.1.1", 0.6),),
}
"""Type of a question → types of its answers, each with its probability; the others are answered by phone."""
COMPLAINTS = ((2, 5), (6, 3), (9, 5))
"""Month and client of the complaints."""
PRAISE = range(1, 8)
"""Numbers of the texts of praise; the first one complains."""


@dataclass(frozen=True, eq=False)
class Message:
    """Hold a message of the past.

    :param number: of its text.
    :param question: the ``Message`` that it answers, if any.
    """

    type_code: str
    client: int
    moment: datetime
    number: int
    question: object = None


def months(today):
    """Return the first days of the months.

    >>> from datetime import date
    >>> [f"{first:%m.%Y}" for first in months(date(2012, 11, 20))][::11]
    ['09.2011', '08.2012']
    """
    first, found = plan.months(today)[0], []
    for _month in range(characters.PAST):
        first = (first - timedelta(days=1)).replace(day=1)
        found.insert(0, first)
    return found


def messages(today):
    """Return the messages in chronological order; calls on the same day return the same.

    >>> from datetime import date
    >>> len(messages(date(2012, 11, 20))) in range(1300, 2000)
    True
    """
    chance = random.Random(2011)
    planned = []
    for month, first in enumerate(months(today)):
        planned += _month(chance, month, first, plan.months(today)[0])
    return sorted(planned, key=lambda message: message.moment)


def trend(code, month):
    """Return the factor of a type in a month: ever more offers, fewer requests for documents, feedback quarterly.

    >>> trend("3.1.1", 0), trend("1.2.2", 0), trend("2.2.1", 2), trend("4.1.1", 5)
    (0.55, 1.5, 1.3, 1)
    """
    if code[0] == "3":
        return 0.55 + 0.035 * month
    if code == "1.2.2":
        return 1.5 - 0.04 * month
    return (0.6, 0.8, 1.3)[month % 3] if code[0] == "2" else 1


def _month(chance, month, first, end):
    """Return the messages that begin in a month, and their answers before ``end`` (date)."""
    days = plan.working_days(first)
    answers, planned = Counter(), [_complaint(days, client, first) for at, client in COMPLAINTS if at == month]
    for code in sorted(plan.MESSAGES, key=lambda code: code not in ANSWERED_BY):
        expected = plan.MESSAGES[code] / plan.MONTHS * characters.SEASON[first.month] * trend(code, month)
        for _number in range(int(max(expected - answers[code], 0) + chance.random())):
            message = _message(chance, code, month, days)
            answer = _answer(chance, message, end)
            planned += [message, answer] if answer else [message]
            answers[answer and answer.type_code] += 1
    return planned


def _complaint(days, client, first):
    """Return a complaint in the middle of the month, whose answer comes in the same one."""
    return Message("2.1.1", client, datetime.combine(days[7], time(7, first.day + 12)), 0)


def _message(chance, code, month, days):
    client = chance.choices(range(plan.CLIENTS), characters.weights(code, month, days[0].month))[0]
    day = chance.choices(days, characters.day_weights(days))[0]
    number = chance.choice(PRAISE if code == "2.1.1" else range(997))
    return Message(code, client, datetime.combine(day, plan.moment_of(chance)), number)


def _answer(chance, question, end):
    """Return the answer to a message, if it is a question that is answered in writing before ``end``."""
    types = ANSWERED_BY.get(question.type_code, ())
    in_writing = sum(probability for _code, probability in types)
    [(code, _p)] = chance.choices([*types, ("", 0)], [*(p for _code, p in types), 1 - in_writing])
    moment = later(question.moment, hours(chance, question))
    if not code or moment.date() >= end:
        return None
    return Message(code, question.client, moment, question.number, question)


def hours(chance, question):
    """Return the working hours until the answer to a question."""
    if (question.type_code, question.client) == ("1.2.2", SLOW):
        return SLOW_HOURS
    return chance.choice(HOURS) * FACTOR.get(question.type_code, 1)
