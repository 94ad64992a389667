"""Uninstallation leaves the database as it was, and the addon can be installed again."""

import contextlib

import pytest
from server import WholeServer

NAME = "crm_outsourcing_interactions"
USE = """
client = env["res.partner"].create({"name": "Vector", "is_company": True})
task = env["project.task"].create({"name": "October", "partner_id": client.id,
                                   "project_id": env["project.project"].create({"name": "P"}).id})
task.message_post(body="Hi", message_type="comment", subtype_xmlid="mail.mt_comment", partner_ids=client.ids)
"""
LOG_AND_UNINSTALL = f"""
{USE}
assert env["crm.interaction"].search_count([]) == 1
lead = env["crm.lead"].create({{"name": "L"}})
norm = {{"measure": "contacts_month", "bound": "ceiling", "high": 0.5, "partner_id": client.id}}
env["crm.interaction.norm"].create(norm)
env["crm.interaction.indicator"]._refresh(env.company)
assert client.activity_ids and env["crm.interaction.indicator"].search([], limit=1).breach == "open"
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
    "views": "SELECT COALESCE(key, name) FROM ir_ui_view",
    "parameters": "SELECT key FROM ir_config_parameter",
    "crons": "SELECT cron_name FROM ir_cron",
    "groups": "SELECT name ->> 'en_US' FROM res_groups",
    "menus": "SELECT name ->> 'en_US' FROM ir_ui_menu",
    "data": "SELECT module || '.' || name FROM ir_model_data",
}


@pytest.fixture(scope="module")
def left(sandbox):
    """A server, a database whose addon was used and uninstalled, and the schema of one that never had it."""
    with contextlib.ExitStack() as stack:
        server = WholeServer(sandbox, stack)
        clean = schema(server, server.new_database(addon=False))
        database = server.new_database()
        server.shell(database, LOG_AND_UNINSTALL)
        yield server, database, clean


def schema(server, database):
    return {what: {name for (name,) in server.sql(database, query)} for what, query in SCHEMA.items()}


def test_nothing_is_left(left):
    server, database, clean = left
    after = schema(server, database)
    assert {what: after[what] - clean[what] for what in SCHEMA if after[what] - clean[what]} == {}
    assert {what: clean[what] - after[what] for what in SCHEMA if clean[what] - after[what]} == {}


def test_core_works_and_the_addon_can_come_back(left):
    server, database, _clean = left
    server.shell(database, USE)
    server.odoo(database, "-i", NAME, "--stop-after-init", "--no-http")
    server.shell(database, f"{USE}\nassert env['crm.interaction'].search_count([]) == 1")
