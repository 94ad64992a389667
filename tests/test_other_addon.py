"""Test with another addon that extends interactions: the ORM creates each one once, and none is lost."""

import contextlib
import json
import pathlib

import pytest
from server import WholeServer

ADDONS = pathlib.Path(__file__).parent / "addons"
PREPARE = """
client = env["res.partner"].create({"name": "Vector", "is_company": True, "customer_rank": 1, "email": "v@example.com"})
project = env["project.project"].create({"name": "P"})

def task(name):
    return env["project.task"].create({"name": name, "partner_id": client.id, "project_id": project.id})

def post(task):
    return task.message_post(
        body="Hi", message_type="comment", subtype_xmlid="mail.mt_comment", partner_ids=client.ids
    )

def event(task, key, env=env):
    from odoo.addons.crm_outsourcing_interactions.models.events.event import Event
    record = task.with_env(env)
    return Event(code="task_delivered", record=record, key=f"project.task,{task.id},{key}", company=env.company,
                 date=fields.Datetime.now(), partner=client.with_env(env), subject=task.name)

def run(events, env=env):
    return len(env["crm.interaction.pipeline"]._run(events))

def logged():
    return env["crm.interaction"].with_context(active_test=False).search([("create_date", ">=", begun)])

from odoo import fields
errors = env["crm.interaction.capture.error"]
env.cr.commit()
begun = env.cr.now()
"""
MESSAGE = """
message = post(task("October"))
row = logged().read(["event", "message_id", "price", "price_with_tax", "created_through"], load=None)
print(json.dumps([row, message.id, logged().partner_id == client, errors.search_count([])]))
"""
TWICE = """
october, november = task("October"), task("November")
again = event(october, "signed")
print(json.dumps([
    run([event(october, "signed")]), run([again]), again.logged_id,
    run([event(november, "signed"), event(november, "signed"), event(october, "signed"), event(october, "paid")]),
    sorted(logged().mapped("subject")), errors.search_count([]),
]))
"""
TWO_WORKERS = """
october, november = task("October"), task("November")
env.cr.commit()
with env.registry.cursor() as cr:
    slower = env(cr=cr)
    slower["crm.interaction"].search_count([])  # its transaction begins here
    first = run([event(october, "signed")])
    env.cr.commit()
    second = run([event(october, "signed", slower), event(november, "signed", slower)], slower)
    kept = slower["crm.interaction.capture.error"].search_count([])
env.cr.commit()
print(json.dumps([first, second, kept, sorted(logged().mapped("subject"))]))
"""
REFUSED = """
import logging
logging.disable(logging.CRITICAL)
env["ir.config_parameter"].set_param("crm_interaction_priced.forbidden", "Secret")
message = post(task("Secret"))
before = [bool(message.exists()), len(logged()), len(errors.search([])), errors.search([]).error]
env["ir.config_parameter"].set_param("crm_interaction_priced.forbidden", False)
errors.search([]).action_retry()
print(json.dumps([*before, logged().mapped("created_through"), errors.search_count([])]))
"""
OF_ANOTHER_MODEL = """
fields_ = env["ir.model.fields"]
vals = {"model_id": env["ir.model"]._get_id("res.partner"), "state": "manual"}
fields_.create({**vals, "name": "x_interaction_ids", "ttype": "one2many", "relation": "crm.interaction",
                "relation_field": "commercial_partner_id"})
fields_.create({**vals, "name": "x_last", "ttype": "datetime", "store": True, "depends": "x_interaction_ids.date",
                "compute": "for p in self:\\n    p['x_last'] = max(p.x_interaction_ids.mapped('date'), default=False)"})
before = client.x_last
post(task("October"))
env.flush_all()
env.invalidate_all()
print(json.dumps([before, client.x_last == logged().date, len(logged()), errors.search_count([])]))
"""
AUTOMATION = """
model = env["ir.model"]._get_id("crm.interaction")
rule = env["base.automation"].create({"name": "Note", "model_id": model, "trigger": "on_create_or_write"})
rule.action_server_ids = [(0, 0, {
    "name": "Note", "model_id": model, "state": "code", "usage": "base_automation",
    "code": "if not record.note: record.write({'note': 'Automatic'})",
})]
env.cr.commit()
post(task("October"))
notes = logged().mapped("note")
rule.unlink()
post(task("November"))
print(json.dumps([notes, logged().sorted("id").mapped("note"), errors.search_count([])]))
"""
ANSWERING = """
model = env["ir.model"]._get_id("crm.interaction")
rule = env["base.automation"].create({"name": "Answer", "model_id": model, "trigger": "on_create"})
rule.action_server_ids = [(0, 0, {
    "name": "Answer", "model_id": model, "state": "code", "usage": "base_automation",
    "code": "env[record.res_model].browse(record.res_id).message_post(body='Noted', message_type='comment',"
            " subtype_xmlid='mail.mt_comment', partner_ids=record.partner_id.ids)",
})]
env.cr.commit()
october = task("October")
post(october)
rule.unlink()
sent = october.message_ids.filtered(lambda message: message.message_type == "comment")
print(json.dumps([len(sent), len(logged() & logged().search([("res_id", "=", october.id)])), errors.search_count([])]))
"""
DROPPED = """
print(json.dumps([run([event(task("Free"), "a"), event(task("October"), "a")]), logged().mapped("subject")]))
"""


@contextlib.contextmanager
def beside(sandbox, module, **options):
    """Yield a function that runs code in a database with another ``module`` and returns what it printed, as JSON.

    :param options: of ``WholeServer``.
    """
    with contextlib.ExitStack() as stack:
        server = WholeServer(sandbox, stack, **options)
        database = server.new_database()
        server.odoo(database, "-i", module, "--stop-after-init", "--no-http")

        def run(code):
            return json.loads(server.shell(database, f"import json\n{PREPARE}\n{code}").strip().splitlines()[-1])

        yield run


@pytest.fixture(scope="module")
def printed(sandbox):
    """Return a function that runs code beside the other addon, see :func:`beside`."""
    with beside(sandbox, "crm_interaction_priced", more_addons=[ADDONS]) as run:
        yield run


@pytest.fixture(scope="module")
def automated(sandbox):
    """Return a function that runs code beside Odoo's automation rules, see :func:`beside`."""
    with beside(sandbox, "base_automation") as run:
        yield run


def test_a_message_goes_through_step_create_and_compute(printed):
    (logged,), message_id, is_of_client, errors = printed(MESSAGE)
    assert (logged["event"], logged["message_id"]) == ("message_out", message_id)
    assert (logged["price"], logged["price_with_tax"], logged["created_through"]) == (10.0, 12.0, "priced")
    assert (is_of_client, errors) == (True, 0)


def test_a_contact_reported_twice_is_one_interaction(printed):
    # of one batch, one is new and reported twice, one is known, and the last is neither
    assert printed(TWICE) == [1, 0, 0, 2, ["November", "October", "October"], 0]


def test_two_workers_log_a_contact_once_and_lose_none(printed):
    assert printed(TWO_WORKERS) == [1, 1, 0, ["November", "October"]]


def test_what_a_constraint_refuses_is_kept_for_a_retry(printed):
    posted, logged, kept, error, retried, left = printed(REFUSED)
    assert (posted, logged, kept, retried, left) == (True, 0, 1, ["priced"], 0)
    assert error == "ValidationError: This may not be logged."


def test_a_step_drops_one_contact_of_several(printed):
    assert printed(DROPPED) == [1, ["October"]]


def test_a_stored_compute_on_another_model_is_computed(automated):
    assert automated(OF_ANOTHER_MODEL) == [False, True, 1, 0]


def test_an_automation_rule_on_creation_runs(automated):
    assert automated(AUTOMATION) == [["Automatic"], ["Automatic", False], 0]


def test_an_automation_rule_that_answers_ends(automated):
    assert automated(ANSWERING) == [2, 2, 0]
