"""Compute the dial of an indicator: the needle and the zones, as fractions of the scale (0–1)."""

from .targets import Limits

HEADROOM = 1.25
"""Length of the scale relative to the largest of limits and value."""


def gauge(value, limits: Limits, most=None):
    """Return ``{"needle": part or None, "sections": [[zone, from, to], …]}``.

    :param most: maximum end of the scale, e.g. 1.0 for a share.

    >>> dial = gauge(3, Limits("floor", 4, tolerance=1))
    >>> dial["needle"], dial["sections"]
    (0.6, [['red', 0, 0.6], ['yellow', 0.6, 0.8], ['green', 0.8, 1]])
    >>> gauge(None, Limits("ceiling", high=0.4, tolerance=0.1), most=1.0)
    {'needle': None, 'sections': [['green', 0, 0.64], ['yellow', 0.64, 0.8], ['red', 0.8, 1]]}
    """
    edges = _edges(limits)
    scale = _scale([value or 0, *(edge for _zone, edge in edges)], most)
    needle = None if value is None else _part(value, scale)
    return {"needle": needle, "sections": _sections(edges, limits, scale)}


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
    return round(min(value / scale, 1), 4)


def _sections(edges, limits, scale):
    last = "red" if limits.has_high else "green"
    sections, start = [], 0
    for zone, edge in [*edges, (last, scale)]:
        end = 1 if edge == scale else _part(edge, scale)
        if end > start:
            sections.append([zone, start, end])
            start = end
    return sections
