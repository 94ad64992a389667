"""Analyse a grouping request by its fields and record rules."""

from odoo.fields import Domain
from odoo.orm.models import parse_read_group_spec, regex_order_part_read_group

from .measures import measure_of
from .plan import COUNT, Request
from .summed_query import ADDED

STANDARD = "interaction_standard_read"
"""Mark to read like Odoo, for comparisons."""
ADDABLE = {
    "sum": ("integer", "float", "monetary"),
    "avg": ("float",),
    "bool_and": ("boolean",),
    "bool_or": ("boolean",),
}
"""Aggregate function → field types for which Odoo's result follows from partial results."""


def aggregates_of(aggregates, order, having, groups):
    """Return all aggregates of a request, including those in ``order`` and ``having``.

    >>> aggregates_of(["__count"], "kind_id, duration:sum desc", [("__count", ">", 1)], ["kind_id"])
    ['__count', 'duration:sum']
    """
    sorted_by = [regex_order_part_read_group.fullmatch(part.strip()) for part in (order or "").split(",") if part]
    terms = [match["term"] for match in sorted_by if match and match["term"] not in groups]
    return list(dict.fromkeys((*aggregates, *terms, *(leaf[0] for leaf in having if not isinstance(leaf, str)))))


def is_summable(model, aggregate):
    """Return whether an aggregate of ``model`` is a function of additive parts."""
    if aggregate == COUNT or measure_of(aggregate):
        return True
    name, path, function = parse_read_group_spec(aggregate)
    field = model._fields.get(name)
    if path or not field or not field.store or not field.column_type or field.company_dependent:
        return False
    return function in ADDED and field.type in ADDABLE.get(function, (field.type,))


def is_groupable(model, spec):
    """Return whether ``spec`` puts each row of ``model`` in one stored group, unlike x2many fields and properties."""
    name, path, _granularity = parse_read_group_spec(spec)
    field = model._fields.get(name)
    while path and field is not None and field.type == "many2one":
        model = model.env[field.comodel_name]
        name, path, _granularity = parse_read_group_spec(path)
        field = model._fields.get(name)
    return field is not None and not path and field.store and field.type not in ("many2many", "one2many", "properties")


def request_of(model, domain, specs, aggregates):
    """Return the ``Request`` for groups of ``model`` by ``specs``."""
    active_only = model.env.context.get("active_test", True)
    return Request(frozenset(looked_at(model, domain) | field_names(specs)), tuple(aggregates), active_only)


def looked_at(model, domain):
    """Return the fields used in ``domain`` and in record rules."""
    conditions = [*Domain(domain).iter_conditions()]
    if not model.env.su:
        conditions += model.env["ir.rule"]._compute_domain(model._name, "read").iter_conditions()
    return {condition.field_expr.partition(".")[0] for condition in conditions}


def field_names(specs):
    """Return the first field of each grouping specification.

    >>> sorted(field_names(["month:quarter", "user_id", "commercial_partner_id.country_id"]))
    ['commercial_partner_id', 'month', 'user_id']
    """
    return {parse_read_group_spec(spec)[0] for spec in specs}
