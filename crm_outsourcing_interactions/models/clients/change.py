"""Find what changed most against the same months a year before. Pure."""

from math import sqrt

ALL = "all"
"""Key of all interactions, beside those of the kinds."""
NOTABLE = 2.0
"""Smallest change worth a word, in standard deviations of a difference of two counts."""


def strength(before, now):
    """Return how remarkable a change between two counts is, negative for a fall.

    A rise from 1 to 3 is chance, one from 100 to 150 is not: their difference is divided by its standard deviation.

    >>> [round(strength(*pair), 1) for pair in ((1, 3), (100, 150), (60, 20), (0, 0))]
    [1.0, 3.2, -4.5, 0.0]
    """
    return (now - before) / sqrt(now + before) if now + before else 0.0


def biggest_change(before, now):
    """Return ``(key, strength)`` of the most remarkable change of counts by key; ``(None, 0.0)`` if none is notable.

    >>> key, size = biggest_change({"all": 100, 3: 10}, {"all": 104, 3: 30})
    >>> key, round(size, 1)
    (3, 3.2)
    >>> biggest_change({"all": 10}, {"all": 11}), biggest_change({}, {})
    ((None, 0.0), (None, 0.0))
    """
    found = {key: strength(before.get(key, 0), now.get(key, 0)) for key in [*now, *(before.keys() - now.keys())]}
    key = max(found, key=lambda key: abs(found[key]), default=None)
    return (key, found[key]) if key is not None and abs(found[key]) >= NOTABLE else (None, 0.0)
