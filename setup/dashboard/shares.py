"""Define the cells of the share tables on the sheet *Data*: by month and for the whole period."""

from .charts import KINDS_ROW, LETTERS, MONTHS, PLACE_OF_SLICE, QUALITY_ROW, SHARES_ROW, SLICE_COLORS, SLOTS

OTHERS = SLOTS - 1
NO_SLICE = 1e-9
"""An invisible slice that keeps the position, and so the colour, of a kind without interactions in a pie."""
QUALITIES = ("confirmed", "corrected", "suggested", "unclassified")
BY_KIND = 6
WHOLE = 0.999999
"""Sum of all shares, slightly below 1 so that an axis ends at 100 %."""


def kind_columns():
    """Return the kinds of the columns, and their names if they have interactions.

    The first kinds come from the list of kinds in order of creation, so that neither a kind without interactions nor a
    new sequence moves a kind to the column, and colour, of another.
    """
    keys, names = SHARES_ROW - 1, SHARES_ROW
    cells = {}
    for number, letter in enumerate(LETTERS[1:], 1):
        cells[f"{letter}{keys}"] = f'=ODOO.LIST(4, {number}, "id")' if number < SLOTS else "false"
        name = kind_name(number) if number < SLOTS else '_t("To review")'
        found = f'ISNUMBER(PIVOT.VALUE(6, "__count", "kind_id", {letter}${keys}))'
        found = found if number < SLOTS else f"{pivot_value('open_count:sum', '')}>0"
        cells[f"{letter}{names}"] = f'=IFERROR(IF({found}, {name}, ""), "")'
    others = LETTERS[OTHERS]
    shares = f"{others}{SHARES_ROW + 1}:{others}{SHARES_ROW + MONTHS}"
    name = f'IF(ODOO.LIST(4, {SLOTS}, "id")="", {kind_name(OTHERS)}, _t("Other kinds"))'
    cells[f"{others}{names}"] = f'=IFERROR(IF(SUM({shares})>0, {name}, ""), "")'
    return cells


def kind_name(number):
    return short(f'ODOO.LIST(4, {number}, "name")')


def term(text):
    return f'_t("{text}")'


def short(name):
    """Return the formula of a kind's ``name`` in a legend, which shows 20 characters: enough in Russian as well."""
    bare = f'SUBSTITUTE({name}, _t(" interactions"), "")'
    return f'IF(LEN({bare})>20, SUBSTITUTE({bare}, _t("Additional"), _t("Add.")), {bare})'


def quality_columns():
    """Return the keys of the columns of classification quality, with their names."""
    cells = {}
    for letter, key in zip(LETTERS[1:], QUALITIES, strict=False):
        cells[f"{letter}{QUALITY_ROW - 1}"] = key
        cells[f"{letter}{QUALITY_ROW}"] = f'=IFERROR(PIVOT.HEADER(7, "quality", "{key}"), "")'
    return cells


def share_table(pivot_number, field, first_row, series, label):
    """Return the cells of shares by month, the latest at the bottom; cells without month or part stay empty.

    The row above the names of the columns contains their keys.

    :param label: formula for the name of a month, from the text ``{month}`` and the number ``{n}``
    """
    cells = {}
    for row in range(first_row + 1, first_row + MONTHS + 1):
        months = f'"#month:month", {first_row + MONTHS + 1 - row}'
        total = f'PIVOT.VALUE({pivot_number}, "__count", {months})'
        month = month_name(f"PIVOT.HEADER({pivot_number}, {months})")
        cells[f"A{row}"] = f'=IFERROR(IF({total}>0, {label.format(month=month, n=total)}, ""), "")'
        for letter in LETTERS[1 : series + 1]:
            part = f'{months}, "{field}", {letter}${first_row - 1}'
            cells[f"{letter}{row}"] = part_cell(pivot_number, letter, part, months, total)
    return cells


def month_name(first):
    """Return the formula of the name of a month, with *running* in place of the year in the present one.

    :param first: formula of its first day
    """
    name, now = (f'TEXT({day}, "mmm yyyy")' for day in (first, "TODAY()"))
    return f'IF({name} = {now}, CONCATENATE(TEXT({first}, "mmm"), ", ", _t("running")), {name})'


def part_cell(pivot_number, letter, part, whole, total, none='""'):
    """Return the cell of a part's share: reviewed interactions of a kind, or in the last column those to review.

    :param part: arguments of ``PIVOT.VALUE`` for the part
    :param whole: arguments for all parts
    """
    if pivot_number != BY_KIND:
        return share_cell(f'PIVOT.VALUE({pivot_number}, "__count", {part})', total, none)
    if letter == LETTERS[SLOTS]:
        return share_cell(pivot_value("open_count:sum", whole), total, none)
    return share_cell(f"({pivot_value('__count', part)} - {pivot_value('open_count:sum', part)})", total, none)


def pivot_value(measure, chosen):
    """Return the formula of a value in the pivot by kind."""
    return f'PIVOT.VALUE({BY_KIND}, "{measure}"{chosen and ", "}{chosen})'


def share_cell(value, total, none='""'):
    """Return the cell of a share, empty without data."""
    return f"=IFERROR(IF({value} > 0, {value} / {total} * {WHOLE}, {none}), {none})"


def other_kinds():
    """Return the cells of the monthly shares of all kinds without their own column."""
    column, last = LETTERS[OTHERS], LETTERS[SLOTS]
    rows = range(SHARES_ROW + 1, SHARES_ROW + MONTHS + 1)
    return {f"{column}{row}": rest_cell(f"B{row}:{LETTERS[OTHERS - 1]}{row}, {last}{row}", f"A{row}") for row in rows}


def rest_cell(others, label, none='""'):
    """Return the cell of the remaining share beside the cells ``others``, if the cell ``label`` is not empty."""
    rest = f"{WHOLE}-SUM({others})"
    return f'=IF({label}="", {none}, IF({rest}>{NO_SLICE:.9f}, {rest}, {none}))'


def kind_shares():
    """Return the cells of the shares of the whole period, under the names of the monthly shares.

    Each part is in the row of its slice (``PLACE_OF_SLICE``); the rows between them have neither name nor size.
    """
    none = f"{NO_SLICE:.9f}"
    cells = {f"B{KINDS_ROW}": '=_t("Shares by kind")', **empty_slices(KINDS_ROW)}
    for number, letter in enumerate(LETTERS[1:], 1):
        row = KINDS_ROW + PLACE_OF_SLICE[number]
        cells[f"A{row}"] = f"={letter}{SHARES_ROW}"
        part = f'"kind_id", {letter}${SHARES_ROW - 1}'
        cells[f"B{row}"] = part_cell(BY_KIND, letter, part, "", pivot_value("__count", ""), none)
    parts = {number: KINDS_ROW + place for number, place in PLACE_OF_SLICE.items()}
    rest = parts.pop(OTHERS)
    return {**cells, f"B{rest}": rest_cell(", ".join(f"B{row}" for row in parts.values()), f"A{rest}", none)}


def empty_slices(first_row):
    """Return the cells of the rows of a pie in whose colours there is no part, below ``first_row``."""
    rows = range(first_row + 1, first_row + 1 + len(SLICE_COLORS))
    return {f"B{row}": f"{NO_SLICE:.9f}" for row in rows if row - first_row not in PLACE_OF_SLICE.values()}
