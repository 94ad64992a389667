"""Define the cells of the dashboard with data."""

from .charts import CLIENTS_ROW, LETTERS, QUALITY_ROW, SHARES_ROW, SLOTS
from .headings import clients_head, data_labels, headings, range_text
from .shares import QUALITIES, kind_columns, kind_shares, other_kinds, quality_columns, share_table
from .source import LIST_COLUMNS

LIST_ROWS, PIVOT_ROWS = 10, 10
IN_TIME, DUE = 'PIVOT.VALUE(8, "our_in_time:avg")', 'PIVOT.VALUE(8, "our_due_count:sum")'
CLIENT_LETTERS = "ABCDEFGHI"


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
    to_review = '=IF(ISNUMBER(PIVOT.VALUE({0}, "open_share:avg")), PIVOT.VALUE({0}, "open_share:avg"), "–")'
    before = 'PIVOT.VALUE(2, "interaction_count:sum")'
    return {
        **data_labels(),
        "B2": '=PIVOT.VALUE(1, "interaction_count:sum")',
        "C2": f"=IF(ISNUMBER({before}), IF({before}=0, NOTHING, {before}), NOTHING)".replace("NOTHING", '"–"'),
        "B3": ratio.format("improvement"),
        "C3": under_ratio("improvement", 2),
        "B4": ratio.format("additional"),
        "C4": under_ratio("additional", 3),
        "B5": to_review.format(1),
        "C5": to_review.format(2),
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


def under_ratio(name, target_list):
    """Return the cell under a ratio: its range, then what was agreed."""
    values = (f'PIVOT.VALUE(1, "{name}_{end}:avg")' for end in ("ratio", "low", "high"))
    range_ = range_text(*values, 'PIVOT.VALUE(1, "open_share:avg")')
    none, text = '_t("no target in force")', f'ODOO.LIST({target_list}, 1, "limits")'
    target = f'IFERROR(IF({text}="", {none}, CONCATENATE(_t("agreed:"), " ", {text})), {none})'
    return f'=CONCATENATE({range_}, IF({range_}="", "", "; "), {target})'
