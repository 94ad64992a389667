"""Format the share table as text: kinds with their shares, the two ratios, a line for each client."""

from collections import Counter
from dataclasses import dataclass

from ..totals.measures import MEASURES, parts_of, share

REFERENCE = {"improvement": 0.08, "additional": 0.66}
"""Reference ratios by the classification's authors: an accounting-outsourcing firm, September–October 2012."""
NO_DATA = "–"


@dataclass(frozen=True)
class Count:
    """Count the interactions of one client and kind (empty if unclassified), and those among them to review."""

    client: str
    kind: str
    role: str
    n: int
    to_review: int = 0


def parts(counts):
    """Aggregate counts by part, see ``measures.py``.

    >>> parts([Count("A", "1", "base", 50, 20), Count("A", "", "", 2)])["open"]
    22
    """
    by_role = [parts_of({c.role: c.n}, {c.role: c.role} if c.role else {}, {c.role: c.to_review}) for c in counts]
    return sum(by_role, Counter())


def measure(counts, name):
    """Return the measure ``name`` of the registry in ``measures.py``, or ``None`` without data.

    >>> counts = [Count("A", "1", "base", 50), Count("A", "2", "improvement", 4, 4), Count("A", "", "", 2)]
    >>> measure(counts, "improvement_ratio"), measure(counts, "improvement_low"), measure(counts, "improvement_high")
    (0.08, 0.0, 0.12)
    >>> measure([Count("A", "2", "improvement", 4)], "improvement_ratio")
    """
    return MEASURES[name].value(parts(counts))


def ratio_cells(counts, name, words):
    """Return a ratio as texts: value, range and certainty.

    :param words: labels for an exact value and for bounds.

    >>> counts = [Count("A", "1", "base", 8), Count("A", "2", "improvement", 1), Count("A", "", "", 2)]
    >>> ratio_cells(counts, "improvement", ("exact", "bounds"))
    ('12.5 %', '10.0–37.5 %', 'bounds')
    """
    value, low, high = (measure(counts, f"{name}_{which}") for which in ("ratio", "low", "high"))
    return percent(value), *range_cells(value, low, high, parts(counts)["open"], words)


def range_cells(value, low, high, to_review, words):
    """Return range and certainty of a value as texts, both empty without a value.

    >>> range_cells(0.1, 0.1, 0.1, 0, ("exact", "bounds")), range_cells(None, 0.1, 2.0, 3, ("exact", "bounds"))
    (('', 'exact'), ('', ''))
    """
    if value is None:
        return "", ""
    return (f"{100 * low:.1f}–{percent(high)}", words[1]) if to_review else ("", words[0])


def percent(value):
    """Format a fraction as a percentage; ``None`` becomes a dash.

    >>> percent(0.0796), percent(None)
    ('8.0 %', '–')
    """
    return NO_DATA if value is None else f"{100 * value:.1f} %"


def share_bounds(n, to_review, open_n, total):
    """Return the lower and upper bound of a kind's share in ``total`` interactions.

    Ignoring records during the review only makes the total smaller and stays within these bounds.

    :param n: interactions of the kind, of which ``to_review`` are suggestions only.
    :param open_n: all interactions to review, any of which could belong to the kind.

    >>> share_bounds(3, 1, 2, 8), share_bounds(0, 0, 0, 0)
    ((0.25, 0.5), (None, None))
    """
    return share(n - to_review, total), share(n - to_review + open_n, total)


def share_lines(counts, labels):
    """Return ``(label, number, share, range, certainty)`` texts of every kind, then of the total.

    >>> counts = [Count("A", "1 Production", "base", 3, 2), Count("A", "", "", 1)]
    >>> labels = {"unclassified": "?", "total": "all", "exact": "exact", "bounds": "bounds"}
    >>> for line in share_lines(counts, labels): print(line)
    ('1 Production', '3', '75.0 %', '25.0–100.0 %', 'bounds')
    ('?', '1', '25.0 %', '', '')
    ('all', '4', '100.0 %', '', '')
    """
    total, open_n = sum(count.n for count in counts), parts(counts)["open"]
    words, lines = (labels["exact"], labels["bounds"]), []
    for kind in sorted({count.kind for count in counts}, key=lambda kind: (not kind, kind)):
        n, to_review = (sum(getattr(c, name) for c in counts if c.kind == kind) for name in ("n", "to_review"))
        value, bounds = share(n, total), share_bounds(n, to_review, open_n, total)
        range_ = range_cells(value, *bounds, open_n, words) if kind else ("", "")
        lines.append((kind or labels["unclassified"], str(n), percent(value), *range_))
    return [*lines, (labels["total"], str(total), percent(1 if total else None), "", "")]


def client_lines(counts):
    """Return ``(client, number, improvement ratio, additional ratio, share to review)`` texts, most interactions first.

    >>> client_lines([Count("A", "1", "base", 2), Count("B", "3", "additional", 4), Count("B", "", "", 1)])
    [('B', '5', '–', '–', '20.0 %'), ('A', '2', '0.0 %', '0.0 %', '0.0 %')]
    """
    by_client = {}
    for count in counts:
        by_client.setdefault(count.client, []).append(count)
    rows = [(client, sum(count.n for count in own), own) for client, own in by_client.items()]
    rows.sort(key=lambda row: (-row[1], row[0]))
    names = ("improvement_ratio", "additional_ratio", "open_share")
    return [(client, str(n), *(percent(measure(own, name)) for name in names)) for client, n, own in rows]


def columns(rows):
    """Align rows of texts in columns, the first one left, the others right.

    >>> print(columns([("kind", "n"), ("Production", "12")]))
    kind         n
    Production  12
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        )
        for row in rows
    )
