"""Test the installation on a database in use: counting begins with the installation."""

import contextlib
import csv
import json
import pathlib

import pytest
from sandbox import install_log
from server import WholeServer

TABLE = pathlib.Path(__file__).parents[1] / "crm_outsourcing_interactions/tests/classification.csv"
LIVE = """
from odoo.tests.common import new_test_user
env["res.lang"]._activate_lang("ru_RU")
env["account.chart.template"].try_loading("generic_coa", env.company, install_demo=False)
staff = new_test_user(env, "accountant", groups="base.group_user,project.group_project_user")
client = env["res.partner"].create({"name": "Vector", "is_company": True, "email": "office@vector.example.com"})
project = env["project.project"].create({"name": "Bookkeeping", "partner_id": client.id})
task = env["project.task"].create({"name": "October", "project_id": project.id, "partner_id": client.id})
def work():
    task.with_user(staff).message_post(
        body="Please send", message_type="comment", subtype_xmlid="mail.mt_comment", partner_ids=client.ids
    )
    line = (0, 0, {"name": "Bookkeeping", "price_unit": 100})
    invoice = env["account.move"].create(
        {"move_type": "out_invoice", "partner_id": client.id, "invoice_line_ids": [line]}
    )
    invoice.action_post()
    env["account.payment.register"].with_context(
        active_model="account.move", active_ids=invoice.ids
    ).create({})._create_payments()
work()
task.state = "1_done"
env.cr.commit()
"""
AFTER = (
    """
import json
staff = env["res.users"].search([("login", "=", "accountant")])
client = env["res.partner"].search([("name", "=", "Vector")])
task = env["project.task"].search([("name", "=", "October")])
before = env["crm.interaction"].search_count([])
"""
    + LIVE[LIVE.index("def work") : LIVE.index("work()\ntask")]
    + """
work()
replay = env["crm.interaction.replay"].create({"date_from": "2000-01-01"})
replay.action_count()
env["crm.interaction.replay"]._cron_run()
Kind, Type = env["crm.interaction.kind"], env["crm.interaction.type"]
entries = [*Kind.search([]), *Type.search([])]
print(json.dumps({
    "before": before,
    "logged": sorted(env["crm.interaction"].search([]).mapped("event")),
    "found by replay": replay.new_count,
    "names": {entry.code: entry.with_context(lang="ru_RU").name for entry in entries},
    "accountant": staff.has_group("crm_outsourcing_interactions.group_user"),
    "admin": env.ref("base.user_admin").has_group("crm_outsourcing_interactions.group_manager"),
    "demo": bool(env.ref("crm_outsourcing_interactions.demo_vector", raise_if_not_found=False)),
}))
"""
)


@pytest.fixture(scope="module")
def installed(sandbox):
    """Return the state (dict) of a database in long use after installation."""
    with contextlib.ExitStack() as stack:
        server = WholeServer(sandbox, stack)
        database = server.new_database(addon=False)
        server.shell(database, LIVE)
        log = server.odoo(database, "-i", "crm_outsourcing_interactions", "--stop-after-init", "--no-http")
        found = json.loads(server.shell(database, AFTER).strip().splitlines()[-1])
        yield {**found, "warnings": install_log.complaints(log)}


def test_nothing_is_counted_at_installation(installed):
    assert installed["before"] == 0


def test_counting_begins_with_the_installation(installed):
    assert installed["logged"] == ["invoice_paid", "invoice_posted", "message_out"]


def test_replay_finds_earlier_data(installed):
    assert installed["found by replay"] == 4  # message, invoice, payment, task delivered


def test_names_are_russian_where_the_language_is_installed(installed):
    with TABLE.open(encoding="utf-8") as file:
        assert installed["names"] == {row["code"]: row["name_ru"] for row in csv.DictReader(file)}


def test_only_administrators_get_access_automatically(installed):
    assert (installed["accountant"], installed["admin"]) == (False, True)


def test_no_demo_data_and_no_warnings(installed):
    assert not installed["demo"]
    assert installed["warnings"] == []


HOOK = """
from odoo.modules.module import load_openerp_module
load_openerp_module("crm_outsourcing_interactions")
from odoo.addons.crm_outsourcing_interactions.live_install import pre_init_hook
pre_init_hook(env)
"""
OF_US = "LIKE 'crm\\_interaction%%'"
SHARED_SCHEMA = {
    "columns": "SELECT table_name, column_name, udt_name, is_nullable FROM information_schema.columns"
    " WHERE table_schema = 'public'",
    "keys and checks": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
    f" WHERE contype = 'f' OR conrelid::regclass::text NOT {OF_US}",
    "indexes": f"SELECT tablename, indexname, indexdef FROM pg_indexes WHERE tablename NOT {OF_US}",
    "descriptions": "SELECT model, info FROM ir_model WHERE model NOT LIKE 'crm.interaction%%' AND model != 'report."
    "crm_outsourcing_interactions.client_page'",
}
MADE_LATER = ("crm_interaction_hours",)
"""Tables and views of the addon that refer to no table of Odoo's."""


def shared_schema(server, database):
    """Return the parts of the schema whose creation locks tables of Odoo."""
    found = {what: set(server.sql(database, query)) for what, query in SHARED_SCHEMA.items()}
    return {what: {row for row in rows if not row[0].startswith(MADE_LATER)} for what, rows in found.items()}


def test_the_installation_itself_changes_no_table_of_odoo(server):
    database = server.new_database(addon=False)
    before = shared_schema(server, database)
    server.shell(database, f"{HOOK}\nenv.cr.commit()")
    made = shared_schema(server, database)
    server.odoo(database, "-i", "crm_outsourcing_interactions", "--stop-after-init", "--no-http")
    installed = shared_schema(server, database)
    assert {what: installed[what] ^ made[what] for what in made if installed[what] != made[what]} == {}
    assert all(made[what] - before[what] for what in made), "it is the hook that makes them"


def test_a_failed_installation_requires_nothing(server):
    database = server.new_database(addon=False)
    server.shell(database, f"{HOOK}\nenv.cr.rollback()")
    server.shell(database, "env['res.company'].create({'name': 'Second'})\nenv.cr.commit()")
    server.odoo(database, "-i", "crm_outsourcing_interactions", "--stop-after-init", "--no-http")
    query = "SELECT count(*) FROM res_company WHERE interaction_clients IS NULL"
    assert server.sql(database, query) == [(0,)]
