"""The monthly cubes in SQL: narrow tables of sums of the active interactions, kept by triggers.

Each change of interactions *appends* what it adds to the sums or takes from them; nothing is ever updated, no key is
unique. So two workers never wait for each other, whatever changes an interaction is seen (the ORM, the one statement
of ``_log``, a merge of contacts, ``ON DELETE SET NULL``), and sums and facts become visible, or are undone, together.
Readers add up; from time to time the rows of one key are folded into one.
"""

from dataclasses import dataclass

FACTS = "crm_interaction"
FUNCTION = "crm_interaction_cube_follow"
BEFORE, AFTER = "crm_interaction_before", "crm_interaction_after"
"""Names of the transition tables: the rows of a statement as they were and as they are."""
SUMS = {"n": "bigint", "contacts": "bigint", "timed": "bigint", "hours": "numeric"}
"""Purposes (rows), contacts, rows with a duration and their hours; ``numeric``, so that what was added can be taken
away again without a trace."""
OF_ROWS = {
    "n": "SUM(sign)",
    "contacts": "COALESCE(SUM(sign) FILTER (WHERE split_from_id IS NULL), 0)",
    "timed": "COALESCE(SUM(sign) FILTER (WHERE duration IS NOT NULL), 0)",
    "hours": "COALESCE(SUM(sign * duration::numeric), 0)",
}
OF_ROW = {
    "n": "1",
    "contacts": "(split_from_id IS NULL)::int",
    "timed": "(duration IS NOT NULL)::int",
    "hours": "COALESCE(duration::numeric, 0)",
}
FEW = 9
"""So many new rows are appended as they are: that is sooner done than summing them up."""
CHOICES = ("direction", "channel", "event", "state", "coverage", "polarity")
KEY_TYPES = {"month": "date", **dict.fromkeys(CHOICES, "varchar")}
READ = ("split_from_id", "duration", "active")
"""What the sums need of an interaction besides the keys."""


@dataclass(frozen=True)
class Cube:
    """One table of sums.

    :param table: its name.
    :param keys: the columns of ``crm_interaction`` by which it sums.
    """

    table: str
    keys: tuple

    @property
    def definition(self):
        """The statement that creates the table, without foreign keys or indexes: rows come and go with the facts."""
        keys = ", ".join(f"{key} {KEY_TYPES.get(key, 'integer')}" for key in self.keys)
        sums = ", ".join(f"{name} {type_} NOT NULL" for name, type_ in SUMS.items())
        return f"CREATE TABLE IF NOT EXISTS {self.table} ({keys}, {sums})"

    @property
    def columns(self):
        return ", ".join((*self.keys, *SUMS))

    def of_facts(self, *signed_tables):
        """Return the SELECT of the sums over tables that look like the facts, each with 1 or -1."""
        keys = ", ".join(self.keys)
        rows = " UNION ALL ".join(
            f"SELECT {keys}, split_from_id, duration, {sign} AS sign FROM {table} WHERE active"
            for table, sign in signed_tables
        )
        sums = ", ".join(f"{expression} AS {name}" for name, expression in OF_ROWS.items())
        changed = f" HAVING {is_something(OF_ROWS)}" if len(signed_tables) > 1 else ""
        return f"SELECT {keys}, {sums} FROM ({rows}) AS changed GROUP BY {keys}{changed}"

    def append(self, *signed_tables):
        """Return the statement that appends what these rows change."""
        return f"INSERT INTO {self.table} ({self.columns}) {self.of_facts(*signed_tables)}"

    @property
    def append_each(self):
        """The statement that appends new rows one by one."""
        sums = ", ".join(OF_ROW.values())
        rows = f"SELECT {', '.join(self.keys)}, {sums} FROM {AFTER} WHERE active"
        return f"INSERT INTO {self.table} ({self.columns}) {rows}"

    @property
    def rebuild(self):
        """One statement, so one moment: what other transactions have not committed is in neither or comes with them."""
        return f"WITH gone AS (DELETE FROM {self.table}) {self.append((FACTS, 1))}"

    @property
    def fold(self):
        """The statement that replaces the rows of each key that has several, or says nothing, by one or none."""
        keys = ", ".join(self.keys)
        sums = ", ".join(f"SUM({name}) AS {name}" for name in SUMS)
        summed = {name: f"SUM({name})" for name in SUMS}
        return (
            f"WITH folded AS (SELECT {keys}, {sums}, ARRAY_AGG(ctid) AS rows FROM {self.table} GROUP BY {keys}"
            f" HAVING COUNT(*) > 1 OR NOT ({is_something(summed)})),"
            f" gone AS (DELETE FROM {self.table} WHERE ctid = ANY(ARRAY(SELECT UNNEST(rows) FROM folded)))"
            f" INSERT INTO {self.table} ({self.columns}) SELECT {self.columns} FROM folded"
            f" WHERE {is_something({name: name for name in SUMS})}"
        )

    @property
    def differences(self):
        """The SELECT of keys for which cube and facts differ, with cube minus facts."""
        keys = ", ".join(self.keys)
        minus = ", ".join(f"-{name}" for name in SUMS)
        summed = {name: f"SUM({name})" for name in SUMS}
        sums = ", ".join(f"{expression} AS {name}" for name, expression in summed.items())
        return (
            f"SELECT {keys}, {sums} FROM (SELECT {self.columns} FROM {self.table} UNION ALL"
            f" SELECT {keys}, {minus} FROM ({self.of_facts((FACTS, 1))}) AS facts) AS compared"
            f" GROUP BY {keys} HAVING {is_something(summed)}"
        )


def is_something(expressions):
    """
    >>> is_something({"n": "SUM(n)", "hours": "SUM(hours)"})
    'SUM(n) <> 0 OR SUM(hours) <> 0'
    """
    return " OR ".join(f"{expression} <> 0" for expression in expressions.values())


CUBES = (
    Cube("crm_interaction_cube_user", ("company_id", "month", "user_id", "type_id", "kind_id", "direction")),
    Cube("crm_interaction_cube_channel", ("company_id", "month", "type_id", "kind_id", "service_id", *CHOICES)),
    Cube("crm_interaction_cube_client", ("company_id", "month", "commercial_partner_id", "kind_id")),
    Cube("crm_interaction_cube_people", ("company_id", "month", "commercial_partner_id", "user_id", "kind_id")),
)
"""The first that can answers."""
CUBE_FIELDS = tuple(dict.fromkeys((*READ, *(key for cube in CUBES for key in cube.keys))))


def function():
    """Return the statement that creates the function of the triggers."""
    of_event = {
        "INSERT": [added()],
        "UPDATE": [cube.append((AFTER, 1), (BEFORE, -1)) for cube in CUBES],
        "DELETE": [cube.append((BEFORE, -1)) for cube in CUBES],
        "TRUNCATE": [f"DELETE FROM {cube.table}" for cube in CUBES],
    }
    cases = " ".join(f"WHEN '{event}' THEN {'; '.join(statements)};" for event, statements in of_event.items())
    return (
        f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN CASE TG_OP {cases} END CASE; RETURN NULL; END $$"
    )


def added():
    """Return what the function does with new rows.

    >>> added().startswith("IF (SELECT COUNT(*) FROM (SELECT FROM crm_interaction_after LIMIT 10)")
    True
    """
    each = "; ".join(cube.append_each for cube in CUBES)
    summed = "; ".join(cube.append((AFTER, 1)) for cube in CUBES)
    number = f"SELECT COUNT(*) FROM (SELECT FROM {AFTER} LIMIT {FEW + 1}) AS new"
    return f"IF ({number}) <= {FEW} THEN {each}; ELSE {summed}; END IF"


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
    """Return the statements that leave nothing of the cubes in the database; the triggers go with the function."""
    return [f"DROP FUNCTION IF EXISTS {FUNCTION}() CASCADE", *(f"DROP TABLE IF EXISTS {c.table}" for c in CUBES)]
