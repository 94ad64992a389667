"""Let concurrent transactions do the same thing one after the other."""

from odoo.tools import SQL


def wait_for_others(records):
    """Make concurrent transactions that call this for one of ``records`` wait, and then start anew.

    The rows are written, not only locked: otherwise the one who waited would go on with what it read before.
    """
    records.flush_recordset()
    if ids := tuple(sorted(records.ids)):
        table = SQL.identifier(records._table)
        records.env.execute_query(SQL("UPDATE %s SET id = id WHERE id IN %s RETURNING id", table, ids))
