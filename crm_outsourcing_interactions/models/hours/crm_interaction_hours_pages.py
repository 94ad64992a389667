from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL, Query

from ..events.marks import mark
from ..totals.request import STANDARD, looked_at
from ..totals.sums import READ
from .crm_interaction_hours import OF_SUMS
from .hours_query import KEYS, CoarseQuery, merged, rows_of_sums, with_id

FACTORS = (2, 16)
"""A page, or a count up to a limit, is looked for in the newest months with that many contacts for each row."""


class CrmInteractionHours(models.Model):
    """How lists of contact hours are read: the same rows and ids as from the interactions, a page at a time.

    The rows of a page come from the monthly sums and the timesheets, of the newest months first where the order allows;
    only for them the interactions are looked into, for the ids.
    """

    _inherit = "crm.interaction.hours"

    @api.model
    def search_fetch(self, domain, field_names=None, offset=0, limit=None, order=None):
        """Look into the newest months first."""
        first = (order or self._order).partition(",")[0].split()
        if limit and [part.lower() for part in first] == ["month", "desc"]:
            for newest in self._newest_months(domain, offset + limit):
                records = super().search_fetch(newest, field_names, offset, limit, order)
                if len(records) == limit:
                    return records
        return super().search_fetch(domain, field_names, offset, limit, order)

    @api.model
    def search_count(self, domain, limit=None):
        """Look into the newest months first."""
        for newest in self._newest_months(domain, limit) if limit else ():
            if super().search_count(newest, limit) == limit:
                return limit
        return super().search_count(domain, limit)

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, **kwargs):
        if self._is_of_rows(domain):
            ids = ids_of(domain)
            if ids is not None or (limit and self._is_of_keys(domain, order)):
                return self._page_query(domain, ids, offset, limit, order, **kwargs)
        return super()._search(domain, offset, limit, order, **kwargs)

    @api.model
    def _is_of_rows(self, domain):
        return not (isinstance(domain, CoarseQuery) or mark(self.env, STANDARD) or mark(self.env, OF_SUMS))

    @api.model
    def _is_of_keys(self, domain, order=None):
        """Say whether rows can be chosen, and sorted, without their ids."""
        sorted_by = {part.split()[0] for part in (order or "").split(",") if part.strip()}
        return looked_at(self, domain) <= set(KEYS) and "id" not in sorted_by

    @api.model
    def _page_query(self, domain, ids, offset, limit, order, **kwargs):
        """Return the query of a page, or of the rows with some ids, made from the sums."""
        sources = self._coarse_sources([] if ids is not None else domain, list(KEYS), self._has_rates(), ids, **kwargs)
        if not sources:
            return self.browse()._as_query()
        rows = Query(self.env, self._table, SQL("(%s)", self._completed(merged(sources))))
        if ids is None:
            rows.order = self._order_to_sql(order, rows) if order else None
            rows.limit, rows.offset = limit, offset
        else:
            rows.limit = len(ids)  # there are no more; the planner should know
        page = rows.select(SQL("%s.*", SQL.identifier(self._table)))
        query = Query(self.env, self._table, self._as_table(with_id(page)))
        query.order = self._order_to_sql(order, query) if order else None
        if ids is not None:
            query.add_where(SQL("%s = ANY(%s)", SQL.identifier(self._table, "id"), ids))
            query.limit, query.offset = limit, offset
        return query

    @api.model
    def _newest_months(self, domain, number):
        """Yield the domain, restricted to newer and newer months that may hold so many rows, fewer months first."""
        if not self._is_of_rows(domain) or not self._is_of_keys(domain):
            return
        months = self._contacts_by_month(domain)
        for factor in FACTORS:
            found = 0
            for month, n in months[:-1]:
                found += n
                if found >= factor * number:
                    yield Domain(domain) & Domain("month", ">=", month)
                    break

    @api.model
    def _contacts_by_month(self, domain):
        """Return the numbers of contacts by month, the newest first."""
        keys = looked_at(self, domain) | {"month"}
        query = self._search(domain)
        if query.is_empty():
            return []
        query._tables[self._table] = rows_of_sums([key for key in KEYS if key in keys])
        month, n = (SQL.identifier(self._table, name) for name in ("month", "n"))
        query.groupby, query.order = month, SQL("%s DESC", month)
        self.env["crm.interaction"].flush_model(READ)
        return self.env.execute_query(query.select(month, SQL("SUM(%s)", n)))


def ids_of(domain):
    """Return the ids that a domain asks for and nothing else, or ``None``.

    >>> ids_of([("id", "in", [3, 4])]), ids_of([("id", "in", [3]), ("month", "=", False)]), ids_of([])
    ([3, 4], None, None)
    """
    domain = list(Domain(domain))
    if len(domain) != 1 or len(domain[0]) != 3:
        return None
    name, operator, ids = domain[0]
    return [id_ for id_ in ids if id_] if (name, operator) == ("id", "in") and not isinstance(ids, Query) else None
