"""Define the data sources of the dashboard: pivots, lists and filters."""

import json

FACTS, INDICATORS, TARGETS = "crm.interaction", "crm.interaction.indicator", "crm.interaction.target"
KINDS, MATTERS = "crm.interaction.kind", "crm.interaction.matter"
PERIOD, CLIENT, USER = "interaction-period", "interaction-client", "interaction-user"
YEAR_LATER = "date_year_later"
"""Field by which the filter of the period finds the interactions of a year before."""
MATCHING = {
    FACTS: {
        PERIOD: {"chain": "date", "type": "datetime", "offset": 0},
        CLIENT: {"chain": "commercial_partner_id", "type": "many2one"},
        USER: {"chain": "user_id", "type": "many2one"},
    },
    INDICATORS: {
        CLIENT: {"chain": "partner_id", "type": "many2one"},
        USER: {"chain": "partner_id.user_id", "type": "many2one"},
    },
    MATTERS: {
        PERIOD: {"chain": "our_due", "type": "datetime", "offset": 0},
        CLIENT: {"chain": "commercial_partner_id", "type": "many2one"},
        USER: {"chain": "user_id", "type": "many2one"},
    },
    TARGETS: {},
    KINDS: {},
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
WORST_FIRST = [("zone", True), ("partner_id", True)]
"""Zones are sorted by their keys, so that *red* precedes *yellow*."""
COUNT = {"__count": ("__count", None, "#,##0")}
CONTACTS = {"interaction_count:sum": ("interaction_count", "sum", "#,##0")}
ROLES = ("improvement", "additional")
RATIOS = {f"{name}_ratio:avg": (f"{name}_ratio", "avg", "0.0%") for name in ROLES}
BOUNDS = {f"{name}_{end}:avg": (f"{name}_{end}", "avg", "0.0%") for name in ROLES for end in ("low", "high")}
OPEN = {"open_count:sum": ("open_count", "sum", "#,##0")}
OPEN_SHARE = {"open_share:avg": ("open_share", "avg", "0.0%")}
ANSWERS = {
    "our_in_time:avg": ("our_in_time", "avg", "0.0%"),
    "our_due_count:sum": ("our_due_count", "sum", "#,##0"),
}
SURE = {**RATIOS, **BOUNDS, **OPEN_SHARE}


def pivots():
    named = [["commercial_partner_id", "!=", False]]
    return {
        "1": pivot(1, "Period", {**CONTACTS, **COUNT, **SURE}),
        "2": pivot(2, "Period before", {**CONTACTS, **COUNT, **OPEN_SHARE}, offset=-1),
        "3": pivot(3, "A year before", {**CONTACTS, **COUNT, **OPEN_SHARE}, date=YEAR_LATER),
        "5": pivot(5, " ", {**CONTACTS, **SURE}, ["commercial_partner_id"], domain=named, sort="interaction_count:sum"),
        "6": pivot(6, "Shares by month", {**COUNT, **OPEN}, ["month:month"], ["kind_id"]),
        "7": pivot(7, "Classification Quality", COUNT, ["month:month"], ["quality"]),
        "8": pivot(8, "Answer Times", ANSWERS, domain=[["from_history", "=", False]], model=MATTERS),
    }


def pivot(number, name, measures, rows=(), columns=(), domain=(), offset=0, sort=None, model=FACTS, date=None):
    """Return one pivot.

    :param measures: ``{id: (field, aggregator, format)}``
    :param offset: in periods of the filter
    :param date: field that the filter of the period is for, instead of the usual one
    """
    matching = json.loads(json.dumps(MATCHING[model]))
    matching[PERIOD]["offset"] = offset
    if date:
        matching[PERIOD]["chain"] = date
    return {
        "type": "ODOO",
        "id": str(number),
        "formulaId": str(number),
        "name": name,
        "model": model,
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


def outside():
    """Return the domain of the clients off target this month: other months would repeat the same clients."""
    return [["month", "=", "today =1d"], ["zone", "in", ["red", "yellow"]], ["partner_id", "!=", False]]


def filters():
    relation = {"type": "relation", "defaultValueDisplayNames": []}
    return [
        {"id": PERIOD, "type": "date", "label": "Period", "defaultValue": "last_90_days"},
        {"id": CLIENT, **relation, "label": "Client", "modelName": "res.partner"},
        {"id": USER, **relation, "label": "Responsible", "modelName": "res.users"},
    ]
