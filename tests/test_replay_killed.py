"""Check that each interaction counts once when a worker is killed."""

import time

MANY = 12_000
HISTORY = f"""
client = env["res.partner"].create(
    {{"name": "Vector", "is_company": True, "customer_rank": 1, "email": "office@vector.example.com"}}
)
env.cr.execute(
    "INSERT INTO mail_message (message_id, date, model, res_id, subject, body, message_type, author_id, is_internal,"
    " record_company_id) SELECT '<history-' || i || '@x>', now() - interval '1 day', 'res.partner', %s,"
    " 'Question', '<p>Please look at it</p>', 'email', %s, false, 1 FROM generate_series(1, {MANY}) i",
    [client.id, client.id],
)
replay = env["crm.interaction.replay"].create({{
    "date_from": "2000-01-01", "invoices": False, "payments": False, "tasks": False, "ratings": False
}})
replay.action_run()
env.cr.commit()
"""
RUN = "env['crm.interaction.replay']._cron_run()\nenv.cr.commit()"
LOGGED = "SELECT count(*), count(DISTINCT message_id) FROM crm_interaction WHERE event = 'message_in'"


def test_killed_replay_goes_on_where_it_was(server):
    database = server.new_database()
    server.shell(database, HISTORY)
    odoo = server.odoo_process(database, "shell", "--no-http")
    odoo.stdin.write(RUN.encode())
    odoo.stdin.close()
    deadline = time.monotonic() + 60
    while not server.sql(database, LOGGED)[0][0] and time.monotonic() < deadline:
        time.sleep(0.02)
    odoo.kill()
    odoo.wait()
    after_kill = server.sql(database, LOGGED)[0][0]
    assert 0 < after_kill < MANY, "killed after a batch, before the last"
    server.shell(database, RUN)
    assert server.sql(database, LOGGED) == [(MANY, MANY)]
    assert server.sql(database, "SELECT state, new_count FROM crm_interaction_replay") == [("done", MANY)]
