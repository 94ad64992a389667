"""Define the cells common to both spreadsheets: headings of lists, labels, ranges."""

import json

from .source import FACTS, INDICATORS, outside


def headings():
    """Return the cells with the titles of the lists; each opens its records. Charts have titles and menus."""
    return {
        "A20": link("Clients off target this month", INDICATORS, ["list", "form", "search"], outside()),
        "A34": link(
            "Clients", FACTS, ["pivot", "graph", "list", "search"], pivot_row_groupby=["commercial_partner_id"]
        ),
    }


def link(text, model, views, domain=(), **context):
    action = {"domain": list(domain), "context": context, "modelName": model, "views": [[False, v] for v in views]}
    target = {"viewType": views[0], "action": action, "threshold": 0, "name": text}
    return f"[{text}](odoo://view/{json.dumps(target, separators=(',', ':'))})"


def clients_head():
    heads = ("Client", "Interactions", "Improvements / base", "Additional services / base")
    return {f"{column}35": f'=_t("{head}")' for column, head in zip("ABCD", heads, strict=True)}


def range_text(value, low, high, is_open):
    """Return the formula of the text beside a ratio: its range and certainty."""
    bounds = f'CONCATENATE(TEXT(100*{low}, "0.0"), "–", TEXT({high}, "0.0%"), " · ", _t("bounds"))'
    return f'IF(ISNUMBER({value}), IF({is_open}=0, _t("exact"), {bounds}), "")'


def data_labels():
    return {
        "A1": '=_t("Figure")',
        "B1": '=_t("Period")',
        "C1": '=_t("Baseline")',
        "A2": '=_t("Interactions")',
        "A3": '=_t("Improvements / base")',
        "A4": '=_t("Additional services / base")',
        "A5": '=_t("To review")',
        "A6": '=_t("Answered in time")',
        "F1": '=_t("Off Target")',
        "F2": '=_t("Near the Limit")',
    }
