"""The share table as text: kinds with their shares, the two ratios, a line for each client."""

from collections import Counter
from dataclasses import dataclass

from ..totals.measures import MEASURES, parts_of, share

REFERENCE = {"improvement": 0.08, "additional": 0.66}
"""The ratios of the classification's authors: an accounting-outsourcing firm, September-October 2012."""
NO_DATA = "–"


@dataclass(frozen=True)
class Count:
    """How many interactions one client has of one kind, and how many of them await review; ``kind`` is empty for those
    without a type."""

    client: str
    kind: str
    role: str
    n: int
    to_review: int = 0


def parts(counts):
    """Return the numbers by part, see ``measures.py``.

    >>> parts([Count("A", "1", "base", 50, 20), Count("A", "", "", 2)])["open"]
    22
    """
    by_role = [parts_of({c.role: c.n}, {c.role: c.role} if c.role else {}, {c.role: c.to_review}) for c in counts]
    return sum(by_role, Counter())


def measure(counts, name):
    """Return a measure of the registry, or ``None`` without data.

    >>> counts = [Count("A", "1", "base", 50), Count("A", "2", "improvement", 4, 4), Count("A", "", "", 2)]
    >>> measure(counts, "improvement_ratio"), measure(counts, "improvement_low"), measure(counts, "improvement_high")
    (0.08, 0.0, 0.12)
    >>> measure([Count("A", "2", "improvement", 4)], "improvement_ratio")
    """
    return MEASURES[name].value(parts(counts))


def ratio_cells(counts, name, words):
    """Return a ratio as texts: its value, its range, and the word for how sure it is.

    :param words: that for an exact value, and that for bounds

    >>> counts = [Count("A", "1", "base", 8), Count("A", "2", "improvement", 1), Count("A", "", "", 2)]
    >>> ratio_cells(counts, "improvement", ("exact", "bounds"))
    ('12.5 %', '10.0–37.5 %', 'bounds')
    """
    value, low, high = (measure(counts, f"{name}_{which}") for which in ("ratio", "low", "high"))
    return percent(value), *range_cells(value, low, high, parts(counts)["open"], words)


def range_cells(value, low, high, to_review, words):
    """Return range and word for a value, as texts; no value has neither.

    >>> range_cells(0.1, 0.1, 0.1, 0, ("exact", "bounds")), range_cells(None, 0.1, 2.0, 3, ("exact", "bounds"))
    (('', 'exact'), ('', ''))
    """
    if value is None:
        return "", ""
    return (f"{100 * low:.1f}–{percent(high)}", words[1]) if to_review else ("", words[0])


def percent(value):
    """
    >>> percent(0.0796), percent(None)
    ('8.0 %', '–')
    """
    return NO_DATA if value is None else f"{100 * value:.1f} %"


def share_bounds(n, to_review, open_n, total):
    """Return the least and the most that the share of a kind can be.

    Of ``n`` interactions of the kind ``to_review`` are suggestions only; any of the ``open_n`` could belong there.
    What turns out to be no interaction changes neither: at least so many of a smaller total, at most so many.

    >>> share_bounds(3, 1, 2, 8), share_bounds(0, 0, 0, 0)
    ((0.25, 0.5), (None, None))
    """
    return share(n - to_review, total), share(n - to_review + open_n, total)


def share_lines(counts, labels):
    """Return ``(label, number, share, range, word)`` texts of every kind, then of the total.

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
    """Return ``(client, number, improvement ratio, additional ratio, share to review)`` texts, most contacts first.

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
    """Align rows of texts: the first column left, the others right.

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
