"""Test programs outside Odoo: a telephone system over JSON-2, and Odoo's plug-in for mail clients."""

import contextlib
import json
import urllib.request

import pytest
from server import WholeServer

PREPARE = """
import json
from odoo import fields
from odoo.tests.common import new_test_user
soon = fields.Datetime.add(fields.Datetime.now(), days=1)
user = new_test_user(
    env, "staff", groups="crm_outsourcing_interactions.group_user,project.group_project_user", tz="UTC"
)
client = env["res.partner"].create(
    {"name": "Vector", "is_company": True, "customer_rank": 1, "user_id": user.id, "phone": "+3225550101"}
)
Keys = env["res.users.apikeys"].with_user(user)
scopes = ("rpc", "odoo.plugin.outlook")
print(json.dumps({"client": client.id, **{scope: Keys._generate(scope, scope, soon) for scope in scopes}}))
env.cr.commit()
"""
CALL = {"reference": "pbx-1", "phone": "+32 2 555 01 01", "type": "1.1.3", "channel": "phone", "duration": 0.1}


@pytest.fixture(scope="module")
def office(sandbox):
    """Serve a database with one client; yield it with the API keys of a member of staff."""
    with contextlib.ExitStack() as stack:
        server = WholeServer(sandbox, stack)
        database = server.new_database()
        server.odoo(database, "-i", "mail_plugin", "--stop-after-init", "--no-http")
        keys = json.loads(server.shell(database, PREPARE).strip().splitlines()[-1])
        url = stack.enter_context(server.serve(database))
        yield {"url": url, "database": database, "sql": lambda query: server.sql(database, query), **keys}


def post(office, path, key, payload):
    headers = {
        "Content-Type": "application/json",
        "Authorization": f"Bearer {key}",
        "X-Odoo-Database": office["database"],
    }
    request = urllib.request.Request(office["url"] + path, json.dumps(payload).encode(), headers)
    with urllib.request.urlopen(request, timeout=60) as response:
        return json.load(response)


def interactions(office, condition):
    return office["sql"](f"SELECT commercial_partner_id, channel, state FROM crm_interaction WHERE {condition}")


def test_call_from_a_telephone_system_counts_once(office):
    for _attempt in range(2):
        post(office, "/json/2/crm.interaction/log_interactions", office["rpc"], {"interactions": [CALL]})
    assert interactions(office, "origin_key LIKE '%pbx-1'") == [(office["client"], "phone", "confirmed")]


def test_mail_logged_by_the_plugin_is_to_review(office):
    message = {"model": "res.partner", "res_id": office["client"], "message": "<p>Please send the balance</p>"}
    answer = post(office, "/mail_plugin/log_mail_content", office["odoo.plugin.outlook"], {"params": message})
    assert answer["result"] is True
    assert interactions(office, "event = 'message_in'") == [(office["client"], "email", "to_review")]
