"""The monthly aggregates in SQL: narrow tables of sums of the active interactions, kept by triggers.

Each change of interactions *appends* to one table, ``PENDING``, what it adds to the sums or takes from them; nothing is
ever updated, no key is unique. So two workers never wait for each other, whatever changes an interaction is seen (the
ORM, the one statement of ``_log``, a merge of contacts), and sums and facts become visible, or are undone, together.
``PENDING`` is a child of every aggregate in PostgreSQL's sense: who reads an aggregate reads what is pending with it,
and adds up. From time to time what is pending is folded into the aggregates.
"""

from dataclasses import dataclass

from odoo.tools import SQL

FACTS = "crm_interaction"
FUNCTION = "crm_interaction_total_follow"
PENDING = "crm_interaction_pending"
BEFORE, AFTER = "crm_interaction_before", "crm_interaction_after"
"""Names of the transition tables: the rows of a statement as they were and as they are."""
OF_SUMS = ("n", "contacts", "timed", "time", "open_n", "open_contacts", "open_time")
SUMS = {name: "bigint" if name.endswith("time") else "integer" for name in OF_SUMS}
"""Purposes (rows), contacts, rows with a duration, and their time in units of 1 / ``HOUR``; the same of what awaits
review. Whole numbers, so that what was added can be taken away without a trace (``numeric`` is much slower)."""
HOUR = 36 * 10**7
"""Units of 10 µs in an hour: whole seconds, seven decimals are exact, 1/7 to 5 µs; 25 million × 1,000 h fit a key."""
SUMMED = {name: f"SUM({name})" for name in SUMS}
TIME = f"COALESCE(ROUND(duration * {HOUR})::bigint, 0)"
OPEN = "(state = 'to_review' OR kind_id IS NULL)"
OF_ROWS = {
    "n": "SUM(sign)",
    "contacts": "COALESCE(SUM(sign) FILTER (WHERE split_from_id IS NULL), 0)",
    "timed": "COALESCE(SUM(sign) FILTER (WHERE duration IS NOT NULL), 0)",
    "time": f"SUM(sign * {TIME})",
    "open_n": "COALESCE(SUM(sign) FILTER (WHERE is_open), 0)",
    "open_contacts": "COALESCE(SUM(sign) FILTER (WHERE is_open AND split_from_id IS NULL), 0)",
    "open_time": f"COALESCE(SUM(sign * {TIME}) FILTER (WHERE is_open), 0)",
}
OF_ROW = {
    "n": "1",
    "contacts": "(split_from_id IS NULL)::int",
    "timed": "(duration IS NOT NULL)::int",
    "time": TIME,
    "open_n": f"({OPEN})::int",
    "open_contacts": f"({OPEN} AND split_from_id IS NULL)::int",
    "open_time": f"CASE WHEN {OPEN} THEN {TIME} ELSE 0 END",
}
CHOICES = ("direction", "channel", "event", "state", "coverage", "polarity")
KEY_TYPES = {"month": "date", **dict.fromkeys(CHOICES, "varchar")}
READ = ("split_from_id", "duration", "active")
"""What the sums need of an interaction besides the keys."""
MONTHLY = ("company_id", "month")
CLIENT, USER = "commercial_partner_id", "user_id"
OF_WORK = ("channel", "event", "state", "coverage")


@dataclass(frozen=True)
class Aggregate:
    """One table of sums.

    :param table: its name.
    :param keys: the columns of ``crm_interaction`` by which it sums.
    :param indexed: the keys by which it is looked up, an index for each.
    """

    table: str
    keys: tuple
    indexed: tuple = ()

    @property
    def by(self):
        """What of it is written anew when something changes: months, or else clients."""
        return "month" if "month" in self.keys else CLIENT

    @property
    def columns(self):
        return ", ".join((*self.keys, *SUMS))

    @property
    def definition(self):
        """The statements that create the table, without foreign keys: rows come and go with the facts."""
        indexes = [f"CREATE INDEX {self.table}_{key}_index ON {self.table} ({key})" for key in self.indexed]
        return [f"CREATE TABLE {self.table} ({columns_of(self.keys)})", *indexes]

    @property
    def rebuild(self):
        """The statements that sum up all facts anew; ``PENDING`` has to be emptied in the same transaction."""
        return [f"DELETE FROM ONLY {self.table}", f"INSERT INTO {self.table} ({self.columns}) {self.of_facts}"]

    @property
    def of_facts(self):
        """The SELECT of the sums over the facts."""
        return sums_of_rows(self.keys, (FACTS, 1))

    @property
    def fold(self):
        """The parts of a WITH that bring what was pending, ``moved``, into the aggregate."""
        is_old = f"{self.by} IN (SELECT {self.by} FROM moved)" + (f" OR {CLIENT} IS NULL" if self.by == CLIENT else "")
        return (
            f"{self.table}_old AS (DELETE FROM ONLY {self.table} WHERE {is_old} RETURNING {self.columns}),"
            f" {self.table}_new AS (INSERT INTO {self.table} ({self.columns}) SELECT"
            f" {', '.join((*self.keys, *SUMMED.values()))}"
            f" FROM (SELECT {self.columns} FROM {self.table}_old UNION ALL SELECT {self.columns} FROM moved) AS parts"
            f" GROUP BY {', '.join(self.keys)} HAVING {is_something(SUMMED)})"
        )

    @property
    def differences(self):
        """The SELECT of keys for which aggregate and facts differ, with aggregate minus facts."""
        keys = ", ".join(self.keys)
        minus = ", ".join(f"-{name}" for name in SUMS)
        sums = ", ".join(f"{expression} AS {name}" for name, expression in SUMMED.items())
        return (
            f"SELECT {keys}, {sums} FROM (SELECT {self.columns} FROM {self.table} UNION ALL"
            f" SELECT {keys}, {minus} FROM ({self.of_facts}) AS facts) AS compared"
            f" GROUP BY {keys} HAVING {is_something(SUMMED)}"
        )


def hours_of(table):
    """Return the SQL of the hours of a group of rows of ``table`` (name or alias); ``NULL`` where none has a
    duration, as the sum of the facts."""
    timed, time = SQL.identifier(table, "timed"), SQL.identifier(table, "time")
    return SQL("CASE WHEN SUM(%s) > 0 THEN SUM(%s)::float / %s END", timed, time, HOUR)


def is_something(expressions):
    """
    >>> is_something({"n": "SUM(n)", "time": "SUM(time)"})
    'SUM(n) <> 0 OR SUM(time) <> 0'
    """
    return " OR ".join(f"{expression} <> 0" for expression in expressions.values())


AGGREGATES = (
    Aggregate("crm_interaction_total_user", (*MONTHLY, USER, "type_id", "kind_id", "direction")),
    Aggregate("crm_interaction_total_channel", (*MONTHLY, "type_id", "kind_id", "service_id", *CHOICES)),
    Aggregate("crm_interaction_total_work", (*MONTHLY, USER, "kind_id", *OF_WORK), (USER,)),
    Aggregate("crm_interaction_total_client", (*MONTHLY, CLIENT, "kind_id"), (CLIENT,)),
    Aggregate(
        "crm_interaction_total_ever", ("company_id", CLIENT, "type_id", "kind_id", "service_id", *CHOICES), (CLIENT,)
    ),
    Aggregate("crm_interaction_total_type", (*MONTHLY, CLIENT, "type_id", "kind_id", "direction"), (CLIENT,)),
    Aggregate("crm_interaction_total_hours", (*MONTHLY, CLIENT, USER), (CLIENT, "month")),
    Aggregate("crm_interaction_total_people", (*MONTHLY, CLIENT, USER, "kind_id"), (CLIENT,)),
)
"""The first that can answers. All are by month but one, of all that a client has ever had: that one is small. In the
one of hours each row of ``crm.interaction.hours`` is found once."""
AGGREGATE_KEYS = tuple(dict.fromkeys(key for aggregate in AGGREGATES for key in aggregate.keys))
AGGREGATE_FIELDS = (*READ, *AGGREGATE_KEYS)


def definitions():
    """Return the statements that create all tables, in place of those that are there."""
    aggregates = ", ".join(aggregate.table for aggregate in AGGREGATES)
    pending = f"CREATE TABLE {PENDING} ({columns_of(AGGREGATE_KEYS)}) INHERITS ({aggregates})"
    return [*drop_tables(), *(statement for aggregate in AGGREGATES for statement in aggregate.definition), pending]


def tables():
    """Return the names of all tables."""
    return [PENDING, *(aggregate.table for aggregate in AGGREGATES)]


def drop_tables():
    """Return the statements that drop all tables."""
    return [f"DROP TABLE IF EXISTS {table}" for table in tables()]


def rebuild():
    """Return the statements that sum up all facts anew, for one transaction that sees one moment: what others have
    not committed by then is in neither, or comes with them."""
    return [f"DELETE FROM {PENDING}", *(statement for aggregate in AGGREGATES for statement in aggregate.rebuild)]


def fold():
    """Return the statement that brings what is pending into the aggregates."""
    moved = f"moved AS (DELETE FROM {PENDING} RETURNING *)"
    return f"WITH {', '.join((moved, *(aggregate.fold for aggregate in AGGREGATES)))} SELECT"


def function():
    """Return the statement that creates the function of the triggers."""
    of_event = {
        "INSERT": [added()],
        "UPDATE": [append((AFTER, 1), (BEFORE, -1))],
        "DELETE": [append((BEFORE, -1))],
        "TRUNCATE": [f"DELETE FROM {aggregate.table}" for aggregate in AGGREGATES],
    }
    cases = " ".join(f"WHEN '{event}' THEN {'; '.join(statements)};" for event, statements in of_event.items())
    return (
        f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN CASE TG_OP {cases} END CASE; RETURN NULL; END $$"
    )


def added():
    """Return the statement that appends new rows, as they are: mostly no two of them are alike."""
    return appended(f"SELECT {', '.join((*AGGREGATE_KEYS, *OF_ROW.values()))} FROM {AFTER} WHERE active")


def append(*signed_tables):
    """Return the statement that appends what these rows change, see :func:`sums_of_rows`."""
    return appended(sums_of_rows(AGGREGATE_KEYS, *signed_tables))


def appended(rows):
    """Return the statement that appends ``rows``, a SELECT."""
    return f"INSERT INTO {PENDING} ({', '.join((*AGGREGATE_KEYS, *SUMS))}) {rows}"


def sums_of_rows(keys, *signed_tables):
    """Return the SELECT of the sums by ``keys`` over tables that look like the facts, each with 1 or -1."""
    names = ", ".join(keys)
    rows = " UNION ALL ".join(
        f"SELECT {names}, split_from_id, duration, {OPEN} AS is_open, {sign} AS sign FROM {table} WHERE active"
        for table, sign in signed_tables
    )
    sums = ", ".join(f"{expression} AS {name}" for name, expression in OF_ROWS.items())
    changed = f" HAVING {is_something(OF_ROWS)}" if len(signed_tables) > 1 else ""
    return f"SELECT {names}, {sums} FROM ({rows}) AS changed GROUP BY {names}{changed}"


def columns_of(keys):
    """Return the columns of a table of sums.

    >>> columns_of(["month", "kind_id"]).startswith("month date, kind_id integer, n integer NOT NULL")
    True
    """
    of_keys = [f"{key} {KEY_TYPES.get(key, 'integer')}" for key in keys]
    return ", ".join((*of_keys, *(f"{name} {type_} NOT NULL" for name, type_ in SUMS.items())))


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
        name: f"CREATE TRIGGER {name} AFTER {event} ON {FACTS} {tables[event]}"
        f"FOR EACH STATEMENT EXECUTE FUNCTION {FUNCTION}()"
        for event, name in names.items()
    }


def uninstall():
    """Return the statements that leave nothing of the aggregates in the database; the triggers go with the function."""
    return [f"DROP FUNCTION IF EXISTS {FUNCTION}() CASCADE", *drop_tables()]
