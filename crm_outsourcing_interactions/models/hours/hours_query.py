"""The SQL of contact hours: rows of client, month and responsible, or sums of such rows for fewer of these keys."""

from odoo.tools import SQL, Query

from ..totals.measures import HOUR
from ..totals.plan import COUNT, PENDING, Request, plan
from ..totals.sums import hours_of, with_pending

KEYS = {"company_id": "company_id", "partner_id": "commercial_partner_id", "user_id": "user_id", "month": "month"}
"""What a row is for → how the interactions and their sums call it."""
SUMS_OF_ROWS = (
    "contact_hours:sum",
    "work_hours:sum",
    "all_hours:sum",
    "cost:sum",
    "contact_share:avg",
    "reference:avg",
    COUNT,
)
"""The aggregates that can be had from sums of rows."""

CONTACTS = """
    SELECT 2 * MIN(i.id) AS id, i.company_id, i.commercial_partner_id AS partner_id, i.user_id, i.month,
           SUM(i.duration) AS contact_hours, NULL::float AS work_hours
      FROM crm_interaction i WHERE i.active GROUP BY 2, 3, 4, 5
"""
SUMS = """
    SELECT NULL::int AS id, company_id, commercial_partner_id AS partner_id, user_id, month,
           %s AS contact_hours, NULL::float AS work_hours
      FROM (%s) sums GROUP BY 2, 3, 4, 5 HAVING SUM(n) <> 0
"""
"""The same from the monthly sums, for groups: these have no use for an id."""
LINES = """
    account_analytic_line l JOIN res_partner p ON p.id = l.partner_id WHERE l.project_id IS NOT NULL
"""
MONTH = "DATE_TRUNC('month', l.date::timestamp)::date"
TIMESHEETS = f"""
    SELECT 2 * MIN(l.id) + 1, l.company_id, p.commercial_partner_id, l.user_id, {MONTH}, NULL::float, SUM(l.unit_amount)
      FROM {LINES} GROUP BY 2, 3, 4, 5
"""
BOTH = f"""
    SELECT MIN(id) AS id, company_id, partner_id, user_id, month,
           SUM(contact_hours) AS contact_hours, SUM(work_hours) AS work_hours
      FROM (%s UNION ALL {TIMESHEETS}) source GROUP BY company_id, partner_id, user_id, month
"""
ALL_HOURS = """
    CASE WHEN h.work_hours IS NULL AND NOT %(has_timesheets)s THEN NULL
         ELSE COALESCE(h.work_hours, 0)
              + CASE c.interaction_timesheets WHEN 'work' THEN COALESCE(h.contact_hours, 0) ELSE 0 END
    END
"""
HOURS = f"""
    SELECT h.*, c.currency_id, c.interaction_contact_share AS reference, {ALL_HOURS} AS all_hours,
           h.contact_hours * %(rate)s AS cost
      FROM (%(sources)s) h
      JOIN res_company c ON c.id = h.company_id
      %(employee)s
"""
EMPLOYEE = "LEFT JOIN hr_employee e ON e.user_id = h.user_id AND e.company_id = h.company_id"
RATE = "NULLIF(e.hourly_cost, 0)"
COARSE = f"""
    SELECT h.*, c.currency_id, c.interaction_contact_share AS reference, {ALL_HOURS} AS all_hours
      FROM (%(sources)s) h JOIN res_company c ON c.id = h.company_id
"""
ONCE = """
    (SELECT {named}, n, timed, time FROM {total} WHERE n <> 0 AND month <> ALL({pending})
      UNION ALL
     SELECT {columns}, SUM(n)::int, SUM(timed)::int, SUM(time)::bigint FROM ({parts}) parts
      WHERE month = ANY({pending}) GROUP BY {columns} HAVING SUM(n) <> 0)
"""
"""Each row of contacts once: as the total has it, added up only in months in which something is pending."""
PENDING_MONTHS = f"ARRAY(SELECT DISTINCT month FROM {PENDING.name})"
WITHOUT_CONTACTS = """
    SELECT %(columns)s, NULL::float, SUM(work_hours), NULL::float, NULL::int, COUNT(*) FILTER (WHERE c.month IS NULL)
      FROM (%(lines)s) l LEFT JOIN (%(contacts)s) c ON c.company_id = l.company_id AND c.month = l.month
           AND COALESCE(c.partner_id, 0) = l.client AND COALESCE(c.user_id, 0) = l.responsible
     GROUP BY %(columns)s
"""
"""Keys that can be empty are compared as 0. Lines are grouped by just what they are compared by: then the planner knows
that each is found once, and makes a hash of them instead of sorting everything."""
OR_NOTHING = {"partner_id": "client", "user_id": "responsible"}
"""The keys that can be empty → what they are called where 0 stands for that."""
ADDED = "SUM(contact_hours) AS contact_hours, SUM(work_hours) AS work_hours, SUM(cost) AS cost"
WITH_ID = """
    SELECT page.*,
           LEAST(line_id, CASE WHEN partner_id IS NULL THEN (%(without_client)s) ELSE (%(of_client)s) END) AS id
      FROM (%(page)s) page
"""
FIRST_CONTACT = """
    SELECT 2 * MIN(i.id) FROM crm_interaction i
     WHERE i.active AND i.company_id = page.company_id AND i.user_id IS NOT DISTINCT FROM page.user_id
       AND i.month = page.month AND i.date >= page.month - 2 AND i.date < page.month + 33
       AND i.commercial_partner_id {client}
"""
"""The conditions on the date let an index be used; the month, of the company's time zone, is the one that counts."""
KEYS_OF_IDS = """
    (SELECT company_id, COALESCE(commercial_partner_id, 0), COALESCE(user_id, 0), month
       FROM crm_interaction WHERE id = ANY(%s))
"""
KEYS_OF_LINE_IDS = f"""
    (SELECT l.company_id, COALESCE(p.commercial_partner_id, 0), COALESCE(l.user_id, 0), {MONTH}
       FROM {LINES} AND l.id = ANY(%s))
"""
RATES = "(SELECT user_id, company_id, hourly_cost::float AS rate FROM hr_employee WHERE hourly_cost <> 0)"


class CoarseQuery(Query):
    """Sums of the rows of contact hours, which Odoo's grouping code reads as if they were the rows.

    Each has, under the name of the rows' table, their columns and ``rows``, the number of rows in it.
    """


def total_by(keys):
    """Return the smallest total by which contacts can be added up by ``keys``.

    >>> total_by(["company_id", "month"]).name, total_by(["partner_id", "user_id"]).name
    ('crm_interaction_total_client', 'crm_interaction_total_hours')
    """
    return plan(Request(frozenset(KEYS[key] for key in keys)))


def sums(keys):
    """Return the SELECT of monthly sums, to be added up by ``keys``."""
    return SQL(with_pending(total_by(keys)))


def rows_of_sums(keys):
    """Return the monthly sums, to be added up, with the names of the keys that contact hours have."""
    named = SQL(", ").join(SQL("%s AS %s", SQL.identifier(KEYS[key]), SQL.identifier(key)) for key in keys)
    return SQL("(SELECT %s, n, timed, time FROM (%s) sums)", named, sums(keys))


def rows_of_timesheets():
    """Return the lines of the timesheets, to be added up."""
    columns = f"l.id, l.company_id, p.commercial_partner_id AS partner_id, l.user_id, {MONTH} AS month, l.unit_amount"
    return SQL(f"(SELECT {columns} FROM {LINES})")


def each_row_of_sums():
    """Return the monthly sums with the names of the keys that contact hours have, each of their rows once."""
    names = {
        "named": ", ".join(f"{column} AS {key}" for key, column in KEYS.items()),
        "columns": ", ".join(KEYS.values()),
        "total": total_by(KEYS).name,
        "parts": with_pending(total_by(KEYS)),
        "pending": PENDING_MONTHS,
    }
    return SQL(ONCE.format(**names))


def grouped_contacts(query, keys, has_costs, rows="1"):
    """Return the SELECT that adds up ``query``, over sums, by the keys; ``rows`` says how many rows a group has."""
    columns = [SQL.identifier(query.table, key) for key in keys]
    n, timed, time = (SQL.identifier(query.table, name) for name in ("n", "timed", "time"))
    cost = SQL("NULL::float")
    if has_costs:
        alias = query.make_alias(query.table, "rates")
        of_user = SQL(" AND ").join(
            SQL("%s = %s", SQL.identifier(alias, key), SQL.identifier(query.table, key))
            for key in ("user_id", "company_id")
        )
        query.add_join("LEFT JOIN", alias, SQL(RATES), of_user)
        rate = SQL.identifier(alias, "rate")
        known = SQL("SUM(%s) FILTER (WHERE %s IS NOT NULL) > 0", timed, rate)
        cost = SQL("CASE WHEN %s THEN SUM(%s * %s) / %s END", known, time, rate, HOUR)
    query.groupby = SQL(", ").join(columns)
    query.having = SQL("SUM(%s) <> 0", n)
    contact = SQL("%s AS contact_hours", hours_of(query.table))
    others = (SQL("NULL::float AS work_hours"), SQL("%s AS cost", cost), SQL("NULL::int AS line_id"))
    return query.select(*columns, contact, *others, SQL("%s AS rows", SQL(rows)))


def grouped_timesheets(query, keys):
    """Return the SELECT that adds up ``query``, over ``rows_of_timesheets``, by the keys."""
    columns = [SQL.identifier(query.table, key) for key in keys]
    query.groupby = SQL(", ").join(columns)
    work = SQL("SUM(%s)", SQL.identifier(query.table, "unit_amount"))
    line_id = SQL("2 * MIN(%s) + 1", SQL.identifier(query.table, "id"))
    return query.select(*columns, SQL("NULL::float"), work, SQL("NULL::float"), line_id, SQL("1"))


def counted_timesheets(query, contacts, keys):
    """Return the SELECT that adds up ``query``, over ``rows_of_timesheets``, by the keys, with the number of rows.

    :param contacts: query of the rows with contacts, which are not counted again.
    """
    compared = {OR_NOTHING.get(key, key): SQL.identifier(query.table, key) for key in KEYS}
    compared |= {name: SQL("COALESCE(%s, 0)", compared[name]) for name in OR_NOTHING.values()}
    query.groupby = SQL(", ").join(compared.values())
    work = SQL("SUM(%s) AS work_hours", SQL.identifier(query.table, "unit_amount"))
    lines = query.select(*(SQL("%s AS %s", key, SQL.identifier(name)) for name, key in compared.items()), work)
    those = contacts.select(*(SQL.identifier(contacts.table, key) for key in KEYS))
    columns = (SQL(f"NULLIF(l.{OR_NOTHING[key]}, 0)" if key in OR_NOTHING else f"l.{key}") for key in keys)
    return SQL(WITHOUT_CONTACTS, columns=SQL(", ").join(columns), lines=lines, contacts=those)


def merged(sources):
    """Return the SELECT of rows of all keys, from those of contacts and of timesheets."""
    if len(sources) == 1:
        return sources[0]
    keys = SQL(", ").join(SQL.identifier(key) for key in KEYS)
    rows = SQL(" UNION ALL ").join(sources)
    return SQL("SELECT %s, %s, MIN(line_id) AS line_id FROM (%s) source GROUP BY %s", keys, SQL(ADDED), rows, keys)


def with_id(page):
    """Return the SELECT of rows with the ids that they have as rows of the interactions."""
    ways = {"without_client": "IS NULL", "of_client": "= page.partner_id"}
    return SQL(WITH_ID, page=page, **{name: SQL(FIRST_CONTACT.format(client=way)) for name, way in ways.items()})


def is_one_of(alias, ids, has_timesheets):
    """Return the condition on the keys that restricts rows to those with one of the ids, and few others."""
    keys = KEYS_OF_IDS if not has_timesheets else f"{KEYS_OF_IDS} UNION ALL {KEYS_OF_LINE_IDS}"
    of_source = ([id_ // 2 for id_ in ids if id_ % 2 == odd] for odd in ((0, 1) if has_timesheets else (0,)))
    company, client, user, month = (SQL.identifier(alias, key) for key in KEYS)
    columns = SQL("(%s, COALESCE(%s, 0), COALESCE(%s, 0), %s)", company, client, user, month)
    return SQL("%s IN (%s)", columns, SQL(keys, *of_source))
