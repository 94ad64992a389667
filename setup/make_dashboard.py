#!/usr/bin/env python3
"""Write the spreadsheets of Odoo's Dashboards app: python3 setup/make_dashboard.py

The files are crm_outsourcing_interactions/data/files/interaction_dashboard.json, read by people with data, and
interaction_sample_dashboard.json, shown while there is none. Edit this program, not the files. Texts are those of
Odoo's extraction of terms: chart titles, labels of filters, links, and cells such as ``=_t("Contacts")``.
"""

import json
import pathlib

FOLDER = pathlib.Path(__file__).parents[1] / "crm_outsourcing_interactions" / "data" / "files"
MODULE = "crm_outsourcing_interactions"
FACTS, INDICATORS, TARGETS = "crm.interaction", "crm.interaction.indicator", "crm.interaction.target"
KINDS = "crm.interaction.kind"
PERIOD, CLIENT, USER = "interaction-period", "interaction-client", "interaction-user"
MATCHING = {
    FACTS: {
        PERIOD: {"chain": "date", "type": "datetime", "offset": 0},
        CLIENT: {"chain": "commercial_partner_id", "type": "many2one"},
        USER: {"chain": "user_id", "type": "many2one"},
    },
    INDICATORS: {
        PERIOD: {"chain": "month", "type": "date", "offset": 0},
        CLIENT: {"chain": "partner_id", "type": "many2one"},
        USER: {"chain": "partner_id.user_id", "type": "many2one"},
    },
    TARGETS: {},
    KINDS: {},
}
WIDTHS = (155, 118, 205, 215, 112, 150, 105)
TITLE, HEAD, BODY, LEFT = 1, 2, 3, 5
STYLES = {
    "1": {"textColor": "#01666b", "bold": True, "fontSize": 16},
    "2": {"textColor": "#434343", "bold": True, "fontSize": 10, "verticalAlign": "middle"},
    "3": {"textColor": "#434343", "verticalAlign": "middle"},
    "5": {"textColor": "#434343", "verticalAlign": "middle", "align": "left"},
}
LIST_COLUMNS = {
    "partner_id": "Client",
    "value_text": "Value",
    "range_text": "Range",
    "target_id": "Target",
    "target_text": "Agreed",
    "zone": "Verdict",
    "month": "Month",
}
WORST_FIRST = [("zone", True), ("month", False)]
"""The database sorts zones by their keys: of the two in the list, *red* comes first."""
LIST_ROWS, PIVOT_ROWS = 10, 10
MONTHS = 24
"""The months that a chart of shares has room for; the latest are shown."""
SLOTS = 6
"""The parts of a chart by kind, each with a column and a colour of its own, whether there are such contacts or not: the
first kinds, all others together (or the fifth kind, if there are no more), what is to review. A part of a kind is the
least that its share can be; with what is to review it is the most."""
OTHERS = SLOTS - 1
NO_SLICE = 1e-9
"""A slice that cannot be seen: it keeps the place, and so the colour, of a kind without contacts in a pie."""
COVERAGES = ("confirmed", "corrected", "suggested", "unclassified")
SHARES_ROW, COVERAGE_ROW, KINDS_ROW, CLIENTS_ROW = 30, 60, 90, 110
"""Where on the sheet *Data* the tables of shares, and that of clients, begin, each with a row of headings."""
BLUE, ORANGE = "#EFF6FF", "#FFF7ED"


def pivot(number, name, measures, rows=(), columns=(), domain=(), offset=0, sort=None):
    """Return one pivot.

    :param measures: ``{id: (field, aggregator, format)}``, offset: in periods of the filter
    """
    matching = json.loads(json.dumps(MATCHING[FACTS]))
    matching[PERIOD]["offset"] = offset
    return {
        "type": "ODOO",
        "id": str(number),
        "formulaId": str(number),
        "name": name,
        "model": FACTS,
        "domain": list(domain),
        "context": {},
        "measures": [measure(*item) for item in measures.items()],
        "columns": list(map(dimension, columns)),
        "rows": list(map(dimension, rows)),
        "sortedColumn": sort and {"measure": sort, "order": "desc", "domain": []},
        "fieldMatching": matching,
    }


def dimension(name):
    """Return a grouping of a pivot; of months the latest comes first."""
    field, _colon, granularity = name.partition(":")
    return {"fieldName": field, "granularity": granularity, "order": "desc"} if granularity else {"fieldName": field}


def measure(id_, definition):
    field, aggregator, format_ = definition
    result = {"id": id_, "fieldName": field}
    if aggregator:
        result["aggregator"] = aggregator
    if format_:
        result["format"] = format_
    return result


COUNT = {"__count": ("__count", None, "#,##0")}
CONTACTS = {"contact_count:sum": ("contact_count", "sum", "#,##0")}
ROLES = ("improvement", "additional")
RATIOS = {f"{name}_ratio:avg": (f"{name}_ratio", "avg", "0.0%") for name in ROLES}
BOUNDS = {f"{name}_{end}:avg": (f"{name}_{end}", "avg", "0.0%") for name in ROLES for end in ("low", "high")}
OPEN = {"open_count:sum": ("open_count", "sum", "#,##0")}
OPEN_SHARE = {"open_share:avg": ("open_share", "avg", "0.0%")}
SURE = {**RATIOS, **BOUNDS, **OPEN_SHARE}


def pivots():
    named = [["commercial_partner_id", "!=", False]]
    return {
        "1": pivot(1, "Period", {**CONTACTS, **COUNT, **SURE}),
        "2": pivot(2, "Period before", {**CONTACTS, **COUNT, **OPEN_SHARE}, offset=-1),
        "5": pivot(5, " ", {**CONTACTS, **SURE}, ["commercial_partner_id"], domain=named, sort="contact_count:sum"),
        "6": pivot(6, "Shares by month", {**COUNT, **OPEN}, ["month:month"], ["kind_id"]),
        "7": pivot(7, "Classification Quality", COUNT, ["month:month"], ["coverage"]),
    }


def odoo_list(number, name, model, columns, domain, order):
    return {
        "id": str(number),
        "name": name,
        "model": model,
        "columns": list(columns),
        "domain": domain,
        "context": {},
        "orderBy": [{"name": field, "asc": ascending} for field, ascending in order],
        "fieldMatching": MATCHING[model],
    }


def lists():
    firm = [["partner_id", "=", False]]
    order = [("date_from", False)]
    all_kinds = [["active", "in", [True, False]]]
    return {
        "1": odoo_list(1, "Off Target", INDICATORS, LIST_COLUMNS, outside(), WORST_FIRST),
        "2": odoo_list(2, "Target", TARGETS, ["limits"], [*firm, ["measure", "=", "improvement_ratio"]], order),
        "3": odoo_list(3, "Target", TARGETS, ["limits"], [*firm, ["measure", "=", "additional_ratio"]], order),
        "4": odoo_list(4, "Kinds", KINDS, ["id", "name"], all_kinds, [("id", True)]),
    }


def outside():
    return [["zone", "in", ["red", "yellow"]], ["partner_id", "!=", False]]


def figure(id_, data, x, y, width, height):
    return {
        "id": id_,
        "tag": "chart",
        "col": 0,
        "row": 0,
        "offset": {"x": x, "y": y},
        "width": width,
        "height": height,
        "data": {**data, "chartId": id_},
    }


def scorecard(id_, place, title, row, description, color, mode):
    data = {
        "type": "scorecard",
        "title": {"text": title, "color": "#434343", "fontSize": 12},
        "background": color,
        "keyValue": f"Data!B{row}",
        "baseline": f"Data!C{row}",
        "baselineMode": mode,
        "baselineDescr": {"text": description} if description else {"fontSize": 10},  # range and target need room
        "baselineColorUp": "#00A04A",
        "baselineColorDown": "#DC6965",
        "humanize": False,
    }
    return figure(id_, data, place * 267, 10, 259, 100)


def scorecards():
    return [
        scorecard("contacts", 0, "Contacts", 2, "since last period", BLUE, "percentage"),
        scorecard("improvement", 1, "Improvements / base", 3, "", ORANGE, "text"),
        scorecard("additional", 2, "Additional services / base", 4, "", ORANGE, "text"),
        scorecard("unclassified", 3, "To review", 5, "a period before", BLUE, "text"),
    ]


def shares_chart(id_, sort, first_row, count, colors=()):
    """Return a chart of a table of shares on the sheet *Data*: labels in A, a column for each of the ``colors``.

    Odoo's own charts of a model stack counts, not shares; so these read cells that hold shares. The slices of a pie
    cannot be given colours: they wear ``KIND_COLORS``, the first ones of Odoo's own, by their places.
    """
    rows = f"{{0}}{first_row}:{{0}}{first_row + count}"
    data = {
        "type": sort,
        "title": {"text": TITLES[id_], **CHART_TITLE},
        "background": "#FFFFFF",
        "legendPosition": "top",
        "dataSetsHaveTitle": True,
        "showValues": sort == "pie",
        "labelRange": f"Data!{rows.format('A')}",
        "dataSets": [
            {"dataRange": f"Data!{rows.format(column)}", "backgroundColor": color}
            for column, color in zip(LETTERS[1:], colors or KIND_COLORS[:1], strict=False)
        ],
    }
    data |= {"stacked": True, "verticalAxisPosition": "left"} if sort == "bar" else {"aggregated": False}
    return figure(id_, data, *PLACES[id_])


LETTERS = "ABCDEFG"
CLIENT_LETTERS = "ABCDEFGHI"
BLUE_BAR, RED_BAR, TEAL_BAR, ORANGE_BAR, PURPLE_BAR, YELLOW_BAR = KIND_COLORS = (
    "#4EA7F2", "#EA6175", "#43C5B1", "#F4A261", "#8481DD", "#FFD86D",
)  # fmt: skip
COVERAGE_COLORS = (TEAL_BAR, BLUE_BAR, ORANGE_BAR, YELLOW_BAR)
PLACES = {"months": (0, 125, 780, 330), "kinds": (800, 125, 260, 330), "coverage": (800, 791, 260, 341)}
TITLES = {"months": "Purposes by month", "kinds": "Shares by kind", "coverage": "Classification Quality"}
"""A chart tells its own title: phones show figures only, one below the other, and no cells."""
# In pixels, where cells have points.
CHART_TITLE = {"bold": True, "fontSize": 20, "color": STYLES["1"]["textColor"]}


def live_charts():
    return [
        shares_chart("months", "bar", SHARES_ROW, MONTHS, KIND_COLORS),
        shares_chart("kinds", "pie", KINDS_ROW, SLOTS),
        shares_chart("coverage", "bar", COVERAGE_ROW, MONTHS, COVERAGE_COLORS),
    ]


def sample_charts():
    return [
        shares_chart("months", "bar", 8, 3, KIND_COLORS[:4]),
        shares_chart("kinds", "pie", 13, 4),
        shares_chart("coverage", "bar", 19, 3, COVERAGE_COLORS),
    ]


def link(text, model, views, domain=(), **context):
    action = {"domain": list(domain), "context": context, "modelName": model, "views": [[False, v] for v in views]}
    target = {"viewType": views[0], "action": action, "threshold": 0, "name": text}
    return f"[{text}](odoo://view/{json.dumps(target, separators=(',', ':'))})"


def headings():
    """Return the cells with the titles of the lists; each opens its records. Charts have titles and menus."""
    return {
        "A20": link("Clients off target", INDICATORS, ["list", "form", "search"], outside()),
        "A34": link(
            "Clients", FACTS, ["pivot", "graph", "list", "search"], pivot_row_groupby=["commercial_partner_id"]
        ),
    }


def live_cells():
    cells = headings()
    for column, (field, head) in zip(LETTERS, LIST_COLUMNS.items(), strict=True):
        cells[f"{column}21"] = f'=ODOO.LIST.HEADER(1, "{field}", _t("{head}"))'
        for row in range(1, LIST_ROWS + 1):
            cells[f"{column}{21 + row}"] = f'=ODOO.LIST(1, {row}, "{field}")'
    return {**cells, **clients_head(), **dict(item for row in range(1, PIVOT_ROWS + 1) for item in client_cells(row))}


def clients_head():
    heads = ("Client", "Contacts", "Improvements / base", "Additional services / base")
    return {f"{column}35": f'=_t("{head}")' for column, head in zip("ABCD", heads, strict=True)}


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


def range_text(value, low, high, is_open):
    """Return the formula of what stands beside a ratio: its range, and one word that says how sure it is."""
    bounds = f'CONCATENATE(TEXT(100*{low}, "0.0"), "–", TEXT({high}, "0.0%"), " · ", _t("bounds"))'
    return f'IF(ISNUMBER({value}), IF({is_open}=0, _t("exact"), {bounds}), "")'


def sample_cells():
    cells = {address: text.split("](")[0][1:] for address, text in headings().items()}
    cells = {address: f'=_t("{text}")' for address, text in cells.items()}
    heads = LIST_COLUMNS.values()
    cells |= {f"{column}21": f'=_t("{head}")' for column, head in zip(LETTERS, heads, strict=True)}
    improvement, additional = '=_t("Improvements / base")', '=_t("Additional services / base")'
    outside, nearly, exact = '=_t("Off Target")', '=_t("Near the Limit")', '=_t("exact")'
    rows = [
        ("Azure Interior", "2 %", exact, improvement, "6 % – 10 %", outside, '=_t("March")'),
        ("Gemini Furniture", "41 %", sample_range(38, 46), additional, "50 % – 80 %", outside, '=_t("March")'),
        ("Ready Mat", "0 %", sample_range(0, 4), improvement, "6 % – 10 %", outside, '=_t("February")'),
        ("Deco Addict", "83 %", exact, additional, "50 % – 80 %", nearly, '=_t("March")'),
    ]
    for number, values in enumerate(rows, 22):
        cells |= {f"{column}{number}": value for column, value in zip(LETTERS, values, strict=True)}
    cells |= clients_head()
    exact = '=CONCATENATE("{0} %   ", _t("exact"))'
    clients = [
        ("Azure Interior", "64", exact.format(2), exact.format(70)),
        ("Deco Addict", "51", exact.format(9), exact.format(83)),
        ("Gemini Furniture", "38", exact.format(8), sample_range(38, 46, "41 %   ")),
    ]
    for number, values in enumerate(clients, 36):
        cells |= {f"{column}{number}": value for column, value in zip("ABCD", values, strict=True)}
    return cells


def sample_range(low, high, value=""):
    return f'=CONCATENATE("{value}{low}–{high} % · ", _t("bounds"))'


def data_labels():
    return {
        "A1": '=_t("Figure")',
        "B1": '=_t("Period")',
        "C1": '=_t("Baseline")',
        "A2": '=_t("Contacts")',
        "A3": '=_t("Improvements / base")',
        "A4": '=_t("Additional services / base")',
        "A5": '=_t("To review")',
        "F1": '=_t("Off Target")',
        "F2": '=_t("Near the Limit")',
    }


def live_data():
    ratio = '=IF(ISNUMBER(PIVOT.VALUE(1, "{0}_ratio:avg")), PIVOT.VALUE(1, "{0}_ratio:avg"), "–")'
    to_review = '=IF(ISNUMBER(PIVOT.VALUE({0}, "open_share:avg")), PIVOT.VALUE({0}, "open_share:avg"), "–")'
    before = 'PIVOT.VALUE(2, "contact_count:sum")'
    return {
        **data_labels(),
        "B2": '=PIVOT.VALUE(1, "contact_count:sum")',
        "C2": f"=IF(ISNUMBER({before}), IF({before}=0, NOTHING, {before}), NOTHING)".replace("NOTHING", '"–"'),
        "B3": ratio.format("improvement"),
        "C3": under_ratio("improvement", 2),
        "B4": ratio.format("additional"),
        "C4": under_ratio("additional", 3),
        "B5": to_review.format(1),
        "C5": to_review.format(2),
        **kind_columns(),
        **share_table(6, "kind_id", SHARES_ROW, SLOTS, 'CONCATENATE({month}, " (", {n}, ")")'),
        **other_kinds(),
        **coverage_columns(),
        **share_table(7, "coverage", COVERAGE_ROW, len(COVERAGES), "{month}"),
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


def kind_columns():
    """Return what the columns of shares by kind stand for, and their names where there are such contacts.

    The list of kinds tells the first ones, in the order in which they were made, so that neither a kind without
    contacts nor a new order moves a kind to the column, and the colour, of another.
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


def coverage_columns():
    """Return what the columns of the coverage stand for, with their names."""
    cells = {}
    for letter, key in zip(LETTERS[1:], COVERAGES, strict=False):
        cells[f"{letter}{COVERAGE_ROW - 1}"] = key
        cells[f"{letter}{COVERAGE_ROW}"] = f'=IFERROR(PIVOT.HEADER(7, "coverage", "{key}"), "")'
    return cells


def share_table(pivot_number, field, first_row, series, label):
    """Return the cells of shares by month, the latest at the bottom; what has no month or no part stays empty.

    The row above the names of the columns holds what each stands for.

    :param label: formula for the name of a month, from the text ``{month}`` and the number ``{n}``
    """
    cells = {}
    for row in range(first_row + 1, first_row + MONTHS + 1):
        months = f'"#month:month", {first_row + MONTHS + 1 - row}'
        total = f'PIVOT.VALUE({pivot_number}, "__count", {months})'
        month = f'TEXT(PIVOT.HEADER({pivot_number}, {months}), "mmm yyyy")'
        cells[f"A{row}"] = f'=IFERROR(IF({total}>0, {label.format(month=month, n=total)}, ""), "")'
        for letter in LETTERS[1 : series + 1]:
            part = f'{months}, "{field}", {letter}${first_row - 1}'
            cells[f"{letter}{row}"] = part_cell(pivot_number, letter, part, months, total)
    return cells


def part_cell(pivot_number, letter, part, whole, total, none='""'):
    """Return the share of a part: of kinds what is reviewed, and in the last column what is to review.

    :param part: arguments of ``PIVOT.VALUE`` that choose it; ``whole``: those of all parts
    """
    if pivot_number != BY_KIND:
        return share_cell(f'PIVOT.VALUE({pivot_number}, "__count", {part})', total, none)
    if letter == LETTERS[SLOTS]:
        return share_cell(pivot_value("open_count:sum", whole), total, none)
    return share_cell(f"({pivot_value('__count', part)} - {pivot_value('open_count:sum', part)})", total, none)


def pivot_value(measure, chosen):
    """Return the formula of a number of the pivot by kind."""
    return f'PIVOT.VALUE({BY_KIND}, "{measure}"{chosen and ", "}{chosen})'


BY_KIND = 6
WHOLE = 0.999999
"""All shares together: a little below 1, so that an axis ends at 100 %."""


def share_cell(value, total, none='""'):
    """Return a share, empty where there is none."""
    return f"=IFERROR(IF({value} > 0, {value} / {total} * {WHOLE}, {none}), {none})"


def other_kinds():
    """Return the cells of the shares by month of all kinds that have no column of their own."""
    column, last = LETTERS[OTHERS], LETTERS[SLOTS]
    rows = range(SHARES_ROW + 1, SHARES_ROW + MONTHS + 1)
    return {f"{column}{row}": rest_cell(f"B{row}:{LETTERS[OTHERS - 1]}{row}, {last}{row}", f"A{row}") for row in rows}


def rest_cell(others, label, none='""'):
    """Return what the shares in the cells ``others`` leave of a row that is named in the cell ``label``."""
    rest = f"{WHOLE}-SUM({others})"
    return f'=IF({label}="", {none}, IF({rest}>{NO_SLICE:.9f}, {rest}, {none}))'


def kind_shares():
    """Return the cells of the shares of the whole period; their names are those of the shares by month."""
    cells, none = {f"B{KINDS_ROW}": '=_t("Shares by kind")'}, f"{NO_SLICE:.9f}"
    for number, letter in enumerate(LETTERS[1:], 1):
        cells[f"A{KINDS_ROW + number}"] = f"={letter}{SHARES_ROW}"
        part = f'"kind_id", {letter}${SHARES_ROW - 1}'
        cells[f"B{KINDS_ROW + number}"] = part_cell(BY_KIND, letter, part, "", pivot_value("__count", ""), none)
    own = f"B{KINDS_ROW + 1}:B{KINDS_ROW + OTHERS - 1}, B{KINDS_ROW + SLOTS}"
    return {**cells, f"B{KINDS_ROW + OTHERS}": rest_cell(own, f"A{KINDS_ROW + OTHERS}", none)}


def sample_data():
    kinds = [
        f"={short(term(name))}" for name in ("Production", "Improvements", "Additional services", "Organisational")
    ]
    coverage = [f'=_t("{name}")' for name in ("Confirmed", "Corrected", "Suggested", "To Classify")]
    table = {
        2: ("", "153", "140"),
        3: ("", "0.08", '=CONCATENATE("7.4–8.8 % · ", _t("bounds"), "; ", _t("agreed:"), " 6 % – 10 %")'),
        4: ("", "0.66", '=CONCATENATE("62–70 % · ", _t("bounds"), "; ", _t("agreed:"), " 50 % – 80 %")'),
        5: ("", "0.03", "4 %"),
        8: ("", *kinds),
        9: ('=_t("January")', "0.47", "0.04", "0.37", "0.12"),
        10: ('=_t("February")', "0.46", "0.05", "0.36", "0.13"),
        11: ('=_t("March")', "0.45", "0.05", "0.38", "0.12"),
        13: ("", '=_t("Shares by kind")'),
        **{14 + n: pair for n, pair in enumerate(zip(kinds, ("0.46", "0.05", "0.37", "0.12"), strict=True))},
        19: ("", *coverage),
        20: ('=_t("January")', "0.74", "0.08", "0.13", "0.05"),
        21: ('=_t("February")', "0.78", "0.06", "0.12", "0.04"),
        22: ('=_t("March")', "0.85", "0.05", "0.08", "0.02"),
    }
    cells = {f"{column}{row}": v for row, values in table.items() for column, v in zip("ABCDE", values, strict=False)}
    return {**{address: value for address, value in cells.items() if value}, **data_labels()}


def sheet(id_, name, cells, figures=(), **more):
    defaults = {"colNumber": 7, "rowNumber": 60, "rows": {}, "cols": {}, "merges": [], "styles": {}, "formats": {}}
    defaults |= {"borders": {}, "conditionalFormats": [], "dataValidationRules": [], "tables": [], "comments": {}}
    defaults |= {"areGridLinesVisible": False, "isVisible": True, "headerGroups": {"ROW": [], "COL": []}}
    return {"id": id_, "name": name, "cells": cells, "figures": list(figures), **defaults, **more}


def front(cells, charts):
    """Return the sheet that people see; sections stand where the charts leave room."""
    heights = {str(row - 1): {"size": 40} for row in (6, 20, 34)}
    styles = dict.fromkeys(headings(), TITLE)
    styles |= {
        "A21:G21": HEAD,
        "A22:A31": BODY,
        "B22:G31": LEFT,
        "A35:D35": HEAD,
        "A36:A45": BODY,
        "B36:D45": LEFT,
    }
    formats = {"B36:B45": 2, "G22:G31": 3}
    columns = {str(number): {"size": width} for number, width in enumerate(WIDTHS)}
    rest = {"cols": columns, "styles": styles, "formats": formats, "conditionalFormats": verdict_colors()}
    return sheet("front", "Dashboard", cells, [*scorecards(), *charts], rows=heights, **rest)


def verdict_colors():
    """Return the colours of the column *Verdict*; the words, translated, are on the sheet *Data*."""
    return [
        {
            "id": f"verdict-{cell}",
            "ranges": ["F22:F31"],
            "rule": {
                "type": "CellIsRule",
                "operator": "isEqual",
                "values": [f"=Data!{cell}"],
                "style": {"fillColor": color},
            },
        }
        for cell, color in (("$F$1", "#F8D7DA"), ("$F$2", "#FFF3CD"))
    ]


def data_sheet(cells):
    shares = [f"B{row}:{LETTERS[SLOTS]}{row + MONTHS}" for row in (SHARES_ROW, COVERAGE_ROW)]
    shares.append(f"B{KINDS_ROW + 1}:B{KINDS_ROW + SLOTS}")
    columns = {"0": {"size": 240}, "1": {"size": 110}, "2": {"size": 110}}
    formats = {"B2:C2": 2, "B3:C5": 1, "B9:G22": 1} | dict.fromkeys(shares, 1)
    return sheet(
        "data", "Data", cells, rowNumber=125, colNumber=9, cols=columns, styles={"A1:E1": HEAD}, formats=formats
    )


def filters():
    relation = {"type": "relation", "defaultValueDisplayNames": []}
    return [
        {"id": PERIOD, "type": "date", "label": "Period", "defaultValue": "last_90_days"},
        {"id": CLIENT, **relation, "label": "Client", "modelName": "res.partner"},
        {"id": USER, **relation, "label": "Responsible", "modelName": "res.users"},
    ]


MENUS = {
    "contacts": "menu_interactions",
    "improvement": "menu_ratios",
    "additional": "menu_ratios",
    "unclassified": "menu_review_team",
    "months": "menu_shares",
    "kinds": "menu_shares",
    "coverage": "menu_coverage",
}


def spreadsheet(sheets, **more):
    english = {"name": "English (US)", "code": "en_US", "thousandsSeparator": ",", "decimalSeparator": "."}
    english |= {"dateFormat": "mm/dd/yyyy", "timeFormat": "hh:mm:ss", "formulaArgSeparator": ",", "weekStart": 7}
    return {
        "version": "18.5.10",
        "sheets": sheets,
        "styles": STYLES,
        "formats": {"1": "0.0%", "2": "#,##0", "3": "mmm yyyy"},
        "borders": {},
        "revisionId": "START_REVISION",
        "uniqueFigureIds": True,
        "settings": {"locale": english},
        "customTableStyles": {},
        **more,
    }


def live():
    return spreadsheet(
        [front(live_cells(), live_charts()), data_sheet(live_data())],
        pivots=pivots(),
        pivotNextId=8,
        lists=lists(),
        listNextId=5,
        globalFilters=filters(),
        chartOdooMenusReferences={chart: f"{MODULE}.{menu}" for chart, menu in MENUS.items()},
    )


def sample():
    empty = {"pivots": {}, "pivotNextId": 1, "lists": {}, "listNextId": 1, "globalFilters": filters()}
    sheets = [front(sample_cells(), sample_charts()), data_sheet(sample_data())]
    return spreadsheet(sheets, **empty, chartOdooMenusReferences={})


def main():
    FOLDER.mkdir(exist_ok=True)
    for name, content in (("interaction_dashboard", live()), ("interaction_sample_dashboard", sample())):
        text = json.dumps(content, ensure_ascii=False, indent=1)
        (FOLDER / f"{name}.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
