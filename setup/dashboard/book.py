"""Assemble the sheets and the whole spreadsheet."""

from .charts import (
    KINDS_ROW,
    LETTERS,
    MENUS,
    MONTHS,
    QUALITY_ROW,
    SHARES_ROW,
    SLICE_COLORS,
    SLOTS,
    STYLES,
    live_charts,
    sample_charts,
    scorecards,
)
from .headings import headings
from .live import live_cells, live_data
from .sample import sample_cells, sample_data
from .source import filters, lists, pivots

MODULE = "crm_outsourcing_interactions"
WIDTHS = (152, 118, 203, 244, 110, 125, 108)
TITLE, HEAD, BODY, LEFT = 1, 2, 3, 5


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


def sheet(id_, name, cells, figures=(), **more):
    defaults = {"colNumber": 7, "rowNumber": 60, "rows": {}, "cols": {}, "merges": [], "styles": {}, "formats": {}}
    defaults |= {"borders": {}, "conditionalFormats": [], "dataValidationRules": [], "tables": [], "comments": {}}
    defaults |= {"areGridLinesVisible": False, "isVisible": True, "headerGroups": {"ROW": [], "COL": []}}
    return {"id": id_, "name": name, "cells": cells, "figures": list(figures), **defaults, **more}


def front(cells, charts):
    """Return the visible sheet; sections are placed between the charts."""
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
    """Return the colours of the column *Verdict*; the translated texts are on the sheet *Data*."""
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
    shares = [f"B{row}:{LETTERS[SLOTS]}{row + MONTHS}" for row in (SHARES_ROW, QUALITY_ROW)]
    shares.append(f"B{KINDS_ROW + 1}:B{KINDS_ROW + len(SLICE_COLORS)}")
    columns = {"0": {"size": 240}, "1": {"size": 110}, "2": {"size": 110}}
    formats = {"B2:C2": 2, "B3:C6": 1, "B9:G32": 1} | dict.fromkeys(shares, 1)
    return sheet(
        "data", "Data", cells, rowNumber=125, colNumber=9, cols=columns, styles={"A1:E1": HEAD}, formats=formats
    )


def live():
    return spreadsheet(
        [front(live_cells(), live_charts()), data_sheet(live_data())],
        pivots=pivots(),
        pivotNextId=9,
        lists=lists(),
        listNextId=5,
        globalFilters=filters(),
        chartOdooMenusReferences={chart: f"{MODULE}.{menu}" for chart, menu in MENUS.items()},
    )


def sample():
    empty = {"pivots": {}, "pivotNextId": 1, "lists": {}, "listNextId": 1, "globalFilters": filters()}
    sheets = [front(sample_cells(), sample_charts()), data_sheet(sample_data())]
    return spreadsheet(sheets, **empty, chartOdooMenusReferences={})
