"""Define a query over sums that Odoo's grouping code reads like records."""

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
"""Aggregate function → function that combines its partial results; averages use sum and count."""


class SummedQuery(Query):
    """Aggregate the finest groups of a request in a sub-query with the alias of the records' table.

    :param finest: ``Query`` of the records, or of rows with the same columns, grouped by ``groups``.
    :param groups: specification → its expression in ``finest``.
    :param parts: name → aggregate over ``finest``, the parts of the measures.
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
        """Return the SQL that combines the partial results of a part; ``NULL`` without data."""
        return SQL("%s(%s)", SQL(function), SQL.identifier(self.table, self.part_columns[part]))

    def number(self, part):
        """Return the SQL of a part that is a count."""
        return SQL("COALESCE(%s, 0)::bigint", self.added(part))


def column_name(spec, index):
    """Return the column name of a group: for a plain field its name, which ``ORDER BY`` requires.

    >>> column_name("kind_id", 0), column_name("date:week", 1)
    ('kind_id', 'group_1')
    """
    return spec if spec.isidentifier() else f"group_{index}"
