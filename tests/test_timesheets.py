"""Check share and cost of contact hours with Odoo's timesheets, and after their uninstallation."""

import json

import pytest

PREPARE = """
m = "crm_outsourcing_interactions."
company = env.company
company.interaction_tz = "UTC"
env.user.tz = "UTC"
from odoo.tests.common import new_test_user
staff = new_test_user(env, "staff", groups="base.group_user," + m + "group_user")
manager = new_test_user(env, "manager", groups="base.group_user," + m + "group_manager")
client = env["res.partner"].create({"name": "Vector", "is_company": True, "customer_rank": 1})
other = env["res.partner"].create({"name": "Sever", "is_company": True, "customer_rank": 1})
for partner, user, hours, day in (
    (client, staff, 2.0, "2031-03-09"), (client, manager, 1.0, "2031-03-09"), (client, staff, 4.0, "2031-04-09"),
    (other, staff, 1.0, "2031-03-09"),
):
    env["crm.interaction"]._by_code().create({
        "partner_id": partner.id, "user_id": user.id, "duration": hours, "date": day + " 12:00:00",
        "type_id": env.ref(m + "type_1_1_3").id,
    })
"""
WORK = """
employee = env["hr.employee"].create({"name": "S", "user_id": staff.id, "company_id": company.id, "hourly_cost": 30})
project = env["project.project"].create({"name": "P", "partner_id": client.id, "allow_timesheets": True})
for hours, day in ((10, "2031-03-15"), (6, "2031-03-31"), (8, "2031-04-01")):
    env["account.analytic.line"].create({
        "name": "work", "project_id": project.id, "employee_id": employee.id, "unit_amount": hours, "date": day,
    })
"""
MORE_WORK = """
manager_employee = env["hr.employee"].create({"name": "M", "user_id": manager.id, "company_id": company.id})
for hours, day, who in ((3, "2031-05-02", employee), (2, "2031-04-03", manager_employee)):
    env["account.analytic.line"].create({
        "name": "more", "project_id": project.id, "employee_id": who.id, "unit_amount": hours, "date": day,
    })
"""
READ = """
import json
def figures(groupby, user=manager):
    hours = env["crm.interaction.hours"].with_user(user)
    measures = ["contact_hours:sum", "all_hours:sum", "contact_share:avg"]
    measures += ["cost:sum"] if user == manager else []
    groups = hours._read_group([("month", ">=", "2031-01-01")], groupby, measures)
    return [[str(getattr(value, "name", value)) for value in group] for group in groups]
result = {
    "notice": env["crm.interaction.hours"].with_user(manager).notice(),
    "clients": sorted(figures(["partner_id"])),
    "months": figures(["month:month"]),
    "staff": figures([], staff),
    "rows": len(env["crm.interaction.hours"].search([])),
    "shares": env["crm.interaction.hours"].search([("contact_share", ">", 0.2)], order="contact_share desc").mapped(
        "contact_share"
    ),
}
company.interaction_timesheets = "work"
result["technical"] = sorted(figures(["partner_id"]))
"""
SAME = """
import itertools, json
from odoo.addons.crm_outsourcing_interactions.models.events.marks import marked
def rounded(rows):
    return [[round(value, 9) if isinstance(value, float) else str(value) for value in row] for row in rows]
different = []
def compare(what, read):
    if rounded(read(hours)) != rounded(read(marked(hours, "interaction_standard_read"))):
        different.append(what)
def page(model, **kwargs):
    env.invalidate_all()
    names = ("partner_id", "user_id", "month", "contact_hours", "work_hours", "all_hours", "contact_share", "cost")
    return [(row.id, *(row[name] for name in names)) for row in model.search_fetch([], names, **kwargs)]
measures = ["contact_hours:sum", "work_hours:sum", "all_hours:sum", "contact_share:avg", "reference:avg", "cost:sum"]
specs = ("partner_id", "user_id", "month:month", "month:year", "company_id")
domains = ([], [("month", "=", "2031-03-01")], [("user_id", "=", staff.id)], [("partner_id.name", "like", "V")])
for user, setting in itertools.product((manager, staff), ("work", "all")):
    company.interaction_timesheets = setting
    hours = env["crm.interaction.hours"].with_user(user)
    asked = measures if user == manager else measures[:-1]
    for domain, size, extra in itertools.product(domains, range(3), ([], ["__count"])):
        for groupby in itertools.combinations(specs, size):
            arguments = (domain, groupby, asked + extra)
            compare((user.login, setting, *arguments), lambda model: model._read_group(*arguments))
    sorted = {"limit": 9, "order": "work_hours desc, month"}
    for kwargs in ({"limit": 2}, {"limit": 3, "offset": 2}, {"limit": 9}, sorted):
        compare((user.login, kwargs), lambda model: page(model.sudo(), **kwargs))
    rows = hours.search([])
    again = [("id", "in", rows.ids)]
    compare("ids", lambda model: [(row.id, row.month) for row in model.search(again, order="id")])
result["states"].append([different, len(env["crm.interaction.hours"].search([]))])
"""
STATES = """
result = {"states": []}
"""
FOLD = """
env["crm.interaction.total"]._flush()
env["crm.interaction.total"]._fold()
"""
CHANGE = """
first = env["crm.interaction"].search([("partner_id", "=", client.id)], order="date")
first[-1].action_ignore()  # its month has timesheets of the same
for user, day in ((staff, "2031-05-07"), (manager, "2031-05-07"), (False, "2031-04-07")):
    env["crm.interaction"]._by_code().create({
        "partner_id": client.id, "user_id": user and user.id, "duration": 1, "date": day + " 12:00:00",
        "type_id": env.ref(m + "type_1_1_3").id,
    })
outsider = env["hr.employee"].create({"name": "Outsider"})
for day in ("2031-04-07", "2031-06-07"):
    env["account.analytic.line"].create({
        "name": "of nobody", "project_id": project.id, "employee_id": outsider.id, "unit_amount": 1, "date": day,
    })
"""
COSTS = """
import json
from datetime import datetime
from unittest.mock import patch
from odoo import fields
other_company = env["res.company"].create({"name": "Second", "interaction_tz": "UTC"})
names = ("EUR", "USD")
currencies = env["res.currency"].with_context(active_test=False).search([("name", "in", names)])
other_company.currency_id = currencies.filtered(lambda currency: currency != company.currency_id)[:1]
gone, free, never = (new_test_user(env, name, groups="base.group_user") for name in ("gone", "free", "never"))
employees = {
    name: env["hr.employee"].create({"name": name, "user_id": user.id, "company_id": of.id, "hourly_cost": cost})
    for name, user, of, cost in (
        ("staff", staff, company, 30), ("staff elsewhere", staff, other_company, 7), ("gone", gone, company, 20),
        ("free", free, company, 0),
    )
}
env["hr.employee"].create({"name": "nobody", "company_id": company.id, "hourly_cost": 99})
employees["gone"].active = False
served = [(user, company) for user in (staff, gone, free, never, False)]
for user, of in (*served, (staff, other_company)):
    for day in ("2031-03-09", "2031-04-09", "2031-05-09"):
        env["crm.interaction"]._by_code().create({
            "partner_id": other.id, "user_id": user and user.id, "duration": 1, "date": day + " 12:00:00",
            "company_id": of.id,
        })
def costs(user, of=company):
    domain = [("company_id", "=", of.id), ("user_id", "=", user.id), ("month", ">=", "2031-01-01")]
    groups = env["crm.interaction.hours"]._read_group(domain, ["month:month"], ["cost:sum"], order="month:month")
    return [cost for _month, cost in groups]
def everybody():
    return [costs(staff), costs(gone), costs(free), costs(never), costs(manager), costs(staff, other_company)]
def record(day):
    env.flush_all()
    with patch.object(fields.Datetime, "now", lambda: datetime.fromisoformat(day + " 03:00:00")):
        for of in company | other_company:
            env["crm.interaction.hourly.cost"]._record(of)
result = {"unrecorded": everybody()}
record("2031-03-10")
result["recorded"] = everybody()
employees["staff"].hourly_cost = 60
employees["staff elsewhere"].hourly_cost = 8
employees["free"].hourly_cost = 5
result["risen today"] = everybody()
record("2031-04-10")
result["risen"] = everybody()
employees["staff"].user_id = False
employees["gone"].hourly_cost = 0
record("2031-05-10")
result["left"] = everybody()
"""
UNSAVED = """
import json
def read_after(change):
    env.flush_all()
    change()
    hours = env["crm.interaction.hours"].with_user(manager)
    return hours._read_group([("user_id", "=", staff.id)], [], ["work_hours:sum", "cost:sum"])[0]
line = env["account.analytic.line"].search([("project_id", "=", project.id)], limit=1, order="id")
result = {
    "cost": read_after(lambda: employee.write({"hourly_cost": 60})),
    "project": read_after(lambda: line.write({"project_id": False})),
    "user": read_after(lambda: employee.write({"user_id": False})),
}
"""
END = """
env.cr.rollback()
env["ir.module.module"].search([("name", "=", "hr_timesheet")]).button_immediate_uninstall()
"""


def read(server, database, *code):
    return json.loads(server.shell(database, "\n".join([*code, "print(json.dumps(result))"])).strip().splitlines()[-1])


@pytest.mark.slow
def test_share_and_cost_come_and_go_with_the_timesheets(server):
    database = server.new_database()
    server.odoo(database, "-i", "hr_timesheet", "--stop-after-init", "--no-http")
    found = read(server, database, PREPARE, WORK, READ)
    assert found["notice"] == ""
    assert found["clients"] == [
        ["Sever", "1.0", "0.0", "False", "30.0"],
        ["Vector", "7.0", "24.0", "0.2916666666666667", "180.0"],
    ]
    assert found["months"] == [
        ["2031-03-01", "4.0", "16.0", "0.25", "90.0"],
        ["2031-04-01", "4.0", "8.0", "0.5", "120.0"],
    ]
    assert found["staff"] == [["7.0", "24.0", "0.2916666666666667"]]
    assert found["shares"] == [0.5]  # of staff in April; in March it is 2 / 16
    assert found["technical"] == [
        ["Sever", "1.0", "1.0", "False", "30.0"],
        ["Vector", "7.0", "31.0", "0.22580645161290322", "180.0"],
    ]
    found = read(server, database, PREPARE, STATES, WORK, MORE_WORK, SAME, FOLD, SAME, CHANGE, SAME, FOLD, SAME)
    assert found == {"states": [[[], 6], [[], 6], [[], 9], [[], 9]]}
    assert read(server, database, PREPARE, WORK, UNSAVED) == {
        "cost": [24.0, 420.0],
        "project": [14.0, 420.0],
        "user": [False, False],  # his timesheets follow the employee
    }
    found = read(server, database, PREPARE, COSTS)
    none = [False] * 3
    assert found == {
        "unrecorded": [[120.0, 150.0, 30.0], [20.0] * 3, none, none, [False], [7.0] * 3],
        "recorded": [[120.0, 150.0, 30.0], [20.0] * 3, none, none, [False], [7.0] * 3],
        "risen today": [[120.0, 150.0, 30.0], [20.0] * 3, [5.0] * 3, none, [False], [7.0] * 3],
        "risen": [[120.0, 300.0, 60.0], [20.0] * 3, [5.0] * 3, none, [False], [7.0, 8.0, 8.0]],
        "left": [[120.0, 300.0, False], [20.0, 20.0, False], [5.0] * 3, none, [False], [7.0, 8.0, 8.0]],
    }
    server.shell(database, END)
    found = read(server, database, PREPARE, READ)
    assert "hr_timesheet" in found["notice"]
    assert found["months"] == [
        ["2031-03-01", "4.0", "False", "False", "False"],
        ["2031-04-01", "4.0", "False", "False", "False"],
    ]
    assert found["rows"] == 4
