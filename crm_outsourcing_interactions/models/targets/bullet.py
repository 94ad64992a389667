"""Compute the bullet graph of an indicator: value, range, value before and zones, as fractions of the scale (0–1)."""

from .targets import Limits

HEADROOM = 1.25
"""Length of the scale relative to the largest of limits and values."""


def bullet(value, limits: Limits, previous=None, bounds=None, most=None):
    """Return the parts *value*, *previous*, *bounds* and *sections* (``[[zone, from, to], …]``) in a dict.

    :param value: the value, and ``previous`` that of the month before, ``None`` without data.
    :param bounds: lowest and highest possible value (tuple), ``None`` for an exact one.
    :param most: maximum end of the scale, e.g. 1.0 for a share.

    >>> graph = bullet(3, Limits("floor", 4, tolerance=1), previous=2, bounds=(2, 4))
    >>> graph["value"], graph["previous"], graph["bounds"]
    (0.6, 0.4, [0.4, 0.8])
    >>> graph["sections"]
    [['red', 0, 0.6], ['yellow', 0.6, 0.8], ['green', 0.8, 1]]
    >>> graph = bullet(None, Limits("ceiling", high=0.4, tolerance=0.1), most=1.0)
    >>> graph.pop("sections"), graph
    ([['green', 0, 0.64], ['yellow', 0.64, 0.8], ['red', 0.8, 1]], {'value': None, 'previous': None, 'bounds': None})
    """
    edges = _edges(limits)
    scale = _scale([value or 0, previous or 0, *(edge for _zone, edge in edges)], most)
    return {
        "value": _part(value, scale),
        "previous": _part(previous, scale),
        "bounds": bounds and [_part(bound, scale) for bound in bounds],
        "sections": _sections(edges, limits, scale),
    }


def _edges(limits):
    """Return the upper edges of zones as ``[(zone, value), …]`` in ascending order."""
    edges = []
    if limits.has_low:
        edges += [("red", max(limits.low - limits.tolerance, 0)), ("yellow", limits.low)]
    if limits.has_high:
        edges += [("green", limits.high), ("yellow", limits.high + limits.tolerance)]
    return edges


def _scale(values, most):
    top = HEADROOM * max(values)
    return min(top, most or top) or 1


def _part(value, scale):
    return None if value is None else round(min(value / scale, 1), 4)


def _sections(edges, limits, scale):
    last = "red" if limits.has_high else "green"
    sections, start = [], 0
    for zone, edge in [*edges, (last, scale)]:
        end = 1 if edge == scale else _part(edge, scale)
        if end > start:
            sections.append([zone, start, end])
            start = end
    return sections
