from odoo import api, models
from odoo.tools import SQL, unique

from ..events.marks import mark
from .measures import KNOWN, measure_of
from .plan import COUNT, FACTS, OF_HOURS, plan
from .request import STANDARD, aggregates_of, is_groupable, is_summable, request_of
from .summed_query import ADDED, SummedQuery
from .sums import READ, hours_of, with_pending

COLUMNS = {
    "all": "n",
    "contacts": "contacts",
    "open": "open_n",
    "open_contacts": "open_contacts",
    "open_time": "open_time",
}
"""Parts of ``measures.OF_ANY_KIND`` → columns with their sums."""


class CrmInteraction(models.Model):
    """Read groups for pivots, graphs, grouped lists and dashboards with the results of Odoo, but faster.

    A sub-query aggregates the finest groups only; Odoo's code then sorts, sums and names these few rows as if they were
    the records. ``plan`` chooses their source: a total with all requested fields, else the interactions, e.g. for
    readers with record rules that no total can express.
    """

    _inherit = "crm.interaction"

    @api.model
    def _read_group(self, domain, groupby=(), aggregates=(), having=(), offset=0, limit=None, order=None):
        query = self._summed_query(domain, groupby, aggregates_of(aggregates, order, having, groupby))
        source = domain if query is None else query
        return super()._read_group(source, groupby, aggregates, having, offset, limit, order)

    @api.model
    def _read_grouping_sets(self, domain, grouping_sets, aggregates=(), order=None):
        specs = list(unique(spec for groupby in grouping_sets for spec in groupby))
        query = self._summed_query(domain, specs, aggregates_of(aggregates, order, (), specs))
        source = domain if query is None else query
        return super()._read_grouping_sets(source, grouping_sets, aggregates, order)

    @api.model
    def _search(self, domain, *args, **kwargs):
        """Return an existing query unchanged, else search."""
        return domain if isinstance(domain, SummedQuery) else super()._search(domain, *args, **kwargs)

    def _read_group_groupby(self, alias, groupby_spec, query):
        if isinstance(query, SummedQuery):
            return query.group(groupby_spec)
        if groupby_spec == "month:month" and not mark(self.env, STANDARD):
            return self._field_to_sql(alias, "month", query)  # it already is the first of the month
        return super()._read_group_groupby(alias, groupby_spec, query)

    def _read_group_select(self, aggregate_spec, query):
        if isinstance(query, SummedQuery):
            select = self._added_up(aggregate_spec, query)
        else:
            select = super()._read_group_select(aggregate_spec, query)
        # a missing duration, usual for captured interactions, counts as 0 hours, not as missing data
        return SQL("COALESCE(%s, 0)", select) if aggregate_spec == "duration:sum" else select

    # --- the finest groups ------------------------------------------------------------

    @api.model
    def _summed_query(self, domain, specs, aggregates):
        """Return the ``SummedQuery`` for the request, or ``None`` if only the records can answer it."""
        if isinstance(domain, SummedQuery) or mark(self.env, STANDARD):
            return None
        if not all(is_groupable(self, spec) for spec in specs):
            return None
        if not all(is_summable(self, aggregate) for aggregate in aggregates):
            return None
        self.browse().check_access("read")
        self._check_persons(domain, [*specs, *aggregates])
        total = plan(request_of(self, domain, specs, aggregates))
        query = self._query_of_total(total, domain, specs, aggregates) if total is not FACTS else None
        return query if query is not None else self._query_of_facts(domain, specs, aggregates)

    @api.model
    def _query_of_facts(self, domain, specs, aggregates):
        query = self._search(domain)
        if query.is_empty():
            return None
        groups = {spec: self._read_group_groupby(self._table, spec, query) for spec in specs}
        parts = {}
        for aggregate in aggregates:
            parts |= self._parts_of_facts(aggregate, query)
        return SummedQuery(query, groups, parts)

    def _parts_of_facts(self, aggregate, query):
        """Return the parts of an aggregate as ``{part: SQL over the records}``."""
        if aggregate == COUNT:
            return {"all": self._part_to_sql("all", query)}
        if measure := measure_of(aggregate):
            return {part: self._part_to_sql(part, query) for part in measure.parts}
        name, _, function = aggregate.partition(":")
        needed = (f"{name}:sum", f"{name}:count") if function == "avg" else (aggregate,)
        return {spec: self._read_group_select(spec, query) for spec in needed}

    def _added_up(self, aggregate, query):
        """Return the SQL of an aggregate from the parts of a ``SummedQuery``."""
        if aggregate == COUNT:
            return query.number("all")
        if measure := measure_of(aggregate):
            return measure.to_sql(query.number)
        name, _, function = aggregate.partition(":")
        if function == "avg":
            return SQL("%s / NULLIF(%s, 0)", query.added(f"{name}:sum"), query.added(f"{name}:count"))
        added = query.added(aggregate, ADDED[function])
        if function == "sum" and self._fields[name].type == "integer":
            return SQL("%s::bigint", added)
        return query.number(aggregate) if function == "count" else added

    # --- the finest groups of a total -------------------------------------------------

    @api.model
    def _query_of_total(self, total, domain, specs, aggregates):
        query = self._search(domain, active_test=False)
        if query.is_empty() or not self._is_within(query, total):
            return None
        self.flush_model(READ)
        query._tables[self._table] = SQL("(%s)", SQL(with_pending(total)))
        query.having = SQL("SUM(%s) <> 0", self._total_column("n"))  # pending rows may cancel out
        groups = {spec: self._read_group_groupby(self._table, spec, query) for spec in specs}
        parts = {}
        for aggregate in aggregates:
            parts |= self._parts_of_total(aggregate, query)
        return SummedQuery(query, groups, parts)

    def _parts_of_total(self, aggregate, query):
        """Return the parts of an aggregate as ``{part: SQL over the rows of a total}``."""
        if aggregate in OF_HOURS:
            self._check_field_access(self._fields["duration"], "read")
            return {
                "duration:sum": hours_of(self._table),
                "duration:count": SQL("SUM(%s)", self._total_column("timed")),
            }
        parts = ("all",) if aggregate == COUNT else measure_of(aggregate).parts
        return {part: self._part_of_total(part, query) for part in parts}

    def _part_of_total(self, part, query):
        if part == "open_time":
            self._check_field_access(self._fields["duration"], "read")
        if part in COLUMNS:
            return SQL("SUM(%s)", self._total_column(COLUMNS[part]))
        n = self._total_column("n")
        if part in KNOWN:
            n = SQL("%s - %s", n, self._total_column("open_n"))
        return SQL("SUM(%s) FILTER (WHERE %s)", n, self._part_condition(KNOWN.get(part, part), query))

    def _total_column(self, name):
        return SQL.identifier(self._table, name)

    @api.model
    def _is_within(self, query, total):
        """Return whether the conditions of ``query``, custom ones included, use columns of the total only."""
        where = SQL("%s %s", query.from_clause, query.where_clause)
        return all(field.name in total.keys for field in where.to_flush if field.model_name == self._name)
