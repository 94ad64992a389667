"""Build the SQL of the totals: trigger-maintained aggregates of the active interactions.

Triggers *append* the difference made by each change of interactions to one table, ``PENDING``. Therefore workers
never wait for each other, changes by any means count (the ORM, the single ``INSERT`` of capture, a merge of partners),
and sums and facts are committed or rolled back together. Queries add the pending rows to a total; a cron folds them
into the totals in portions.
"""

from odoo.tools import SQL

from .measures import HOUR
from .plan import FACTS, KEYS, PENDING, TOTALS

FUNCTION = "crm_interaction_total_follow"
BEFORE, AFTER = "crm_interaction_before", "crm_interaction_after"
"""Names of the transition tables: the rows before and after a statement."""
TIME = f"COALESCE(ROUND(duration * {HOUR})::bigint, 0)"
OPEN = "(state = 'to_review' OR kind_id IS NULL)"
OF_ROW = {
    "n": "1",
    "contacts": "(split_from_id IS NULL)::int",
    "timed": "(duration IS NOT NULL)::int",
    "time": TIME,
    "open_n": f"({OPEN})::int",
    "open_contacts": f"({OPEN} AND split_from_id IS NULL)::int",
    "open_time": f"CASE WHEN {OPEN} THEN {TIME} ELSE 0 END",
}
"""Purposes (rows), interactions, rows with a duration, and their time in units of 1 / ``HOUR``; the same of those to
review. Integers, so that subtraction is exact (``numeric`` is much slower)."""
SUMS = tuple(OF_ROW)
READ = (*KEYS, "split_from_id", "duration", "active")
"""Columns of interactions read by the totals."""
IS_SOMETHING = " OR ".join(f"{name} <> 0" for name in SUMS)


def listed(*names):
    """Return ``names`` and the columns of the sums as a list for SQL.

    >>> listed("month")
    'month, n, contacts, timed, time, open_n, open_contacts, open_time'
    """
    return ", ".join((*names, *SUMS))


def unique(keys):
    """Return the SQL of a total's unique key, in which empty keys are equal.

    >>> unique(["month", "kind_id", "channel"])
    "month, COALESCE(kind_id, 0), COALESCE(channel, '')"
    """
    required = ("company_id", "month")
    nothing = {key: "0" if key.endswith("_id") else "''" for key in keys}
    return ", ".join(key if key in required else f"COALESCE({key}, {nothing[key]})" for key in keys)


def hours_of(table):
    """Return the SQL of the hours of a group of rows of ``table`` (name or alias); ``NULL`` if none has a
    duration, like the sum of the facts."""
    timed, time = SQL.identifier(table, "timed"), SQL.identifier(table, "time")
    return SQL("CASE WHEN SUM(%s) > 0 THEN SUM(%s)::float / %s END", timed, time, HOUR)


def with_pending(total):
    """Return the SELECT of a total's rows and the pending rows, to be summed."""
    columns = listed(*total.keys)
    return f"SELECT {columns} FROM {total.name} UNION ALL SELECT {columns} FROM {PENDING.name}"


def rows_of(table, sign=1):
    """Return the SELECT of the contribution of each row of ``table``, with the columns of the facts, to the sums.

    :param sign: 1 to add, -1 to subtract.
    """
    sums = ", ".join(f"{sign} * {expression} AS {name}" for name, expression in OF_ROW.items())
    return f"SELECT {', '.join(KEYS)}, {sums} FROM {table} WHERE active"


def summed(keys, rows):
    """Return the SELECT that sums ``rows`` (a SELECT) by ``keys``, without zero sums."""
    sums = ", ".join(f"SUM({name}) AS {name}" for name in SUMS)
    having = " OR ".join(f"SUM({name}) <> 0" for name in SUMS)
    return f"SELECT {', '.join(keys)}, {sums} FROM ({rows}) AS parts GROUP BY {', '.join(keys)} HAVING {having}"


def insert(table, rows):
    """Return the statement that inserts ``rows`` (a SELECT) into a table."""
    return f"INSERT INTO {table.name} ({listed(*table.keys)}) {rows}"


def differences(total):
    """Return the SELECT of the keys whose total differs from the facts, with total minus facts."""
    return summed(total.keys, f"{with_pending(total)} UNION ALL {summed(total.keys, rows_of(FACTS.name, -1))}")


def rebuild():
    """Return the statements that rebuild all totals, for one transaction with one snapshot.

    Changes that others commit later bring their own pending rows.
    """
    filled = [insert(total, summed(total.keys, rows_of(FACTS.name))) for total in TOTALS]
    return [*(f"DELETE FROM {table.name}" for table in (PENDING, *TOTALS)), *filled]


def fold(limit):
    """Return the statement that folds up to ``limit`` pending rows into the totals and returns their number."""
    oldest = f"SELECT id FROM {PENDING.name} ORDER BY id LIMIT {limit}"
    moved = f"moved AS (DELETE FROM {PENDING.name} WHERE id IN ({oldest}) RETURNING *)"
    added = ", ".join(f"{name} = total.{name} + EXCLUDED.{name}" for name in SUMS)
    parts = (
        f"into_{total.name} AS (INSERT INTO {total.name} AS total ({listed(*total.keys)})"
        f" {summed(total.keys, 'SELECT * FROM moved')} ON CONFLICT ({unique(total.keys)}) DO UPDATE SET {added})"
        for total in TOTALS
    )
    return f"WITH {', '.join((moved, *parts))} SELECT COUNT(*) FROM moved"


def tidy():
    """Return the statements that delete rows with zero sums."""
    return [f"DELETE FROM {total.name} WHERE NOT ({IS_SOMETHING})" for total in TOTALS]


def function():
    """Return the statement that creates the trigger function.

    New rows are appended without summing, since their keys rarely coincide.
    """
    changed = f"{rows_of(AFTER)} UNION ALL {rows_of(BEFORE, -1)}"
    of_event = {
        "INSERT": [insert(PENDING, rows_of(AFTER))],
        "UPDATE": [insert(PENDING, summed(KEYS, changed))],
        "DELETE": [insert(PENDING, summed(KEYS, rows_of(BEFORE, -1)))],
        "TRUNCATE": [f"DELETE FROM {table.name}" for table in (PENDING, *TOTALS)],
    }
    cases = " ".join(f"WHEN '{event}' THEN {'; '.join(statements)};" for event, statements in of_event.items())
    return (
        f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN CASE TG_OP {cases} END CASE; RETURN NULL; END $$"
    )


def triggers():
    """Return the statements that create the statement-level triggers, one per event, by name."""
    tables = {
        "INSERT": f"REFERENCING NEW TABLE AS {AFTER} ",
        "UPDATE": f"REFERENCING OLD TABLE AS {BEFORE} NEW TABLE AS {AFTER} ",
        "DELETE": f"REFERENCING OLD TABLE AS {BEFORE} ",
        "TRUNCATE": "",
    }
    names = {event: f"{FUNCTION}_{event.lower()}" for event in tables}
    return {
        name: f"CREATE TRIGGER {name} AFTER {event} ON {FACTS.name} {tables[event]}"
        f"FOR EACH STATEMENT EXECUTE FUNCTION {FUNCTION}()"
        for event, name in names.items()
    }


def uninstall():
    """Return the statement that stops maintaining the totals by dropping the function with its triggers."""
    return f"DROP FUNCTION IF EXISTS {FUNCTION}() CASCADE"
