"""Define the cells of the dashboard with data."""

from .charts import CLIENTS_ROW, LETTERS, QUALITY_ROW, SHARES_ROW, SLOTS
from .headings import clients_head, data_labels, headings, range_text
from .shares import QUALITIES, kind_columns, kind_shares, other_kinds, quality_columns, share_table
from .source import LIST_COLUMNS

LIST_ROWS, PIVOT_ROWS = 10, 10
IN_TIME, DUE = 'PIVOT.VALUE(8, "our_in_time:avg")', 'PIVOT.VALUE(8, "our_due_count:sum")'
CLIENT_LETTERS = "ABCDEFGHI"
BEFORE, YEAR = 2, 3
"""Pivots of the period before and of the same one a year ago, whose interactions are in the cells E2 and D2."""
_ON_A_YEAR, _ON_BEFORE = '_t("on a year ago")', '_t("on the period before")'
_A_YEAR_AGO, _BEFORE = '_t("a year ago")', '_t("in the period before")'


def live_cells():
    cells = headings()
    for column, (field, head) in zip(LETTERS, LIST_COLUMNS.items(), strict=True):
        cells[f"{column}21"] = f'=ODOO.LIST.HEADER(1, "{field}", _t("{head}"))'
        for row in range(1, LIST_ROWS + 1):
            cells[f"{column}{21 + row}"] = f'=ODOO.LIST(1, {row}, "{field}")'
    return {**cells, **clients_head(), **dict(item for row in range(1, PIVOT_ROWS + 1) for item in client_cells(row))}


def client_cells(row):
    """Yield the cells of a client, whose figures are on the sheet *Data*."""
    name, contacts, *ratios = (f"Data!{letter}{CLIENTS_ROW + row}" for letter in CLIENT_LETTERS[:4])
    lows_highs = (f"Data!{letter}{CLIENTS_ROW + row}" for letter in CLIENT_LETTERS[4:8])
    is_open = f"Data!{CLIENT_LETTERS[8]}{CLIENTS_ROW + row}"
    for letter, cell in zip("AB", (name, contacts), strict=True):
        yield f"{letter}{35 + row}", f'=IF({name}="", "", {cell})'
    for letter, ratio in zip("CD", ratios, strict=True):
        range_ = range_text(ratio, next(lows_highs), next(lows_highs), is_open)
        shown = f'CONCATENATE(TEXT({ratio}, "0.0%"), "   ", {range_})'
        yield f"{letter}{35 + row}", f'=IF(ISNUMBER({ratio}), {shown}, "")'


def live_data():
    ratio = '=IF(ISNUMBER(PIVOT.VALUE(1, "{0}_ratio:avg")), PIVOT.VALUE(1, "{0}_ratio:avg"), "–")'
    return {
        **data_labels(),
        "B2": '=PIVOT.VALUE(1, "interaction_count:sum")',
        **{f"{column}2": interactions_of(pivot) for column, pivot in (("D", YEAR), ("E", BEFORE))},
        "C2": compared(growth, _ON_A_YEAR, _ON_BEFORE),
        "B3": ratio.format("improvement"),
        "C3": under_ratio("improvement", 2),
        "B4": ratio.format("additional"),
        "C4": under_ratio("additional", 3),
        "B5": '=IF(ISNUMBER(PIVOT.VALUE(1, "open_share:avg")), PIVOT.VALUE(1, "open_share:avg"), "–")',
        "C5": compared(share_then, _A_YEAR_AGO, _BEFORE),
        "B6": f"=IF(ISNUMBER({IN_TIME}), {IN_TIME}, NOTHING)".replace("NOTHING", '"–"'),
        "C6": f'=IF(ISNUMBER({DUE}), CONCATENATE({DUE}, " ", _t("answers due")), "")',
        **kind_columns(),
        **share_table(6, "kind_id", SHARES_ROW, SLOTS, 'CONCATENATE({month}, " (", {n}, ")")'),
        **other_kinds(),
        **quality_columns(),
        **share_table(7, "quality", QUALITY_ROW, len(QUALITIES), "{month}"),
        **kind_shares(),
        f"A{CLIENTS_ROW}": f"=PIVOT(5, {PIVOT_ROWS}, FALSE, FALSE)",
    }


def interactions_of(pivot):
    value = f'PIVOT.VALUE({pivot}, "interaction_count:sum")'
    return f"=IF(ISNUMBER({value}), {value}, 0)"


def compared(text, year, before):
    """Return the cell that compares with the same period a year ago, or with the one before if there is none."""
    parts = (text("D2", YEAR), year), (text("E2", BEFORE), before)
    a_year, one_before = (f'CONCATENATE({value}, " ", {words})' for value, words in parts)
    return f'=IF(D2>0, {a_year}, IF(E2>0, {one_before}, "–"))'


def growth(base, _pivot):
    return f'IF(B2>={base}, "+", ""), TEXT(B2/{base}-1, "0%")'


def share_then(_base, pivot):
    return f'TEXT(PIVOT.VALUE({pivot}, "open_share:avg"), "0.0%")'


def under_ratio(name, target_list):
    """Return the cell under a ratio: its range, then what was agreed."""
    values = (f'PIVOT.VALUE(1, "{name}_{end}:avg")' for end in ("ratio", "low", "high"))
    range_ = range_text(*values, 'PIVOT.VALUE(1, "open_share:avg")')
    none, text = '_t("no target in force")', f'ODOO.LIST({target_list}, 1, "limits")'
    target = f'IFERROR(IF({text}="", {none}, CONCATENATE(_t("agreed:"), " ", {text})), {none})'
    return f'=CONCATENATE({range_}, IF({range_}="", "", "; "), {target})'
