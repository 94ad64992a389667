"""Measure the suggestions of a model on held-out messages."""

import math
import random
import statistics
from collections import Counter

from .text_model import confidences

BINS = 10
DICE = 20
Z = 1.96


def measured(samples, types, held_out, temperature):
    """Return the quality on held-out messages.

    :return: ``{"n", "right", "types": {type: {"n", "suggested", "precision", "surely", "recall"}}, "confusion": [[n]],
        "calibration_error", "perfect_calibration_error"}``;
        ``surely`` is the lower bound of the precision's 95 % interval. Every type is in it, however rare.
    """
    pairs, sure = [], []
    for index, scores in held_out.items():
        shares = confidences(scores, temperature)
        best = max(shares, key=shares.get)
        pairs.append((samples[index].type, best))
        sure.append((shares[best], samples[index].type == best))
    counts, right = Counter(pairs), Counter(type_ for type_, best in pairs if type_ == best)
    given, suggested = Counter(type_ for type_, _best in pairs), Counter(best for _type, best in pairs)
    return {
        "n": len(pairs),
        "right": sum(right.values()),
        "types": {type_: _quality(right[type_], given[type_], suggested[type_]) for type_ in types},
        "confusion": [[counts[type_, best] for best in types] for type_ in types],
        "calibration_error": round(calibration_error(sure), 4),
        "perfect_calibration_error": round(perfect_calibration_error(sure), 4),
    }


def _quality(right, given, suggested):
    return {
        "n": given,
        "suggested": suggested,
        "precision": round(right / suggested, 3) if suggested else 0,
        "surely": round(lower_bound(right, suggested), 3),
        "recall": round(right / given, 3) if given else 0,
    }


def lower_bound(right, n):
    """Return the lower bound of Wilson's 95 % interval of a share.

    >>> round(lower_bound(20, 20), 3), lower_bound(0, 0)
    (0.839, 0.0)
    """
    if not n:
        return 0.0
    share, square = right / n, Z * Z
    spread = Z * math.sqrt(share * (1 - share) / n + square / (4 * n * n))
    return max(0.0, (share + square / (2 * n) - spread) / (1 + square / n))


def calibration_error(sure):
    """Return the expected calibration error: how far confidences are from the share of right suggestions.

    :param sure: ``(confidence, is right)`` of each suggestion; they are sorted into ten bins of equal size.

    >>> calibration_error([(0.5, True), (0.5, False)])
    0.5
    """
    if not sure:
        return 0.0
    ranked, error = sorted(sure), 0.0
    bins = [ranked[len(ranked) * i // BINS : len(ranked) * (i + 1) // BINS] for i in range(BINS)]
    for found in bins:
        error += abs(sum(confidence - is_right for confidence, is_right in found))
    return error / len(sure)


def perfect_calibration_error(sure):
    """Return the expected calibration error that a perfectly calibrated model would show with the same confidences.

    It is above 0 by chance, the more so the fewer messages there are; it is averaged over ``DICE`` throws.

    :param sure: see :func:`calibration_error`.

    >>> perfect_calibration_error([(1.0, True)] * 20)
    0.0
    """
    dice = random.Random(0)
    throws = ([(share, dice.random() < share) for share, _right in sure] for _number in range(DICE))
    return statistics.fmean(map(calibration_error, throws))
