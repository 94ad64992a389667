"""Hold the parts of a workbook as plain values, independent of Odoo and xlsxwriter."""

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
    """Hold the heading, cell style and width (characters) of a column."""

    title: str
    style: str = TEXT
    width: int = 14


@dataclass(frozen=True)
class Cell:
    """Hold a value with a style or colour different from its column."""

    value: Any
    style: str = ""
    color: str = ""


@dataclass(frozen=True)
class Table:
    """Hold rows of values or ``Cell`` under headings.

    :param rows: iterable, a generator for long tables.
    :param total: print the last row in bold. :param note: text below the table.
    """

    columns: tuple
    rows: Iterable
    title: str = ""
    note: str = ""
    total: bool = False


@dataclass(frozen=True)
class Chart:
    """Hold a native chart of one table of its sheet: the first ``count`` rows, one series per entry of ``values``."""

    sort: str
    title: str
    values: tuple
    count: int
    table: int = 0
    labels: int = 0
    colors: tuple = ()


@dataclass(frozen=True)
class Sheet:
    """Hold tables one below the other, with charts above them."""

    name: str
    tables: tuple
    charts: tuple = ()
    lines: tuple = field(default=())


@dataclass(frozen=True)
class SummaryReport:
    """Hold sheets with a common heading: title, period and recipient."""

    title: str
    subtitle: str
    sheets: tuple


def sheet_name(title, taken=()):
    """Return a valid sheet name for Excel that is not in ``taken`` (names in lower case).

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
    """Return the difference ``now - before``, or ``None`` without both.

    >>> change(0.5, 0.25), change(0.5, None)
    (0.25, None)
    """
    return None if now is None or before is None else now - before
