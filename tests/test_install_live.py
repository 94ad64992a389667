"""Test the installation while users work: run ``./setup/test tests/test_install_live.py -s`` for the figures.

``LIVE_MESSAGES=10000`` uses a smaller database.
"""

import contextlib
import json
import os
import time

import pytest
from sandbox import install_log

NAME = "crm_outsourcing_interactions"
OF_ODOO = "mass_mailing"  # adds columns and keys to tables that each message writes to
MESSAGES = int(os.environ.get("LIVE_MESSAGES", "1000000"))
PATIENCE = 120  # seconds
UNNOTICED = 1.0  # seconds
FILL = f"""
    SET session_replication_role = replica;
    INSERT INTO mail_message (message_id, date, model, res_id, subject, body, message_type, author_id)
    SELECT '<live-' || i || '@x>', now() - i * interval '1 minute', 'res.partner', 1, 'Question', '<p>Question</p>',
        'email', 3 FROM generate_series(1, {MESSAGES}) i;
    INSERT INTO res_partner (name, complete_name, active, is_company, user_id, autopost_bills)
    SELECT 'Client ' || i, 'Client ' || i, TRUE, TRUE, 2, 'ask' FROM generate_series(1, {MESSAGES // 50}) i;
"""
WITHOUT_ACCOUNTANT = (
    "SELECT count(*) FROM res_partner WHERE name LIKE 'Client %' AND interaction_accountant_id IS DISTINCT FROM 2"
)
POST = """
import json, pathlib, psycopg2.errors, time
client = env["res.partner"].create({{"name": "Vector", "is_company": True, "email": "office@vector.example.com"}})
project = env["project.project"].create({{"name": "Bookkeeping", "partner_id": client.id}})
task = env["project.task"].create({{"name": "October", "project_id": project.id, "partner_id": client.id}})
env.cr.commit()
folder, waits, errors, retries = pathlib.Path("{folder}"), [], [], []

def work():
    task.message_post(body="Hi", message_type="comment", subtype_xmlid="mail.mt_comment", partner_ids=client.ids)
    task.activity_schedule("mail.mail_activity_data_todo")
    client.comment = f"Written {{len(waits)}}"
    env.cr.commit()

while not (folder / "stop").exists():
    start = time.perf_counter()
    try:
        work()
    except psycopg2.errors.SerializationFailure as error:
        env.cr.rollback()
        retries.append(str(error))
        work()  # as Odoo does with each request
    except Exception as error:
        env.cr.rollback()
        errors.append(f"{{type(error).__name__}}: {{error}}")
    waits.append(time.perf_counter() - start)
    (folder / "posted").write_text(json.dumps([waits, errors, retries]))
    time.sleep(0.1)
"""


@contextlib.contextmanager
def poster(server, database, folder):
    """Write to a client, plan an activity and edit a contact every 0.1 s; yield delays and errors."""
    folder.mkdir()
    odoo = server.odoo_process(database, "shell", "--no-http", "--max-cron-threads=0")
    odoo.stdin.write(POST.format(folder=folder).encode())
    odoo.stdin.close()
    noticed = {}
    _wait_until((folder / "posted").exists)
    time.sleep(2)
    try:
        yield noticed
        time.sleep(2)
    finally:
        (folder / "stop").touch()
        odoo.wait(PATIENCE)
    waits, noticed["errors"], retries = json.loads((folder / "posted").read_text())
    noticed["retried"] = len(retries)
    noticed["posts"], noticed["longest wait"] = len(waits), round(max(waits[1:]), 2)


def _wait_until(is_so):
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline, "in vain"
        time.sleep(0.1)


def install(server, module, folder):
    """Install a module while a user works; return the user's delays and errors, and Odoo's warnings."""
    database = server.new_database(addon=False)
    server.sql(database, FILL)
    with poster(server, database, folder) as noticed:
        start = time.monotonic()
        log = server.odoo(database, "-i", module, "--stop-after-init", "--no-http", "--max-cron-threads=0")
        noticed["seconds"] = round(time.monotonic() - start, 1)
    print(f"\n{module}, {MESSAGES} messages: {noticed}", flush=True)
    return database, noticed, install_log.complaints(log)


@pytest.mark.slow
def test_nobody_notices_the_installation(server, tmp_path):
    database, ours, complaints = install(server, NAME, tmp_path / "ours")
    assert complaints == []
    assert ours["errors"] == []
    _database, of_odoo, _complaints = install(server, OF_ODOO, tmp_path / "odoo")
    assert ours["longest wait"] <= max(UNNOTICED, of_odoo["longest wait"])
    assert server.sql(database, WITHOUT_ACCOUNTANT) == [(0,)]
