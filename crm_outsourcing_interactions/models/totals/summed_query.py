"""A query over rows that are sums already, which Odoo's grouping code reads as if they were the records."""

from odoo.tools import SQL, Query

ADDED = {
    "sum": "SUM",
    "avg": None,
    "count": "SUM",
    "max": "MAX",
    "min": "MIN",
    "bool_and": "BOOL_AND",
    "bool_or": "BOOL_OR",
}
"""Aggregate functions whose results for parts can be put together, and how; the average, from sum and count."""


class SummedQuery(Query):
    """The finest groups of a request, aggregated in a sub-query, under the name of the records' table.

    :param finest: ``Query`` of the records, or of rows that look like them, grouped by ``groups``.
    :param groups: specification → its expression in ``finest``.
    :param parts: name → aggregate over ``finest``: what the measures are made of.
    """

    def __init__(self, finest, groups, parts):
        names = [column_name(spec, index) for index, spec in enumerate(groups)]
        self.group_columns = dict(zip(groups, names, strict=True))
        self.part_columns = {part: f"part_{index}" for index, part in enumerate(parts)}
        named = zip((*names, *self.part_columns.values()), (*groups.values(), *parts.values()), strict=True)
        finest.groupby = SQL(", ").join(groups.values()) if groups else None
        table = finest.select(*(SQL("%s AS %s", expression, SQL.identifier(name)) for name, expression in named))
        super().__init__(finest._env, finest.table, SQL("(%s)", table))

    def group(self, spec):
        """Return the SQL of a grouping specification."""
        return SQL.identifier(self.table, self.group_columns[spec])

    def added(self, part, function="SUM"):
        """Return the SQL that puts the sums of a part together; ``NULL`` where there is nothing."""
        return SQL("%s(%s)", SQL(function), SQL.identifier(self.table, self.part_columns[part]))

    def number(self, part):
        """Return the SQL of a part that is a count."""
        return SQL("COALESCE(%s, 0)::bigint", self.added(part))


def column_name(spec, index):
    """Return the name of the column of a group: that of the field where it is one, as ``ORDER BY`` looks for it.

    >>> column_name("kind_id", 0), column_name("date:week", 1)
    ('kind_id', 'group_1')
    """
    return spec if spec.isidentifier() else f"group_{index}"
