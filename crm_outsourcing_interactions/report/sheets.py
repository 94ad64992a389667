"""What a workbook consists of, as plain values: neither Odoo nor xlsxwriter is known here."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

TEXT, COUNT, NUMBER, PERCENT, CHANGE, DATE, MOMENT, WRAPPED = (
    "text",
    "count",
    "number",
    "percent",
    "change",
    "date",
    "moment",
    "wrapped",
)
PIE, STACKED = "pie", "stacked"
NAME_LENGTH = 31
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


@dataclass(frozen=True)
class Column:
    """Heading, style of its cells and width (characters)."""

    title: str
    style: str = TEXT
    width: int = 14


@dataclass(frozen=True)
class Cell:
    """A value whose style, or colour, is not that of its column."""

    value: Any
    style: str = ""
    color: str = ""


@dataclass(frozen=True)
class Table:
    """Rows of values or ``Cell`` under headings; ``rows`` of a long table may come from a generator.

    ``total`` sets the last row in bold; ``note`` stands below.
    """

    columns: tuple
    rows: Iterable
    title: str = ""
    note: str = ""
    total: bool = False


@dataclass(frozen=True)
class Chart:
    """A native chart of one table of its sheet: the first ``count`` rows, one series for each of ``values``."""

    sort: str
    title: str
    values: tuple
    count: int
    table: int = 0
    labels: int = 0
    colors: tuple = ()


@dataclass(frozen=True)
class Sheet:
    """Tables one below the other, charts above them."""

    name: str
    tables: tuple
    charts: tuple = ()
    lines: tuple = field(default=())


@dataclass(frozen=True)
class SummaryReport:
    """Sheets with the same heading: title, then the period and who it is for."""

    title: str
    subtitle: str
    sheets: tuple


def sheet_name(title, taken=()):
    """Return a name that Excel accepts and that is not in ``taken`` (names in lower case).

    >>> sheet_name("Клиенты × виды: доли/отношения за период")
    'Клиенты × виды  доли отношения'
    >>> sheet_name("'Contacts'", taken={"contacts"})
    'Contacts (2)'
    >>> sheet_name("[]")
    'Sheet'
    """
    name = title.translate(FORBIDDEN)[:NAME_LENGTH].strip(" '") or "Sheet"
    number, unique = 2, name
    while unique.lower() in taken:
        ending = f" ({number})"
        unique = name[: NAME_LENGTH - len(ending)] + ending
        number += 1
    return unique


def change(now, before):
    """
    >>> change(0.5, 0.25), change(0.5, None)
    (0.25, None)
    """
    return None if now is None or before is None else now - before
