"""Find interactions with one client that could have been batched."""


def bundles(days, number, within):
    """Return the runs of interactions that could be one each, as ``(first, last)`` positions in ``days``.

    A run has at least ``number`` interactions within at most ``within`` consecutive days. It begins at the first
    interaction that fulfils this; runs do not overlap.

    :param days: the days (date) of the interactions in ascending order.

    >>> from datetime import date
    >>> may = lambda *days: [date(2026, 5, day) for day in days]
    >>> bundles(may(4, 5, 6), number=3, within=3)
    [(0, 2)]
    >>> bundles(may(4, 5, 7), number=3, within=3)  # the fourth day is one too many
    []
    >>> bundles(may(4, 4, 4, 4), number=3, within=1)
    [(0, 3)]
    >>> bundles(may(1, 4, 5, 6, 7, 8, 20), number=2, within=3)  # no run longer than three days
    [(1, 3), (4, 5)]
    >>> bundles([date(2026, 4, 30), date(2026, 5, 1)], number=2, within=2)  # months do not matter
    [(0, 1)]
    >>> bundles([], number=2, within=2)
    []
    """
    runs, first = [], 0
    while first < len(days):
        last = first
        while last + 1 < len(days) and (days[last + 1] - days[first]).days < within:
            last += 1
        is_run = last - first + 1 >= number
        if is_run:
            runs.append((first, last))
        first = last + 1 if is_run else first + 1
    return runs
