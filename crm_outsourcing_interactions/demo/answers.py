"""Plan the answers of the demo data: which message answers which question, and when."""

from dataclasses import replace
from datetime import datetime, time, timedelta

ANSWERS = {
    "1.1.2": {"1.2.1": 12},
    "1.1.3": {"1.2.4": 6},
    "3.1.1": {"3.2.1.3": 18, "3.2.1.2": 17, "3.2.1.1": 12},
    "1.2.2": {"1.1.1": 7},
    "2.1.1": {},
    "2.2.1": {"2.1.1": 4},
}
"""Number of messages that answer questions, by the question's type and their own; further questions are answered by
phone."""
HOURS = (1, 3, 2, 5, 1.5, 4, 0.5, 6, 2.5, 12)
"""Working hours until an answer, one after the other; the last one is late."""
FACTOR = {"1.2.2": 3, "2.2.1": 10}
"""How many times longer clients take to answer."""
SLOW, SLOW_HOURS = 3, 45
"""Client whose documents are always late, and the working hours that it takes."""
OPENS, CLOSES = 8, 16
"""Office hours, UTC."""


def answered(planned, last_day):
    """Return the messages, with answers moved to the documents of their questions, some hours later.

    :param planned: ``Contact`` objects; those that have a topic already are left as they are.
    :param last_day: the day (date) on which everything is answered at the latest.
    """
    free = {}
    for contact in planned:
        if not contact.topic:
            free.setdefault(contact.type_code, []).append(contact)
    moved = {}
    for code, numbers in ANSWERS.items():
        answers = [answer for own, n in numbers.items() for answer in free[own][-n:]]
        moved |= {question: replace(question, topic=f"{code}-{question.variant}") for question in free[code]}
        last = free[code][len(free[code]) - len(answers) :]
        for number, (question, answer) in enumerate(zip(last, answers, strict=True)):
            moment = min(later(question.moment, hours(question, number)), datetime.combine(last_day, time(CLOSES)))
            moved[answer] = replace(moved[question], type_code=answer.type_code, moment=moment, part=1)
    return [moved.get(contact, contact) for contact in planned]


def hours(question, number):
    """Return the working hours until the answer to a question, the one with this number of its type."""
    if (question.type_code, question.client) == ("1.2.2", SLOW):
        return SLOW_HOURS
    return HOURS[number % len(HOURS)] * FACTOR.get(question.type_code, 1)


def later(moment, hours):
    """Return the moment that is so many office hours after another one.

    >>> friday = datetime(2026, 11, 6, 15)
    >>> later(friday, 0.5), later(friday, 2)
    (datetime.datetime(2026, 11, 6, 15, 30), datetime.datetime(2026, 11, 9, 9, 0))
    """
    left = timedelta(hours=hours)
    while True:
        opens, closes = (datetime.combine(moment, time(hour)) for hour in (OPENS, CLOSES))
        moment = max(moment, opens)
        if moment.weekday() < 5 and moment + left <= closes:
            return moment + left
        if moment.weekday() < 5:
            left -= max(closes - moment, timedelta(0))
        moment = opens + timedelta(days=1)
