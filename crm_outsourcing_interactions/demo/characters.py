"""Describe the clients of the demo firm, each with a character of its own, and the seasons of a bookkeeper's year."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Character:
    """Hold how often a client is in touch.

    :param weight: relative number of interactions.
    :param more: beginning of a type's code → factor for such interactions.
    :param begins, ends: factor in the first and in the last of the months before the article's two.
    :param since: number of the first month as a client.
    :param summer: factor from May to September.
    """

    weight: float
    more: dict = field(default_factory=dict)
    begins: float = 1
    ends: float = 1
    since: int = 0
    summer: float = 1

    def factor(self, code, month=None, calendar_month=None):
        """Return the relative number of interactions of a type, in the month with this number of the past.

        >>> Character(5, {"1.2": 2}, begins=2).factor("1.2.2", 0), Character(5, since=3).factor("1.2.2", 0)
        (20.0, 0)
        """
        factor = self.weight
        for beginning, more in self.more.items():
            factor *= more if code.startswith(beginning) else 1
        if month is None:
            return factor
        if month < self.since:
            return 0
        factor *= self.begins + (self.ends - self.begins) * month / PAST
        return factor * (self.summer if calendar_month in SUMMER else 1)


PAST = 12
"""Number of months before those of the article."""
SUMMER = range(5, 10)
CHARACTERS = (
    Character(9, {"1.1": 1.5}),  # demanding: asks every day
    Character(7, {"1.2.2": 1.3}),
    Character(6, {"2": 1.5}),  # content, says so
    Character(5, {"1.2.2": 1.4}),  # documents are always late
    Character(5, {"1.1.3": 2, "3": 0.7}),  # wants advice
    Character(5, {"2.1": 2}),  # complains, and expects improvements
    Character(4, summer=1.8),  # cafés with terraces
    Character(3),
    Character(0.8, {"3": 0.5}),  # quiet
    Character(4, {"1.1.3": 1.5}, begins=2, since=7),  # new: many questions at first
    Character(4, {"3": 1.8}),  # buys whatever is offered
    Character(3, {"1.2.2": 0.6}, begins=2.4),  # has gone over to electronic documents
)
"""In the order of ``people.CLIENTS``."""
SEASON = {1: 0.95, 2: 0.9, 3: 1.25, 4: 1.2, 5: 0.85, 6: 0.9, 7: 1.1, 8: 0.75, 9: 0.9, 10: 1.15, 11: 0.9, 12: 1.1}
"""Calendar month → number of interactions, relative to that of the article."""
REPORTING = {1: (12, 28), 3: (17, 31), 4: (15, 28), 7: (15, 28), 10: (15, 28)}
"""Calendar month → first and last day of its reporting weeks."""
BUSY = 2.2


def weights(code, month=None, calendar_month=None):
    """Return the relative number of interactions of a type with each client, see ``Character.factor``."""
    return [character.factor(code, month, calendar_month) for character in CHARACTERS]


def day_weights(days):
    """Return the relative number of interactions on each of the ``days``: more in reporting weeks.

    >>> from datetime import date
    >>> day_weights([date(2026, 10, 14), date(2026, 10, 15), date(2026, 11, 16)])
    [1, 2.2, 1]
    """
    return [BUSY if is_reporting(day) else 1 for day in days]


def is_reporting(day):
    """Return whether reports are due around a day."""
    first, last = REPORTING.get(day.month, (32, 0))
    return first <= day.day <= last
