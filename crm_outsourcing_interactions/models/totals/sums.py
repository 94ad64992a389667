"""The SQL of the totals: tables of sums of the active interactions, kept by triggers.

Each change of interactions *appends* to one table, ``PENDING``, what it adds to the sums or takes from them. So two
workers never wait for each other, whatever changes an interaction is seen (the ORM, the one statement of ``_log``, a
merge of contacts), and sums and facts become visible, or are undone, together. Who reads a total adds what is pending;
from time to time that is folded into the totals, one portion after the other.
"""

from odoo.tools import SQL

from .measures import HOUR
from .plan import FACTS, KEYS, PENDING, TOTALS

FUNCTION = "crm_interaction_total_follow"
BEFORE, AFTER = "crm_interaction_before", "crm_interaction_after"
"""Names of the transition tables: the rows of a statement as they were and as they are."""
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
"""Purposes (rows), contacts, rows with a duration, and their time in units of 1 / ``HOUR``; the same of what awaits
review. Whole numbers, so that what was added can be taken away without a trace (``numeric`` is much slower)."""
SUMS = tuple(OF_ROW)
READ = (*KEYS, "split_from_id", "duration", "active")
"""What the totals need of an interaction."""
IS_SOMETHING = " OR ".join(f"{name} <> 0" for name in SUMS)


def listed(*names):
    """Return names for SQL; those of the sums are added.

    >>> listed("month")
    'month, n, contacts, timed, time, open_n, open_contacts, open_time'
    """
    return ", ".join((*names, *SUMS))


def unique(keys):
    """Return what identifies a row of a total: empty keys are alike.

    >>> unique(["month", "kind_id", "channel"])
    "month, COALESCE(kind_id, 0), COALESCE(channel, '')"
    """
    required = ("company_id", "month")
    nothing = {key: "0" if key.endswith("_id") else "''" for key in keys}
    return ", ".join(key if key in required else f"COALESCE({key}, {nothing[key]})" for key in keys)


def hours_of(table):
    """Return the SQL of the hours of a group of rows of ``table`` (name or alias); ``NULL`` where none has a
    duration, as the sum of the facts."""
    timed, time = SQL.identifier(table, "timed"), SQL.identifier(table, "time")
    return SQL("CASE WHEN SUM(%s) > 0 THEN SUM(%s)::float / %s END", timed, time, HOUR)


def with_pending(total):
    """Return the SELECT of what a total contains and what is pending, to be added up."""
    columns = listed(*total.keys)
    return f"SELECT {columns} FROM {total.name} UNION ALL SELECT {columns} FROM {PENDING.name}"


def rows_of(table, sign=1):
    """Return the SELECT of what each row of a table that looks like the facts adds to the sums."""
    sums = ", ".join(f"{sign} * {expression} AS {name}" for name, expression in OF_ROW.items())
    return f"SELECT {', '.join(KEYS)}, {sums} FROM {table} WHERE active"


def summed(keys, rows):
    """Return the SELECT that adds up ``rows``, a SELECT, by ``keys``; what adds up to nothing is left out."""
    sums = ", ".join(f"SUM({name}) AS {name}" for name in SUMS)
    having = " OR ".join(f"SUM({name}) <> 0" for name in SUMS)
    return f"SELECT {', '.join(keys)}, {sums} FROM ({rows}) AS parts GROUP BY {', '.join(keys)} HAVING {having}"


def insert(table, rows):
    """Return the statement that inserts ``rows``, a SELECT, into a table."""
    return f"INSERT INTO {table.name} ({listed(*table.keys)}) {rows}"


def differences(total):
    """Return the SELECT of keys for which total and facts differ, with total minus facts."""
    return summed(total.keys, f"{with_pending(total)} UNION ALL {summed(total.keys, rows_of(FACTS.name, -1))}")


def rebuild():
    """Return the statements that sum up all facts anew, for one transaction that sees one moment: what others have
    not committed by then is in neither, or comes with them."""
    filled = [insert(total, summed(total.keys, rows_of(FACTS.name))) for total in TOTALS]
    return [*(f"DELETE FROM {table.name}" for table in (PENDING, *TOTALS)), *filled]


def fold(limit):
    """Return the statement that brings so many pending rows into the totals, and says how many there were."""
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
    """Return the statements that delete what adds up to nothing."""
    return [f"DELETE FROM {total.name} WHERE NOT ({IS_SOMETHING})" for total in TOTALS]


def function():
    """Return the statement that creates the function of the triggers.

    New rows are appended as they are: mostly no two of them are alike.
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
    """Return the statements that create the triggers, one for each event and called once a statement, by name."""
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
    """Return the statement that ends the keeping of the totals: the triggers go with their function."""
    return f"DROP FUNCTION IF EXISTS {FUNCTION}() CASCADE"
