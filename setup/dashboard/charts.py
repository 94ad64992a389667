"""Define the score cards and the charts, which read cells of the sheet *Data*."""

import importlib.util
import pathlib

ADDON = pathlib.Path(__file__).parents[2] / "crm_outsourcing_interactions"

STYLES = {
    "1": {"textColor": "#01666b", "bold": True, "fontSize": 16},
    "2": {"textColor": "#434343", "bold": True, "fontSize": 10, "verticalAlign": "middle"},
    "3": {"textColor": "#434343", "verticalAlign": "middle"},
    "5": {"textColor": "#434343", "verticalAlign": "middle", "align": "left"},
}
SLOTS = 6
"""The parts of a chart by kind, each with a column and a colour of its own, whether there are such contacts or not: the
first kinds, all others together (or the fifth kind, if there are no more), what is to review. A part of a kind is the
least that its share can be; with what is to review it is the most."""
MONTHS = 24
"""The months that a chart of shares has room for; the latest are shown."""
SHARES_ROW, QUALITY_ROW, KINDS_ROW, CLIENTS_ROW = 30, 60, 90, 110
"""Where on the sheet *Data* the tables of shares, and that of clients, begin, each with a row of headings."""
LETTERS = "ABCDEFG"
BLUE, ORANGE = "#EFF6FF", "#FFF7ED"


def kind_colors():
    """Return the colours of the parts of a chart by kind (tuple): kinds, then what is unclassified."""
    spec = importlib.util.spec_from_file_location("kind_colors", ADDON / "models" / "figures" / "kind_colors.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return (*module.KIND_COLORS[: SLOTS - 1], module.UNCLASSIFIED_COLOR)


BLUE_BAR, _VIOLET_BAR, TEAL_BAR, ORANGE_BAR, _LILAC_BAR, YELLOW_BAR = KIND_COLORS = kind_colors()
SLICE_COLORS = (
    "#4EA7F2", "#3188E6", "#43C5B1", "#00A78D", "#EA6175", "#CE4257",
    "#F4A261", "#F48935", "#8481DD", "#5752D1", "#FFD86D", "#FFBC2C",
)  # fmt: skip
"""Odoo's own colours of a pie with 7 to 12 slices, by place. A pie accepts no others."""
PLACE_OF_SLICE = {number: SLICE_COLORS.index(color) + 1 for number, color in enumerate(KIND_COLORS, 1)}
"""Part of a chart by kind → the slice that has its colour."""
QUALITY_COLORS = (TEAL_BAR, BLUE_BAR, ORANGE_BAR, YELLOW_BAR)
PLACES = {"months": (0, 125, 780, 330), "kinds": (800, 125, 260, 330), "quality": (800, 791, 260, 341)}
TITLES = {"months": "Reviewed shares by month", "kinds": "Reviewed shares", "quality": "Classification Quality"}
"""A chart tells its own title: phones show figures only, one below the other, and no cells."""
# In pixels, where cells have points.
CHART_TITLE = {"bold": True, "fontSize": 20, "color": STYLES["1"]["textColor"]}
MENUS = {
    "contacts": "menu_interactions",
    "improvement": "menu_ratios",
    "additional": "menu_ratios",
    "answers": "menu_answer_times",
    "unclassified": "menu_review_team",
    "months": "menu_shares",
    "kinds": "menu_shares",
    "quality": "menu_classification_quality",
}


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


def scorecards():
    return [
        scorecard("contacts", 0, "Interactions", 2, BLUE),
        scorecard("improvement", 1, "Improvements / base", 3, ORANGE),
        scorecard("additional", 2, "Additional services / base", 4, ORANGE),
        scorecard("answers", 3, "Answered in time", 6, ORANGE),
        scorecard("unclassified", 4, "To review", 5, BLUE),
    ]


def scorecard(id_, place, title, row, color):
    data = {
        "type": "scorecard",
        "title": {"text": title, "color": "#434343", "fontSize": 11},
        "background": color,
        "keyValue": f"Data!B{row}",
        "baseline": f"Data!C{row}",
        "baselineMode": "text",
        "baselineDescr": {"fontSize": 10},  # range and target need room
        "humanize": False,
    }
    return figure(id_, data, place * 213, 10, 205, 100)


def shares_chart(id_, sort, first_row, count, colors=()):
    """Return a chart of a table of shares on the sheet *Data*: labels in A, a column for each of the ``colors``.

    Odoo's own charts of a model stack counts, not shares; so these read cells that hold shares. The slices of a pie
    cannot be given colours: each part is the slice that has its colour (``PLACE_OF_SLICE``).
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


def live_charts():
    return [
        shares_chart("months", "bar", SHARES_ROW, MONTHS, KIND_COLORS),
        shares_chart("kinds", "pie", KINDS_ROW, len(SLICE_COLORS)),
        shares_chart("quality", "bar", QUALITY_ROW, MONTHS, QUALITY_COLORS),
    ]


def sample_charts():
    return [
        shares_chart("months", "bar", 8, 3, KIND_COLORS[:4]),
        shares_chart("kinds", "pie", 13, len(SLICE_COLORS)),
        shares_chart("quality", "bar", 29, 3, QUALITY_COLORS),
    ]
