"""How fast history is replayed: run ``./setup/test tests/bench_replay.py -s``.

Messages are made by SQL; each is a contact with a client, the dearest case. Printed are messages
a second from reading to the committed interactions, and the share of the limit: one
``INSERT … SELECT`` of the same rows into the same table, with its indexes and foreign keys.
"""

import time

MESSAGES = 40_000
CLIENTS = 200
TASKS = 1000
PREPARE = f"""
clients = env["res.partner"].create([{{"name": f"Client {{i}}", "is_company": True}} for i in range({CLIENTS})])
people = env["res.partner"].create(
    [{{"name": f"Person {{i}}", "parent_id": c.id, "email": f"p{{i}}@example.com"}} for i, c in enumerate(clients)]
)
project = env["project.project"].create({{"name": "Bookkeeping"}})
tasks = env["project.task"].create(
    [{{"name": f"T{{i}}", "project_id": project.id, "partner_id": people[i % {CLIENTS}].id}} for i in range({TASKS})]
)
body = (
    "<p>Good afternoon,</p><p>please find the bank statements for the last month attached, and tell us what"
    " else you need for the VAT return.</p><p>" + "The usual remarks about the documents follow here. " * 8 + "</p>"
)
env.flush_all()
# every second one is written by the client of the task, the others by staff to that client
env.cr.execute(
    "INSERT INTO mail_message (message_id, date, model, res_id, subject, body, message_type, author_id, is_internal,"
    " record_company_id) SELECT '<bench-' || i || '@x>', now() - interval '1 day', 'project.task',"
    " (%(tasks)s::int[])[1 + i %% {TASKS}], 'Re: subject ' || i, %(body)s,"
    " CASE WHEN i %% 2 = 0 THEN 'email' ELSE 'comment' END,"
    " CASE WHEN i %% 2 = 0 THEN (%(people)s::int[])[1 + i %% {CLIENTS}] ELSE %(staff)s END, false, 1"
    " FROM generate_series(1, {MESSAGES}) i",
    {{"tasks": tasks.ids, "people": people.ids, "body": body, "staff": env.ref("base.user_admin").partner_id.id}},
)
env.cr.execute(
    "INSERT INTO mail_message_res_partner_rel (mail_message_id, res_partner_id) SELECT m.id, t.partner_id"
    " FROM mail_message m JOIN project_task t ON t.id = m.res_id WHERE m.message_id LIKE '<bench-%'"
    " AND m.message_type = 'comment'"
)
env["crm.interaction.replay"].create(
    {{"date_from": "2000-01-01", "invoices": False, "payments": False, "tasks": False, "ratings": False}}
).action_run()
env.cr.commit()
env.cr.execute("ANALYZE")
env.cr.commit()
"""
RUN = """
import time
replay = env["crm.interaction.replay"].search([])
start = time.perf_counter()
env["crm.interaction.replay"]._cron_run()
env.cr.commit()
print(time.perf_counter() - start, replay.read_count, replay.new_count)
"""


def test_replay(server):
    database = server.new_database()
    server.shell(database, PREPARE)
    seconds, _read, logged = server.shell(database, RUN).strip().splitlines()[-1].split()
    assert int(logged) == MESSAGES
    names = "SELECT column_name FROM information_schema.columns WHERE table_name = 'crm_interaction'"
    columns = ", ".join(f'"{name}"' for (name,) in server.sql(database, names) if name not in ("id", "origin_key"))
    copy = (
        f"INSERT INTO crm_interaction ({columns}, origin_key) SELECT {columns}, origin_key || '#' FROM crm_interaction"
    )
    start = time.perf_counter()
    server.sql(database, f"{copy} RETURNING id")
    limit = time.perf_counter() - start
    print(
        f"\n{MESSAGES} messages, {logged} logged: {float(seconds):.2f} s, {MESSAGES / float(seconds):.0f} a second;"
        f" INSERT … SELECT of the rows: {limit:.2f} s; share of that limit: {limit / float(seconds):.2f}"
    )
