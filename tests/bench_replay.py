"""Measure the replay of history: run ``./setup/test tests/bench_replay.py -s``.

Messages are created by SQL; each is an interaction with a client, the most expensive case. It prints messages
a second from reading to the committed interactions, the CPU time of Python and PostgreSQL, which is
more reliable on a busy machine, and the share of the limit: one
``INSERT … SELECT`` of the same rows into the same table, with its indexes and foreign keys.
"""

MESSAGES = 40_000
CLIENTS = 200
TASKS = 1000
PREPARE = f"""
clients = env["res.partner"].create(
    [{{"name": f"Client {{i}}", "is_company": True, "customer_rank": 1}} for i in range({CLIENTS})]
)
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
CPU = """
import os, time
env.cr.execute("SELECT pg_backend_pid()")
stat = f"/proc/{env.cr.fetchone()[0]}/stat"

def database_seconds():
    user, system = open(stat).read().rsplit(")", 1)[1].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

start, python, database = time.perf_counter(), time.process_time(), database_seconds()
"""
REPORT = """
seconds = time.perf_counter() - start, time.process_time() - python, database_seconds() - database
"""
RUN = f"""
replay = env["crm.interaction.replay"].search([])
{CPU}
env["crm.interaction.replay"]._cron_run()
env.cr.commit()
{REPORT}
print(*seconds, replay.read_count, replay.new_count)
"""
COPY = f"""
names = [name for name, field in env["crm.interaction"]._fields.items() if field.store and field.column_type]
columns = ", ".join(name for name in names if name not in ("id", "origin_key"))
{CPU}
env.cr.execute(
    f"INSERT INTO crm_interaction ({{columns}}, origin_key) SELECT {{columns}}, origin_key || '#' FROM crm_interaction"
)
env.cr.commit()
{REPORT}
print(*seconds)
"""


def test_replay(server):
    database = server.new_database()
    server.shell(database, PREPARE)
    seconds, python, postgres, _read, logged = last_numbers(server.shell(database, RUN))
    assert int(logged) == MESSAGES
    limit, _nothing, least = last_numbers(server.shell(database, COPY))
    print(
        f"\n{MESSAGES} messages, {logged:.0f} logged: {seconds:.2f} s, {MESSAGES / seconds:.0f} a second;"
        f" processor: Python {python:.2f} s, PostgreSQL {postgres:.2f} s,"
        f" {MESSAGES / (python + postgres):.0f} a second of it;"
        f" INSERT … SELECT of the rows: {limit:.2f} s, processor {least:.2f} s;"
        f" share of that limit: {limit / seconds:.2f}, by processor {least / (python + postgres):.2f}"
    )


def last_numbers(output):
    """Return the numbers in the last line of a shell's output."""
    return [float(number) for number in output.strip().splitlines()[-1].split()]
