"""Find the header that a mail program puts above a quoted or forwarded mail, in lines of plain text (stripped)."""

from .reply_signs import (
    BEGIN_FORWARD,
    ELLIPSIS,
    LONGEST,
    QUOTED,
    QUOTED_NUMBER,
    SEPARATOR,
    is_attribution,
    is_weak_attribution,
    label_kind,
    starts_with_date,
)  # fmt: skip

QUOTE, QUOTE_END = "\x01", "\x02"
"""Lines around a quotation in HTML."""
HEADER_LINES = 24
"""Maximum number of lines, blank ones included, in which the rest of a header is searched."""


def header_end(lines, at):
    """Return the index after the header of a quoted mail at an index, 0 if there is none, and if it is forwarded.

    >>> header_end(["From: Anna", "Sent: Monday", "To: Mark", "", "Hello"], 0)
    (3, False)
    >>> header_end(["---- Forwarded message ----", "From: Anna", "Hello"], 0)
    (2, True)
    >>> header_end(["From: 1 December", "To: 24 December"], 0)
    (0, False)
    """
    separator = SEPARATOR.match(lines[at])
    if separator or BEGIN_FORWARD.match(lines[at]):
        after = next_index(lines, at + 1)
        end = labels_end(lines, after)[0] or attribution_end(lines, after) or after
        return end, not separator or bool(separator["forward"])
    if label_kind(lines[at]) in ("from", "date"):
        end, kinds = labels_end(lines, at)
        if {"from", "date"} <= kinds and kinds & {"to", "subject"}:
            return end, False
    return attribution_end(lines, at), False


def labels_end(lines, at):
    """Return the index after the labelled lines at an index, 0 if there are none, and their kinds (set).

    One line without label may follow each, the rest of a long value.
    """
    kinds, end = set(), 0
    for index in range(at, min(at + HEADER_LINES, len(lines))):
        kind = label_kind(lines[index])
        if kind in kinds and kind != "other":
            break  # the header of another mail
        if kind:
            kinds.add(kind)
            end = index + 1
        elif not end or (lines[index] and index > end):
            break
    return end, kinds


def attribution_end(lines, at):
    """Return the index after a line like *Anna wrote:*, broken into up to three lines; 0 if there is none.

    >>> attribution_end(["On 23 Nov 2026, Anna <", "anna@example.com> wrote:", "> Hello"], 0)
    2
    """
    line = lines[at] if at < len(lines) else ""
    if introduces(lines, line, at + 1):
        return at + 1
    if not starts_with_date(line):
        return 0
    for end in range(at + 2, min(at + 4, len(lines) + 1)):
        last, joined = lines[end - 1], " ".join(lines[at:end])
        if not last or starts_with_date(last) or len(joined) > LONGEST:
            return 0
        if introduces(lines, joined, end):
            return end
    return 0


def introduces(lines, line, end):
    """Return whether ``line``, which ends before an index of ``lines``, introduces the quotation there."""
    return is_attribution(line) or (is_weak_attribution(line) and is_quoted_at(lines, end))


def is_quoted_at(lines, at):
    """Return whether the first line that is not blank, from an index on, is quoted; an ellipsis may precede it."""
    line = next_line(lines, at)
    if ELLIPSIS.match(line):
        line = next_line(lines, next_index(lines, at) + 1)
    return line == QUOTE or bool(QUOTED_NUMBER.match(line) or QUOTED.match(line))


def next_line(lines, at):
    """Return the first line that is not blank from an index on, empty if there is none within a few lines."""
    index = next_index(lines, at)
    return lines[index] if index < len(lines) else ""


def next_index(lines, at):
    """Return the index of the first line that is not blank from an index on, within a few lines."""
    end = min(at + HEADER_LINES, len(lines))
    return next((index for index in range(at, end) if lines[index]), end)
