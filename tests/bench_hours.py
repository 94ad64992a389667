"""Measure Contact Hours with a million interactions: run ``./setup/test tests/bench_hours.py -s``.

Interactions are those of ``bench_pivots.py``; then Odoo's timesheets are installed, with 300,000 lines of 400 of the
500 clients and an hourly cost, risen ten times, for 28 of the 30 staff. Pivots are read with all measures of the view,
with and without the number of rows, lists like in the web client. It prints medians in milliseconds.
"""

import contextlib

import bench_pivots

from odoo import SUPERUSER_ID, api, tools
from odoo.modules.registry import Registry
from odoo.sql_db import db_connect

LINES, WITH_PROJECT, WITH_COST, RISES = 300_000, 400, 28, range(1, 11)
WORK = """
    INSERT INTO account_analytic_line ({others}, project_id, partner_id, account_id, user_id, employee_id, date,
        unit_amount)
    SELECT {of_first}, project.id, project.partner_id, project.account_id, employee.user_id, employee.id,
        date '2026-10-31' - floor(random() * {days})::int, round((random() * 4)::numeric, 2)
    FROM (
        SELECT projects[1 + floor(random() * array_length(projects, 1))::int] AS project_id,
            employees[1 + floor(random() * array_length(employees, 1))::int] AS employee_id
        FROM generate_series(1, {lines}), (SELECT %s::int[] AS projects, %s::int[] AS employees) AS those
    ) AS made
    JOIN project_project project ON project.id = made.project_id
    JOIN hr_employee employee ON employee.id = made.employee_id
    JOIN account_analytic_line first ON first.id = %s
"""
OF_LINE = {"id", "project_id", "partner_id", "account_id", "user_id", "employee_id", "date", "unit_amount"}
MEASURES = ["contact_hours:sum", "all_hours:sum", "contact_share:avg", "reference:avg", "cost:sum"]
CLIENT, MONTH, USER = ["partner_id"], ["month:month"], ["user_id"]
PIVOTS = {
    "client × month, all time": (CLIENT, MONTH, []),
    "client × month, 12 months": (CLIENT, MONTH, bench_pivots.YEAR),
    "client, all time": (CLIENT, [], []),
    "client, 12 months": (CLIENT, [], bench_pivots.YEAR),
    "user × month, all time": (USER, MONTH, []),
}
NAMED = {"fields": {"display_name": {}}}
COLUMNS = {
    **{name: {} for name in ("month_name", "contact_hours", "work_hours", "all_hours", "contact_share", "reference")},
    **dict.fromkeys(("partner_id", "user_id", "company_id", "currency_id"), NAMED),
    "cost": {},
}


def test_hours(server, monkeypatch):
    monkeypatch.setitem(tools.config, "test_enable", False)  # otherwise loading a registry collects tests
    database = server.new_database()
    with environment(database) as env, bench_pivots.said(f"{bench_pivots.ROWS} interactions"):
        bench_pivots.fill(env, *bench_pivots.people(env))
        env["crm.interaction.total"]._rebuild()
        env.cr.commit()
    vacuum(database)
    with environment(database) as env:
        read(env, "without timesheets")
    Registry.delete(database)
    server.odoo(database, "-i", "hr_timesheet", "--stop-after-init", "--no-http")
    with environment(database) as env:
        work(env)
    vacuum(database)
    with environment(database) as env:
        read(env, f"with {LINES} lines of timesheets")


@contextlib.contextmanager
def environment(database):
    with contextlib.closing(Registry(database).cursor()) as cursor:
        yield api.Environment(cursor, SUPERUSER_ID, {})


def vacuum(database):
    with contextlib.closing(db_connect(database).cursor()) as cursor:
        cursor.rollback()
        cursor._cnx.autocommit = True
        for table in ("crm_interaction", *bench_pivots.aggregates(), "account_analytic_line"):
            cursor.execute(f"VACUUM ANALYZE {table}")


def work(env):
    """Create employees, projects and timesheet lines."""
    clients = env["res.partner"].search([("name", "=like", "Client ___")], limit=WITH_PROJECT, order="id")
    users = env["res.users"].search([("name", "=like", "User %")], order="id")
    employees = env["hr.employee"].create([{"name": user.name, "user_id": user.id} for user in users])
    for number, employee in enumerate(employees[:WITH_COST]):
        employee.hourly_cost = 20 + number
    costs = env["crm.interaction.hourly.cost"]
    costs._record(env.company)
    vals = [{"user_id": employee.user_id.id, "company_id": env.company.id} for employee in employees[:WITH_COST]]
    costs.create([{**v, "month": f"2026-{month:02}-01", "hourly_cost": 30 + month} for v in vals for month in RISES])
    projects = env["project.project"].create(
        [{"name": client.name, "partner_id": client.id, "allow_timesheets": True} for client in clients]
    )
    vals = {"name": "work", "project_id": projects[0].id, "employee_id": employees[0].id, "unit_amount": 1}
    first = env["account.analytic.line"].create(vals)
    env.flush_all()
    query = "SELECT column_name FROM information_schema.columns WHERE table_name = 'account_analytic_line'"
    env.cr.execute(query)
    others = [f'"{name}"' for (name,) in env.cr.fetchall() if name not in OF_LINE]
    of_first = ", ".join(f"first.{name}" for name in others)
    statement = WORK.format(others=", ".join(others), of_first=of_first, lines=LINES, days=bench_pivots.DAYS)
    with bench_pivots.bare(env, "account_analytic_line"):
        env.cr.execute(statement, [projects.ids, employees.ids, first.id])


def read(env, what):
    context = {"lang": "en_US", "tz": "Europe/Brussels"}
    model = env["crm.interaction.hours"].with_user(env.ref("base.user_admin")).with_context(**context)
    print(f"\n\n{'milliseconds, ' + what:56}")
    for name, pivot in PIVOTS.items():
        for number, measures in (("", MEASURES), (", number of rows", [*MEASURES, "__count"])):
            line(name + number, model, lambda model, p=pivot, m=measures: bench_pivots.pivot(model, *p, m))
    for name, domain, order in (
        ("list, all time", [], ""),
        ("list, 12 months", bench_pivots.YEAR, ""),
        ("list by contact hours, 12 months", bench_pivots.YEAR, "contact_hours desc, month, partner_id, user_id"),
    ):
        line(name, model, lambda model, d=domain, o=order: page(model, d, o))
    ids = model.search([], limit=80).ids
    line("80 rows by their ids", model, lambda model: rows(model, ids))


def page(model, domain, order):
    model.env.invalidate_all()
    return model.web_search_read(domain, COLUMNS, limit=80, order=order, count_limit=10001)


def rows(model, ids):
    model.env.invalidate_all()
    return model.browse(ids).read(["partner_id", "contact_hours", "cost"])


def line(name, model, run):
    print(f"{name:56}{bench_pivots.median(lambda: run(model), 5):8.0f}", flush=True)
