from odoo import api, models
from odoo.tools import SQL, unique

from ..events.marks import mark, marked
from ..totals.plan import COUNT
from ..totals.request import STANDARD, aggregates_of, field_names, is_groupable, looked_at
from .crm_interaction_hours import OF_SUMS
from .hours_query import (
    COARSE,
    KEYS,
    SUMS_OF_ROWS,
    CoarseQuery,
    counted_timesheets,
    each_row_of_sums,
    grouped_contacts,
    grouped_timesheets,
    is_one_of,
    rows_of_sums,
    rows_of_timesheets,
)


class CrmInteractionHours(models.Model):
    """How groups of contact hours are read: the same results as from the rows, sooner.

    Where all that is asked can be had from sums of rows, and mostly it can, interactions' monthly sums and timesheets
    are each added up by no more keys than the request looks at, with its conditions; Odoo's own code groups the few
    rows that this gives. The number of rows comes from the aggregate that has each row once, and from timesheets
    without any contact. Else the rows are made from the monthly sums, and from the interactions for who asks for ids.
    """

    _inherit = "crm.interaction.hours"

    @api.model
    def _read_group(self, domain, groupby=(), aggregates=(), having=(), offset=0, limit=None, order=None):
        model, source = self._source(domain, groupby, aggregates_of(aggregates, order, having, groupby))
        return super(CrmInteractionHours, model)._read_group(source, groupby, aggregates, having, offset, limit, order)

    @api.model
    def _read_grouping_sets(self, domain, grouping_sets, aggregates=(), order=None):
        specs = list(unique(spec for groupby in grouping_sets for spec in groupby))
        model, source = self._source(domain, specs, aggregates_of(aggregates, order, (), specs))
        return super(CrmInteractionHours, model)._read_grouping_sets(source, grouping_sets, aggregates, order)

    @api.model
    def _search(self, domain, *args, **kwargs):
        """Take a query that is made already for what it is."""
        return domain if isinstance(domain, CoarseQuery) else super()._search(domain, *args, **kwargs)

    def _read_group_groupby(self, alias, groupby_spec, query):
        if groupby_spec == "month:month" and not mark(self.env, STANDARD):
            return self._field_to_sql(alias, "month", query)  # it is the first of the month already
        return super()._read_group_groupby(alias, groupby_spec, query)

    def _read_group_select(self, aggregate_spec, query):
        if aggregate_spec == "contact_share:avg":
            return self._share_to_sql(query)
        if isinstance(query, CoarseQuery) and aggregate_spec in (COUNT, "reference:avg"):
            return self._weighted_to_sql(aggregate_spec, query)
        select = super()._read_group_select(aggregate_spec, query)
        # captured contacts have no duration: where nobody noted one, that is no time, not no data
        return SQL("COALESCE(%s, 0)", select) if aggregate_spec == "contact_hours:sum" else select

    def _share_to_sql(self, query):
        contact, everything, work = (
            self._field_to_sql(self._table, name, query) for name in ("contact_hours", "all_hours", "work_hours")
        )
        return SQL(
            "CASE WHEN SUM(%s) > 0 THEN COALESCE(SUM(%s), 0) / NULLIF(SUM(%s), 0) END", work, contact, everything
        )

    def _weighted_to_sql(self, aggregate_spec, query):
        """Return an aggregate that depends on the number of rows."""
        rows = SQL.identifier(self._table, "rows")
        if aggregate_spec == COUNT:
            return SQL("COALESCE(SUM(%s), 0)::bigint", rows)
        value = self._field_to_sql(self._table, "reference", query)
        return SQL("SUM(%(v)s * %(r)s) / NULLIF(SUM(%(r)s) FILTER (WHERE %(v)s IS NOT NULL), 0)", v=value, r=rows)

    # --- where from -------------------------------------------------------------------

    @api.model
    def _source(self, domain, specs, aggregates):
        """Return the model that answers the request, and for it the domain or the query to read instead."""
        if isinstance(domain, CoarseQuery) or mark(self.env, STANDARD):
            return self, domain
        asked = looked_at(self, domain) | field_names(specs)
        if "id" in asked | field_names(aggregate for aggregate in aggregates if aggregate != COUNT):
            return self, domain
        is_of_keys = asked <= set(KEYS) and all(is_groupable(self, spec) for spec in specs)
        if is_of_keys and set(aggregates) <= set(SUMS_OF_ROWS):
            return self, self._coarse_query(domain, specs, aggregates)
        return marked(self, OF_SUMS), domain

    @api.model
    def _coarse_query(self, domain, specs, aggregates):
        needs_rows = COUNT in aggregates or ("reference:avg" in aggregates and self._has_several_references())
        has_costs = "cost:sum" in aggregates and self._has_rates()
        keys = [key for key in KEYS if key == "company_id" or key in field_names(specs)]
        sources = (self._counted_sources if needs_rows else self._coarse_sources)(domain, keys, has_costs)
        if not sources:
            return domain
        rows = SQL(" UNION ALL ").join(sources)
        return CoarseQuery(self.env, self._table, self._as_table(self._completed(rows)))

    def _completed(self, rows):
        """Return the SELECT of rows with what depends on the company."""
        return SQL(COARSE, sources=rows, has_timesheets=self._has_timesheets())

    def _as_table(self, select):
        """Return a SELECT as a table, with the fields to flush before it is read."""
        to_flush = [SQL(to_flush=field) for field in self._table_sql.to_flush]
        return SQL().join([SQL("(%s)", select), *to_flush])

    @api.model
    def _coarse_sources(self, domain, keys, has_costs, ids=None, **kwargs):
        """Return the SELECTs of contacts and of timesheets, added up by keys; none if nothing fits the domain.

        :param ids: look only at rows which may have one of them.
        """
        known = looked_at(self, domain) | {*keys, "month", *(["user_id"] if has_costs else [])}
        contacts = self._query_over(rows_of_sums([key for key in KEYS if key in known]), domain, **kwargs)
        if contacts.is_empty():
            return []
        tables = [rows_of_timesheets()] if self._has_timesheets() else []
        lines = [self._query_over(table, domain, **kwargs) for table in tables]
        if ids is not None:
            for query in (contacts, *lines):
                query.add_where(is_one_of(self._table, ids, self._has_timesheets()))
        return [grouped_contacts(contacts, keys, has_costs), *(grouped_timesheets(query, keys) for query in lines)]

    @api.model
    def _counted_sources(self, domain, keys, has_costs):
        """Return the SELECTs of contacts and of timesheets, added up by keys, with the number of rows; none if nothing
        fits the domain. A row with contacts and timesheets counts as one of contacts."""
        contacts = self._query_over(each_row_of_sums(), domain)
        if contacts.is_empty():
            return []
        sources = [grouped_contacts(contacts, keys, has_costs, "COUNT(*)")]
        if self._has_timesheets():
            those = self._query_over(each_row_of_sums(), domain)
            sources.append(counted_timesheets(self._query_over(rows_of_timesheets(), domain), those, keys))
        return sources

    @api.model
    def _query_over(self, table, domain, **kwargs):
        """Return the query of what fits the domain in a table that looks like the rows."""
        query = self._search(domain, **kwargs)
        query._tables[self._table] = table
        return query

    @api.model
    def _has_several_references(self):
        # sudo: companies that the reader may not see as such have hours that he may see
        return len({company.interaction_contact_share for company in self.env["res.company"].sudo().search([])}) > 1

    @api.model
    def _has_rates(self):
        """Say whether any employee has an hourly cost."""
        # sudo: whether there is any is no secret, the cost itself is
        return self._has_costs() and bool(
            self.env["hr.employee"].sudo().search_count([("hourly_cost", "!=", 0)], limit=1)
        )
