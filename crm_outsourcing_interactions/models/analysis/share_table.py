"""The share table as text: kinds with their shares, the two ratios, a line for each client."""

from dataclasses import dataclass

from .measures import MEASURES, share

REFERENCE = {"improvement": 0.08, "additional": 0.66}
"""The ratios of the classification's authors: an accounting-outsourcing firm, September-October 2012."""
NO_DATA = "–"


@dataclass(frozen=True)
class Count:
    """How many interactions one client has of one kind; ``kind`` is empty for those to classify."""

    client: str
    kind: str
    role: str
    n: int


def measure(counts, name):
    """Return a measure of the registry, or ``None`` without data.

    >>> counts = [Count("A", "1", "base", 50), Count("A", "2", "improvement", 4), Count("A", "", "", 2)]
    >>> measure(counts, "improvement_ratio"), measure(counts, "improvement_high")
    (0.08, 0.12)
    >>> measure([Count("A", "2", "improvement", 4)], "improvement_ratio")
    """
    parts = {"all": sum(count.n for count in counts)}
    for count in counts:
        part = count.role or "unclassified"
        parts[part] = parts.get(part, 0) + count.n
    return MEASURES[name].value(parts)


def ratio_cells(counts, name):
    """Return a ratio with its bounds as texts: actual, at least, at most.

    >>> counts = [Count("A", "1", "base", 8), Count("A", "2", "improvement", 1), Count("A", "", "", 2)]
    >>> ratio_cells(counts, "improvement")
    ('12.5 %', '10.0 %', '37.5 %')
    """
    return tuple(percent(measure(counts, f"{name}_{which}")) for which in ("ratio", "low", "high"))


def percent(value):
    """
    >>> percent(0.0796), percent(None)
    ('8.0 %', '–')
    """
    return NO_DATA if value is None else f"{100 * value:.1f} %"


def share_lines(counts, labels):
    """Return ``(label, n, share)`` texts of every kind, then of the total.

    >>> counts = [Count("A", "1 Production", "base", 3), Count("A", "", "", 1)]
    >>> share_lines(counts, {"unclassified": "?", "total": "all"})
    [('1 Production', '3', '75.0 %'), ('?', '1', '25.0 %'), ('all', '4', '100.0 %')]
    """
    total = sum(count.n for count in counts)
    by_kind = {}
    for count in counts:
        by_kind[count.kind] = by_kind.get(count.kind, 0) + count.n
    kinds = sorted(by_kind.items(), key=lambda item: (not item[0], item[0]))
    lines = [(kind or labels["unclassified"], str(n), percent(share(n, total))) for kind, n in kinds]
    return [*lines, (labels["total"], str(total), percent(1 if total else None))]


def client_lines(counts):
    """Return ``(client, n, improvement ratio, additional ratio, unclassified share)`` texts, most contacts first.

    >>> client_lines([Count("A", "1", "base", 2), Count("B", "3", "additional", 4), Count("B", "", "", 1)])
    [('B', '5', '–', '–', '20.0 %'), ('A', '2', '0.0 %', '0.0 %', '0.0 %')]
    """
    by_client = {}
    for count in counts:
        by_client.setdefault(count.client, []).append(count)
    rows = [(client, sum(count.n for count in own), own) for client, own in by_client.items()]
    rows.sort(key=lambda row: (-row[1], row[0]))
    names = ("improvement_ratio", "additional_ratio", "unclassified_share")
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
