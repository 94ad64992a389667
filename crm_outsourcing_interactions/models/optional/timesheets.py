"""Look up timesheets (module ``hr_timesheet``) and hourly costs (module ``hr_hourly_cost``)."""

from .apps import has_fields

LINES = """
    SELECT MIN(l.id) AS id, l.company_id, p.commercial_partner_id AS partner_id, l.user_id,
           DATE_TRUNC('month', l.date::timestamp)::date AS month, SUM(l.unit_amount) AS hours
      FROM account_analytic_line l JOIN res_partner p ON p.id = l.partner_id
     WHERE l.project_id IS NOT NULL GROUP BY l.company_id, p.commercial_partner_id, l.user_id, 5
"""
"""Hours in the timesheets by company, client, user and month."""
EMPLOYEE = "LEFT JOIN hr_employee e ON e.user_id = h.user_id AND e.company_id = h.company_id"
"""Join of the only employee of a user in a company to rows ``h``."""


def has_timesheets(env):
    """Return whether timesheets are installed."""
    return has_fields(env, "account.analytic.line", "project_id", "employee_id")


def has_hourly_costs(env):
    """Return whether employees have hourly costs."""
    return has_fields(env, "hr.employee", "hourly_cost")


def columns(env):
    """Return the fields that :data:`LINES` and :data:`EMPLOYEE` read, if installed, to flush them."""
    lines = ("project_id",) if has_timesheets(env) else ()
    employees = ("user_id", "company_id", "hourly_cost") if has_hourly_costs(env) else ()
    names = [("account.analytic.line", name) for name in lines] + [("hr.employee", name) for name in employees]
    return [env[model]._fields[name] for model, name in names]


def is_any_cost_set(env):
    """Return whether an employee has an hourly cost."""
    # sudo: the existence of hourly costs is public, the amounts are not
    return has_hourly_costs(env) and bool(env["hr.employee"].sudo().search_count([("hourly_cost", ">", 0)], limit=1))


def hourly_costs(company):
    """Return the present hourly costs of employees of ``company``, archived ones too, as ``{user id: cost}``."""
    # sudo: hourly costs are for officers of Employees, and a scheduled action records them for the cost of contact
    employees = company.env["hr.employee"].sudo().with_context(active_test=False)
    domain = [("company_id", "=", company.id), ("user_id", "!=", False)]
    found = employees.search_fetch(domain, ["user_id", "hourly_cost"])
    return {employee.user_id.id: employee.hourly_cost for employee in found}
