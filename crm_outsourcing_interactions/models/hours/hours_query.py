"""The SQL of contact hours: a row for each client, month and responsible, from the totals and Odoo's timesheets."""

from ..totals.measures import HOUR
from ..totals.plan import CLIENT, MONTHLY, TOTALS, USER
from ..totals.sums import with_pending

TOTAL = next(total for total in TOTALS if set(total.keys) == {*MONTHLY, CLIENT, USER})
CONTACTS = f"""
    SELECT company_id, commercial_partner_id AS partner_id, user_id, month,
           CASE WHEN SUM(timed) > 0 THEN SUM(time)::float / {HOUR} END AS contact_hours, NULL::float AS work_hours
      FROM ({with_pending(TOTAL)}) sums GROUP BY 1, 2, 3, 4 HAVING SUM(n) <> 0
"""
TIMESHEETS = """
    SELECT l.company_id, p.commercial_partner_id, l.user_id, DATE_TRUNC('month', l.date::timestamp)::date,
           NULL::float, SUM(l.unit_amount)
      FROM account_analytic_line l JOIN res_partner p ON p.id = l.partner_id
     WHERE l.project_id IS NOT NULL GROUP BY 1, 2, 3, 4
"""
BOTH = f"""
    SELECT company_id, partner_id, user_id, month,
           SUM(contact_hours) AS contact_hours, SUM(work_hours) AS work_hours
      FROM ({CONTACTS} UNION ALL {TIMESHEETS}) source GROUP BY 1, 2, 3, 4
"""
ID = f"""
    hashtextextended(CONCAT_WS(',', h.company_id, COALESCE(h.partner_id, 0), COALESCE(h.user_id, 0), h.month), 0)
    & {2**52 - 1}
"""
"""A row keeps its id as long as it exists: a number made of its keys, small enough for JavaScript."""
ALL_HOURS = """
    CASE WHEN h.work_hours IS NULL AND NOT %(has_timesheets)s THEN NULL
         ELSE COALESCE(h.work_hours, 0)
              + CASE c.interaction_timesheets WHEN 'work' THEN COALESCE(h.contact_hours, 0) ELSE 0 END
    END
"""
HOURS = f"""
    SELECT {ID} AS id, h.*, c.currency_id, c.interaction_contact_share AS reference, {ALL_HOURS} AS all_hours,
           h.contact_hours * %(rate)s AS cost
      FROM (%(sources)s) h
      JOIN res_company c ON c.id = h.company_id
      %(employee)s
"""
EMPLOYEE = "LEFT JOIN hr_employee e ON e.user_id = h.user_id AND e.company_id = h.company_id"
RATE = "NULLIF(e.hourly_cost, 0)"
