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
FACTS, INDICATORS, NORMS = "crm.interaction", "crm.interaction.indicator", "crm.interaction.norm"
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
    NORMS: {},
}
WIDTHS = (220, 110, 170, 200, 200, 100)
TITLE, HEAD, BODY, NUMBER = 1, 2, 3, 4
STYLES = {
    "1": {"textColor": "#01666b", "bold": True, "fontSize": 16},
    "2": {"textColor": "#434343", "bold": True, "fontSize": 10, "verticalAlign": "middle"},
    "3": {"textColor": "#434343", "verticalAlign": "middle"},
    "4": {"textColor": "#434343", "verticalAlign": "middle", "align": "right"},
}
LIST_COLUMNS = {
    "partner_id": "Client",
    "value_text": "Value",
    "norm_text": "Agreed",
    "zone": "Verdict",
    "norm_id": "Norm",
    "month": "Month",
}
LIST_ROWS, PIVOT_ROWS = 10, 10
BLUE, ORANGE = "#EFF6FF", "#FFF7ED"


def pivot(number, name, measures, rows=(), domain=(), offset=0, sort=None):
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
        "columns": [],
        "rows": [{"fieldName": row} for row in rows],
        "sortedColumn": sort and {"measure": sort, "order": "desc", "domain": []},
        "fieldMatching": matching,
    }


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
RATIOS = {f"{name}_ratio:avg": (f"{name}_ratio", "avg", "0.0%") for name in ("improvement", "additional")}


def pivots():
    unclassified = [["kind_id", "=", False]]
    named = [["commercial_partner_id", "!=", False]]
    return {
        "1": pivot(1, "Period", {**CONTACTS, **COUNT, **RATIOS}),
        "2": pivot(2, "Period before", {**CONTACTS, **COUNT}, offset=-1),
        "3": pivot(3, "Unclassified", COUNT, domain=unclassified),
        "4": pivot(4, "Unclassified before", COUNT, domain=unclassified, offset=-1),
        "5": pivot(5, " ", {**CONTACTS, **RATIOS}, ["commercial_partner_id"], named, sort="contact_count:sum"),
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
    return {
        "1": odoo_list(1, "Outside the norm", INDICATORS, LIST_COLUMNS, outside(), [("month", False), ("zone", False)]),
        "2": odoo_list(2, "Norm", NORMS, ["limits"], [*firm, ["measure", "=", "improvement_ratio"]], order),
        "3": odoo_list(3, "Norm", NORMS, ["limits"], [*firm, ["measure", "=", "additional_ratio"]], order),
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
        "title": {"text": title, "bold": True, "color": "#434343"},
        "background": color,
        "keyValue": f"Data!B{row}",
        "baseline": f"Data!C{row}",
        "baselineMode": mode,
        "baselineDescr": {"text": description} if description else {},
        "baselineColorUp": "#00A04A",
        "baselineColorDown": "#DC6965",
        "humanize": False,
    }
    return figure(id_, data, place * 252, 10, 244, 100)


def scorecards():
    return [
        scorecard("contacts", 0, "Contacts", 2, "since last period", BLUE, "percentage"),
        scorecard("improvement", 1, "Improvements / base", 3, "", ORANGE, "text"),
        scorecard("additional", 2, "Additional services / base", 4, "", ORANGE, "text"),
        scorecard("unclassified", 3, "Still to classify", 5, "a period before", BLUE, "text"),
    ]


def odoo_chart(id_, sort, group_by, x, y, width, height, legend="top"):
    data = {
        "type": f"odoo_{sort}",
        "title": {"text": ""},
        "background": "#FFFFFF",
        "legendPosition": legend,
        "metaData": {"groupBy": group_by, "measure": "__count", "order": None, "resModel": FACTS, "mode": sort},
        "searchParams": {"comparison": None, "context": {}, "domain": [], "groupBy": group_by, "orderBy": []},
        "dataSets": [],
        "fieldMatching": MATCHING[FACTS],
    }
    if sort == "bar":
        data |= {"stacked": True, "verticalAxisPosition": "left"}
    return figure(id_, data, x, y, width, height)


def static_chart(id_, sort, columns, x, y, width, height, legend="top"):
    """Return the sample's chart of columns of the sheet *Data*."""
    first, *series = columns
    data = {
        "type": sort,
        "title": {"text": ""},
        "background": "#FFFFFF",
        "legendPosition": legend,
        "dataSetsHaveTitle": True,
        "labelRange": f"Data!{first}",
        "dataSets": [{"dataRange": f"Data!{column}"} for column in series],
    }
    data |= {"stacked": True, "verticalAxisPosition": "left"} if sort == "bar" else {"aggregated": False}
    return figure(id_, data, x, y, width, height)


PLACES = {"months": (0, 165, 680, 290), "kinds": (700, 165, 300, 290), "coverage": (700, 842, 300, 290)}


def live_charts():
    return [
        odoo_chart("months", "bar", ["month:month", "kind_id"], *PLACES["months"]),
        odoo_chart("kinds", "pie", ["kind_id"], *PLACES["kinds"]),
        odoo_chart("coverage", "bar", ["month:month", "coverage"], *PLACES["coverage"]),
    ]


def sample_charts():
    months = ["A8:A11", "B8:B11", "C8:C11", "D8:D11", "E8:E11"]
    coverage = ["A19:A22", "B19:B22", "C19:C22", "D19:D22", "E19:E22"]
    return [
        static_chart("months", "bar", months, *PLACES["months"]),
        static_chart("kinds", "pie", ["A13:A17", "B13:B17"], *PLACES["kinds"]),
        static_chart("coverage", "bar", coverage, *PLACES["coverage"]),
    ]


def link(text, model, views, domain=(), **context):
    action = {"domain": list(domain), "context": context, "modelName": model, "views": [[False, v] for v in views]}
    target = {"viewType": views[0], "action": action, "threshold": 0, "name": text}
    return f"[{text}](odoo://view/{json.dumps(target, separators=(',', ':'))})"


def headings():
    """Return the cells with the titles of the sections; each opens its records."""
    shares = {"group_by": ["month:month", "kind_id"]}
    return {
        "A6": link("Shares by month", FACTS, ["graph", "pivot", "list", "search"], graph_groupbys=shares["group_by"]),
        "E6": link("Shares by kind", FACTS, ["pivot", "graph", "list", "search"], pivot_row_groupby=["kind_id"]),
        "A20": link("Clients outside their norms", INDICATORS, ["list", "form", "search"], outside()),
        "A34": link(
            "Clients", FACTS, ["pivot", "graph", "list", "search"], pivot_row_groupby=["commercial_partner_id"]
        ),
        "E34": link(
            "Coverage", FACTS, ["graph", "pivot", "list", "search"], graph_groupbys=["month:month", "coverage"]
        ),
    }


def live_cells():
    cells = headings()
    for column, (field, head) in zip("ABCDEF", LIST_COLUMNS.items(), strict=True):
        cells[f"{column}21"] = f'=ODOO.LIST.HEADER(1, "{field}", _t("{head}"))'
        for row in range(1, LIST_ROWS + 1):
            cells[f"{column}{21 + row}"] = f'=ODOO.LIST(1, {row}, "{field}")'
    return {**cells, "A35": f"=PIVOT(5, {PIVOT_ROWS}, FALSE, FALSE)"}


def sample_cells():
    cells = {address: text.split("](")[0][1:] for address, text in headings().items()}
    cells = {address: f'=_t("{text}")' for address, text in cells.items()}
    heads = LIST_COLUMNS.values()
    cells |= {f"{column}21": f'=_t("{head}")' for column, head in zip("ABCDEF", heads, strict=True)}
    rows = [
        ("Azure Interior", "2 %", "6 % – 10 %", '=_t("Outside the norm")', '=_t("Improvements / base")'),
        ("Deco Addict", "95 %", "≤ 80 %", '=_t("Nearly")', '=_t("Additional services / base")'),
    ]
    for number, values in enumerate(rows, 22):
        cells |= {f"{column}{number}": value for column, value in zip("ABCDE", values, strict=True)}
    heads = ("Client", "Contacts", "Improvements / base", "Additional services / base")
    cells |= {f"{column}35": f'=_t("{head}")' for column, head in zip("ABCD", heads, strict=True)}
    clients = [("Azure Interior", 64, 0.02, 0.7), ("Deco Addict", 51, 0.09, 0.95), ("Gemini Furniture", 38, 0.08, 0.5)]
    for number, values in enumerate(clients, 36):
        cells |= {f"{column}{number}": str(value) for column, value in zip("ABCD", values, strict=True)}
    return cells


def data_labels():
    return {
        "A1": '=_t("Figure")',
        "B1": '=_t("Period")',
        "C1": '=_t("Baseline")',
        "A2": '=_t("Contacts")',
        "A3": '=_t("Improvements / base")',
        "A4": '=_t("Additional services / base")',
        "A5": '=_t("Still to classify")',
        "F1": '=_t("Outside the norm")',
        "F2": '=_t("Nearly")',
    }


def live_data():
    ratio = '=IF(ISNUMBER(PIVOT.VALUE(1, "{0}_ratio:avg")), PIVOT.VALUE(1, "{0}_ratio:avg"), "–")'
    none, text = '_t("no norm in force")', 'ODOO.LIST({0}, 1, "limits")'
    norm = f'=IFERROR(IF({text}="", {none}, CONCATENATE(_t("agreed:"), " ", {text})), {none})'
    unclassified = '=IFERROR(PIVOT.VALUE({0}, "__count") / PIVOT.VALUE({1}, "__count"), "–")'
    before = 'PIVOT.VALUE(2, "contact_count:sum")'
    return {
        **data_labels(),
        "B2": '=PIVOT.VALUE(1, "contact_count:sum")',
        "C2": f"=IF(ISNUMBER({before}), IF({before}=0, NOTHING, {before}), NOTHING)".replace("NOTHING", '"–"'),
        "B3": ratio.format("improvement"),
        "C3": norm.format(2),
        "B4": ratio.format("additional"),
        "C4": norm.format(3),
        "B5": unclassified.format(3, 1),
        "C5": unclassified.format(4, 2),
    }


def sample_data():
    kinds = [f'=_t("{name}")' for name in ("Production", "Improvements", "Additional services", "Organisational")]
    coverage = [f'=_t("{name}")' for name in ("Confirmed", "Corrected", "Suggested", "To Classify")]
    table = {
        2: ("", "153", "140"),
        3: ("", "0.08", '=CONCATENATE(_t("agreed:"), " 6 % – 10 %")'),
        4: ("", "0.66", '=CONCATENATE(_t("agreed:"), " 50 % – 80 %")'),
        5: ("", "0.03", "4 %"),
        8: ("", *kinds),
        9: ('=_t("January")', "70", "6", "55", "18"),
        10: ('=_t("February")', "76", "8", "61", "21"),
        11: ('=_t("March")', "81", "8", "66", "22"),
        13: ("", '=_t("Contacts")'),
        **{14 + n: (kind, value) for n, (kind, value) in enumerate(zip(kinds, ("46", "5", "38", "11"), strict=True))},
        19: ("", *coverage),
        20: ('=_t("January")', "110", "12", "20", "7"),
        21: ('=_t("February")', "130", "10", "20", "6"),
        22: ('=_t("March")', "150", "9", "14", "4"),
    }
    cells = {f"{column}{row}": v for row, values in table.items() for column, v in zip("ABCDE", values, strict=False)}
    return {**{address: value for address, value in cells.items() if value}, **data_labels()}


def sheet(id_, name, cells, figures=(), **more):
    defaults = {"colNumber": 6, "rowNumber": 60, "rows": {}, "cols": {}, "merges": [], "styles": {}, "formats": {}}
    defaults |= {"borders": {}, "conditionalFormats": [], "dataValidationRules": [], "tables": [], "comments": {}}
    defaults |= {"areGridLinesVisible": False, "isVisible": True, "headerGroups": {"ROW": [], "COL": []}}
    return {"id": id_, "name": name, "cells": cells, "figures": list(figures), **defaults, **more}


def front(cells, charts):
    """Return the sheet that people see; sections stand where the charts leave room."""
    heights = {str(row - 1): {"size": 40} for row in (6, 20, 34)}
    styles = dict.fromkeys(headings(), TITLE)
    styles |= {"A21:F21": HEAD, "A22:F31": BODY, "A35:D35": HEAD, "A36:A45": BODY, "B36:D45": NUMBER}
    formats = {"C36:D45": 1, "B36:B45": 2, "F22:F31": 3}
    columns = {str(number): {"size": width} for number, width in enumerate(WIDTHS)}
    rest = {"cols": columns, "styles": styles, "formats": formats, "conditionalFormats": verdict_colors()}
    return sheet("front", "Dashboard", cells, [*scorecards(), *charts], rows=heights, **rest)


def verdict_colors():
    """Return the colours of the column *Verdict*; the words, translated, are on the sheet *Data*."""
    return [
        {
            "id": f"verdict-{cell}",
            "ranges": ["D22:D31"],
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
    columns = {"0": {"size": 240}, "1": {"size": 110}, "2": {"size": 110}}
    return sheet("data", "Data", cells, cols=columns, styles={"A1:E1": HEAD}, formats={"B2:C2": 2, "B3:C5": 1})


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
        pivotNextId=6,
        lists=lists(),
        listNextId=4,
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
