"""Build the SQL of contact hours, a row per client, month and responsible, from the totals and Odoo's timesheets."""

from ..optional.timesheets import EMPLOYEE, LINES
from ..totals.measures import HOUR
from ..totals.plan import CLIENT, MONTHLY, PENDING, TOTALS, USER

TOTAL = next(total for total in TOTALS if set(total.keys) == {*MONTHLY, CLIENT, USER})
SOURCE = "company_id, commercial_partner_id AS partner_id, user_id, month"
CONTACTS = f"""
    SELECT 3 * MIN(total_id) AS total_id, 3 * MIN(pending_id) + 1 AS pending_id, NULL::int AS line_id,
           company_id, partner_id, user_id, month,
           CASE WHEN SUM(timed) > 0 THEN SUM(time)::float / {HOUR} END AS contact_hours, NULL::float AS work_hours
      FROM (SELECT id AS total_id, NULL::int AS pending_id, {SOURCE}, n, timed, time FROM {TOTAL.name}
             UNION ALL
            SELECT NULL, id, {SOURCE}, n, timed, time FROM {PENDING.name}) sums
     GROUP BY company_id, partner_id, user_id, month HAVING SUM(n) <> 0
"""
TIMESHEETS = f"SELECT NULL, NULL, 3 * id + 2, company_id, partner_id, user_id, month, NULL, hours FROM ({LINES}) lines"
BOTH = f"""
    SELECT MIN(total_id) AS total_id, MIN(pending_id) AS pending_id, MIN(line_id) AS line_id,
           company_id, partner_id, user_id, month,
           SUM(contact_hours) AS contact_hours, SUM(work_hours) AS work_hours
      FROM ({CONTACTS} UNION ALL {TIMESHEETS}) source GROUP BY company_id, partner_id, user_id, month
"""
ID = "COALESCE(h.total_id, h.pending_id, h.line_id)"
"""Id of a row, stable while it is in the total. XML-RPC allows 31 bits only, too few for a digest of the keys."""
ALL_HOURS = """
    CASE WHEN h.work_hours IS NULL AND NOT %(has_timesheets)s THEN NULL
         ELSE COALESCE(h.work_hours, 0)
              + CASE c.interaction_timesheets WHEN 'work' THEN COALESCE(h.contact_hours, 0) ELSE 0 END
    END
"""
SHARE = "CASE WHEN work_hours <> 0 THEN COALESCE(contact_hours, 0) / NULLIF(all_hours, 0) END"
REFERENCE = "CASE WHEN h.work_hours <> 0 THEN c.interaction_contact_share END"
"""Reference of the share of contact, beside a share only."""
HOURS = f"""
    SELECT *, {SHARE} AS contact_share
      FROM (SELECT {ID} AS id, h.company_id, h.partner_id, %(user)s AS user_id, h.month, h.contact_hours, h.work_hours,
                   c.currency_id, {REFERENCE} AS reference, {ALL_HOURS} AS all_hours,
                   h.contact_hours * %(rate)s AS cost
              FROM (%(sources)s) h
              JOIN res_company c ON c.id = h.company_id
              %(costs)s) hours
"""
COSTS = f"""
    LEFT JOIN LATERAL (SELECT hourly_cost FROM crm_interaction_hourly_cost r
                        WHERE r.company_id = h.company_id AND r.user_id = h.user_id AND r.month <= h.month
                        ORDER BY r.month DESC LIMIT 1) r ON TRUE
    {EMPLOYEE}
"""
"""Join of the hourly cost recorded for the month, and of the present one, for users of whom none is recorded yet.
One look into the index per row: a join of periods took ten times as long with 370,000 rows."""
RATE = "NULLIF(COALESCE(r.hourly_cost, e.hourly_cost), 0)"
"""Hourly cost of a row; a cost of 0 is an unknown one."""
