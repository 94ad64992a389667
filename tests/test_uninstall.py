"""Check that uninstalling restores the database and the addon can be installed again."""

import contextlib

import pytest
from server import WholeServer

NAME = "crm_outsourcing_interactions"
USE = """
client = env["res.partner"].create({"name": "Vector", "is_company": True, "customer_rank": 1, "email": "v@example.com"})
task = env["project.task"].create({"name": "October", "partner_id": client.id,
                                   "project_id": env["project.project"].create({"name": "P"}).id})
task.message_post(body="Hi", message_type="comment", subtype_xmlid="mail.mt_comment", partner_ids=client.ids)
"""
TAG = """
message = env["crm.interaction"].search([]).message_id
for code in ("1.2.2", "4.2.1"):
    env["crm.interaction"].tag_message(message.id, {"type_id": env["crm.interaction.type"]._by_code(code).id})
"""
MAKE = """
target = {"measure": "interactions_month", "bound": "ceiling", "high": 0.5, "partner_id": client.id}
target["evaluated_since"] = "2025-01-01"  # the first refresh opens nothing
target = env["crm.interaction.target"]._by_code().create(target)
env["crm.interaction.indicator"]._refresh(env.company)
assert client.activity_ids and env["crm.interaction.indicator"].search([], limit=1).breach == "open"
interaction = env["crm.interaction"].search([], limit=1)
service = env["crm.interaction.service"].search([], limit=1)
env["crm.interaction.scope"].create({"partner_id": client.id, "service_id": service.id})
env["crm.interaction.replay"].create({"date_from": "2026-01-01", "date_to": "2026-10-31"})

def make(model_name, **vals):
    return env[model_name].create({"name": "Made by a user", **vals})

def model(name):
    return env["ir.model"]._get(name).id

ours, group = model("crm.interaction"), env.ref("crm_outsourcing_interactions.group_user")
code = {"state": "code", "code": "pass"}
log = {"state": "interaction", "interaction_type_id": interaction.type_id.id, "model_id": model("project.task")}
daily = {"interval_number": 1, "interval_type": "days"}
make("ir.cron", model_id=ours, **code, **daily)
make("ir.cron", **log, **daily)
make("ir.actions.server", model_id=ours, **code).create_action()
make("ir.actions.server", **log)
make("ir.filters", model_id="crm.interaction", domain="[]", user_ids=[])
make("ir.exports", resource="crm.interaction", export_fields=[(0, 0, {"name": "date"})])
make("ir.actions.report", model="crm.interaction", report_name="a.b", report_type="qweb-html")
window = make("ir.actions.act_window", res_model="crm.interaction", view_mode="list")
make("ir.ui.menu", action=f"ir.actions.act_window,{window.id}")
make("ir.ui.menu", parent_id=env.ref("crm_outsourcing_interactions.menu_root").id)
make("ir.rule", model_id=ours, domain_force="[]")
make("ir.rule", model_id=model("res.country"), domain_force="[]", groups=[(4, group.id)])
make("ir.model.access", model_id=model("res.country"), group_id=group.id, perm_read=True)
make("mail.template", model_id=model("crm.interaction.target"))
env["ir.default"].set("crm.interaction", "channel", "email")
env["ir.default"].set("res.partner", "is_outsourcing_client", True)
env["ir.attachment"].create({"name": "a.txt", "raw": b"a", "res_model": "crm.interaction", "res_id": interaction.id})
call = "crm_outsourcing_interactions.activity_type_call_in"
target.activity_schedule("mail.mail_activity_data_todo")
target.message_post(body="Look at it")
make("mail.activity.type", res_model="crm.interaction.target")
template = {"activity_type_id": env.ref(call).id, "responsible_type": "on_demand"}
make("mail.activity.plan", res_model="crm.interaction.target", template_ids=[(0, 0, template)])
planned = task.activity_schedule(call, summary="Planned")
task.activity_schedule(call, summary="Done").action_feedback(feedback="Done")
make("ir.ui.view", model="crm.interaction", type="list", arch="<list><field name='date' /></list>")
field = "<xpath expr='//sheet' position='inside'><field name='%s' /></xpath>"
for view, name in (("crm_interaction_view_form", "note"), ("base.view_partner_form", "is_outsourcing_client")):
    view = env.ref(view if "." in view else f"crm_outsourcing_interactions.{view}")
    make("ir.ui.view", name=f"With {name}", model=view.model, inherit_id=view.id, arch=field % name)
make("ir.filters", name="Clients", model_id="res.partner", domain="[('is_outsourcing_client', '=', True)]")
pointing = {"ttype": "many2one", "relation": "crm.interaction", "on_delete": "restrict"}
make("ir.model.fields", name="x_note", model_id=ours, ttype="char", state="manual")
make("ir.model.fields", name="x_last_id", model_id=model("res.partner"), state="manual", **pointing)
client.x_last_id = interaction
make("ir.model.fields", name="x_type_ids", model_id=model("res.partner"), state="manual", ttype="many2many",
     relation="crm.interaction.type")
env.ref("crm_outsourcing_interactions.dashboard_interactions").copy()
"""
LOG_AND_UNINSTALL = f"""
{USE}
assert env["crm.interaction"].search_count([]) == 1
lead = env["crm.lead"].create({{"name": "L"}})
{TAG}
{MAKE}
env.cr.commit()
env["ir.module.module"].search([("name", "=", "{NAME}")]).button_immediate_uninstall()
"""
SCHEMA = {
    "columns": "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'public'",
    "indexes": "SELECT indexname FROM pg_indexes WHERE schemaname = 'public'",
    "constraints": "SELECT conname FROM pg_constraint JOIN pg_namespace n ON n.oid = connamespace"
    " WHERE nspname = 'public'",
    "functions": "SELECT proname FROM pg_proc JOIN pg_namespace n ON n.oid = pronamespace WHERE nspname = 'public'",
    "triggers": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    "models": "SELECT model FROM ir_model",
    "fields": "SELECT model || '.' || name FROM ir_model_fields",
    "selections": "SELECT f.model || '.' || f.name || '.' || s.value FROM ir_model_fields_selection s"
    " JOIN ir_model_fields f ON f.id = s.field_id",
    "views": "SELECT COALESCE(key, name) FROM ir_ui_view WHERE active",
    "parameters": "SELECT key FROM ir_config_parameter",
    "crons": "SELECT cron_name FROM ir_cron",
    "groups": "SELECT name ->> 'en_US' FROM res_groups",
    "menus": "SELECT name ->> 'en_US' FROM ir_ui_menu",
    "actions": "SELECT name ->> 'en_US' FROM ir_actions",
    "filters": "SELECT name FROM ir_filters WHERE active",
    "exports": "SELECT resource FROM ir_exports",
    "rules": "SELECT name FROM ir_rule",
    "rights": "SELECT name FROM ir_model_access",
    "activity types": "SELECT name ->> 'en_US' FROM mail_activity_type",
    "plans": "SELECT name FROM mail_activity_plan",
    "defaults": "SELECT f.name FROM ir_default JOIN ir_model_fields f ON f.id = field_id",
    "dashboards": "SELECT name ->> 'en_US' FROM spreadsheet_dashboard WHERE is_published",
    "attachments": "SELECT DISTINCT res_model FROM ir_attachment WHERE res_model LIKE 'crm.interaction%'",
    "messages": "SELECT DISTINCT model FROM mail_message WHERE model LIKE 'crm.interaction%'",
    "templates": "SELECT name ->> 'en_US' FROM mail_template",
    "data": "SELECT module || '.' || name FROM ir_model_data",
}


@pytest.fixture(scope="module")
def left(sandbox):
    """Return a server, a database after use and uninstallation, the schema of one without the addon, and the log."""
    with contextlib.ExitStack() as stack:
        server = WholeServer(sandbox, stack)
        clean = schema(server, server.new_database(addon=False))
        database = server.new_database()
        server.shell(database, LOG_AND_UNINSTALL)
        yield server, database, clean, server.complaints(database)


def schema(server, database):
    return {what: {name for (name,) in server.sql(database, query)} for what, query in SCHEMA.items()}


def test_nothing_is_left(left):
    server, database, clean, _complaints = left
    after = schema(server, database)
    assert {what: after[what] - clean[what] for what in SCHEMA if after[what] - clean[what]} == {}
    assert {what: clean[what] - after[what] for what in SCHEMA if clean[what] - after[what]} == {}


def test_nothing_is_logged(left):
    assert left[-1] == []


def test_planned_work_stays(left):
    server, database, *_rest = left
    query = """SELECT a.summary, t.name ->> 'en_US' FROM mail_activity a JOIN mail_activity_type t
               ON t.id = activity_type_id ORDER BY a.summary"""
    assert server.sql(database, query) == [("Done", "Call"), ("Planned", "Call")]


def test_core_works_and_the_addon_can_come_back(left):
    server, database, _clean, _complaints = left
    server.shell(database, USE)
    server.odoo(database, "-i", NAME, "--stop-after-init", "--no-http")
    server.shell(database, f"{USE}\nassert env['crm.interaction'].search_count([]) == 1")
