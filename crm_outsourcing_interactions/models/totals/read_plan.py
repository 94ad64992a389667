"""How to answer a grouping request from parts that can be added up; it looks at fields and record rules only."""

from odoo.fields import Domain
from odoo.orm.models import parse_read_group_spec, regex_order_part_read_group

from .aggregates import AGGREGATES
from .measures import OF_ANY_KIND, measure_of
from .summed_query import ADDED

STANDARD = "interaction_standard_read"
"""Mark: read as Odoo does; for comparisons."""
COUNT = "__count"
ADDABLE = {
    "sum": ("integer", "float", "monetary"),
    "avg": ("float",),
    "bool_and": ("boolean",),
    "bool_or": ("boolean",),
}
"""Aggregate function → the types of fields for which Odoo's result can be had from parts."""
OF_HOURS = {"duration:sum", "duration:avg", "duration:count"}
"""Aggregates of the duration that the aggregates know."""


def aggregates_of(aggregates, order, having, groups):
    """Return all aggregates that a request needs, those to sort and filter by included.

    >>> aggregates_of(["__count"], "kind_id, duration:sum desc", [("__count", ">", 1)], ["kind_id"])
    ['__count', 'duration:sum']
    """
    sorted_by = [regex_order_part_read_group.fullmatch(part.strip()) for part in (order or "").split(",") if part]
    terms = [match["term"] for match in sorted_by if match and match["term"] not in groups]
    return list(dict.fromkeys((*aggregates, *terms, *(leaf[0] for leaf in having if not isinstance(leaf, str)))))


def is_summable(model, aggregate):
    """Say whether an aggregate of ``model`` is a function of parts that can be added up."""
    if aggregate == COUNT or measure_of(aggregate):
        return True
    name, path, function = parse_read_group_spec(aggregate)
    field = model._fields.get(name)
    if path or not field or not field.store or not field.column_type or field.company_dependent:
        return False
    return function in ADDED and field.type in ADDABLE.get(function, (field.type,))


def is_groupable(model, spec):
    """Say whether rows of ``model`` are in one group each: no list of values, no properties."""
    name, path, _granularity = parse_read_group_spec(spec)
    field = model._fields.get(name)
    while path and field is not None and field.type == "many2one":
        model = model.env[field.comodel_name]
        name, path, _granularity = parse_read_group_spec(path)
        field = model._fields.get(name)
    return field is not None and not path and field.type not in ("many2many", "one2many", "properties")


def aggregate_for(names, aggregates):
    """Return the first aggregate with columns for all fields ``names`` that knows all ``aggregates``, or ``None``.

    >>> aggregate_for({"user_id", "commercial_partner_id"}, ["contact_count:sum"]).table
    'crm_interaction_total_hours'
    >>> aggregate_for({"user_id", "commercial_partner_id"}, ["improvement_ratio:avg"]).table
    'crm_interaction_total_people'
    """
    measures = [measure_of(aggregate) for aggregate in aggregates if aggregate not in (COUNT, *OF_HOURS)]
    if not all(measures):
        return None
    needs_kind = any(part not in OF_ANY_KIND for measure in measures for part in measure.parts)
    needed = {*names, *(["kind_id"] if needs_kind else [])}
    return next((aggregate for aggregate in AGGREGATES if needed <= set(aggregate.keys)), None)


def conditions_of(model, domain):
    """Yield the conditions on what a request reads of ``model``, those of the record rules included."""
    yield from Domain(domain).iter_conditions()
    if not model.env.su:
        yield from model.env["ir.rule"]._compute_domain(model._name, "read").iter_conditions()


def field_names(specs):
    """Return the fields of the records that grouping specifications start with.

    >>> sorted(field_names(["month:quarter", "user_id", "commercial_partner_id.country_id"]))
    ['commercial_partner_id', 'month', 'user_id']
    """
    return {parse_read_group_spec(spec)[0] for spec in specs}
