"""Measure pivots of a million rows and the cost of aggregates: run ``./setup/test tests/bench_pivots.py -s``.

``BENCH_ROWS=10000000 ./setup/test tests/bench_pivots.py -s`` uses ten million (some 10 GB of disk). The data
are created by SQL, without indexes, foreign keys and triggers, and the aggregates rebuilt: 500 clients, 5 years, 4
kinds, 16 types, 30 users, in the order of their dates. Pivots are read like in the web client, through the ORM, with
names. It prints medians in milliseconds of: ours; Odoo's standard path on the same rows (by the stored month, and,
where the pivot has months, by ``date:month`` as without this addon); bare SQL for the finest groups on a table of
eight columns; and, up to a million rows, Odoo's own ``crm.activity.report``. Finally it writes with and without
aggregates, in alternating blocks.
"""

import contextlib
import functools
import os
import statistics
import time

from odoo import SUPERUSER_ID, api, tools
from odoo.modules.registry import Registry
from odoo.sql_db import db_connect

from odoo.addons.crm_outsourcing_interactions.models.events.marks import marked
from odoo.addons.crm_outsourcing_interactions.models.totals.plan import PENDING, TOTALS

ROWS = int(os.environ.get("BENCH_ROWS", "1000000"))
REPORT_ROWS = min(ROWS, 1_000_000)
CLIENTS, USERS, DAYS = 500, 30, 5 * 365
SLOW_RUNS, RUNS = (3, 9) if ROWS <= 2_000_000 else (1, 5)
BLOCKS, SINGLES, BATCH = 8, 100, 1000
ALIKE = "SET session_replication_role = replica"
INDEXES = """
    SELECT indexname, indexdef FROM pg_indexes LEFT JOIN pg_constraint ON conname = indexname
    WHERE tablename = '{table}' AND conname IS NULL
"""
FILL = """
    INSERT INTO crm_interaction (date, month, type_id, suggested_type_id, kind_id, direction, partner_id,
        commercial_partner_id, user_id, company_id, channel, event, service_id, polarity, state, quality, duration,
        active, classified_by, why, subject, res_model, res_id, origin_key, create_uid, write_uid, create_date,
        write_date)
    SELECT moment, date_trunc('month', timezone('Europe/Brussels', timezone('UTC', moment)))::date, type.id, type.id,
        type.kind_id, type.direction, client, client, users[1 + floor(random() * array_length(users, 1))::int], 1,
        (ARRAY['email', 'email', 'phone', 'document'])[way],
        (ARRAY['message_in', 'message_out', NULL, 'invoice_sent'])[way], services[1 + client %% cardinality(services)],
        CASE WHEN random() < 0.03 THEN 'negative' END, CASE WHEN type.id IS NULL THEN 'to_review' ELSE 'confirmed' END,
        CASE WHEN type.id IS NULL THEN 'unclassified' WHEN random() < 0.1 THEN 'corrected' ELSE 'confirmed' END,
        round(random()::numeric, 2), TRUE, 'rule', '{{"code": "rule", "name": "Message of a client"}}'::jsonb,
        'Re: documents for the month ' || i %% 60, 'project.task', i %% 100000,
        'message-' || i || '@client.example.com', 2, 2, moment, moment
    FROM (
        SELECT i, timestamp '2026-10-31 12:00' - random() * interval '{days} days' AS moment,
            clients[1 + floor(power(random(), 1.5) * array_length(clients, 1))::int] AS client,
            CASE WHEN random() < 0.95 THEN types[1 + floor(random() * array_length(types, 1))::int] END AS type_id,
            users, 1 + floor(random() * 4)::int AS way, ARRAY(SELECT id FROM crm_interaction_service) AS services
        FROM generate_series(1, {rows}) AS i,
            (SELECT %s::int[] AS clients, %s::int[] AS users, %s::int[] AS types) AS those
    ) AS made LEFT JOIN crm_interaction_type type ON type.id = made.type_id
    ORDER BY moment
"""
NARROW = """
    CREATE TABLE bench_narrow AS
    SELECT month, commercial_partner_id, user_id, type_id, kind_id, channel, event, duration FROM crm_interaction
"""
MESSAGES = """
    INSERT INTO mail_message (date, model, res_id, author_id, message_type, subtype_id, mail_activity_type_id)
    SELECT timestamp '2026-10-31 12:00' - random() * interval '{days} days', 'crm.lead',
        leads[1 + floor(random() * array_length(leads, 1))::int],
        people[1 + floor(random() * array_length(people, 1))::int],
        'notification', %s, types[1 + floor(random() * array_length(types, 1))::int]
    FROM generate_series(1, {rows}), (SELECT %s::int[] AS leads, %s::int[] AS people, %s::int[] AS types) AS those
"""
YEAR = [("month", ">=", "2025-11-01")]
PHONE = [("channel", "=", "phone")]
PIVOTS = {
    "kind × month, all time": (["kind_id"], ["month:month"], []),
    "kind × month, 12 months": (["kind_id"], ["month:month"], YEAR),
    "client × kind, all time": (["commercial_partner_id"], ["kind_id"], []),
    "user × type, all time": (["user_id"], ["type_id"], []),
    "client × month, 12 months": (["commercial_partner_id"], ["month:month"], YEAR),
    "ratios by client, all time": (["commercial_partner_id"], [], []),
    "one client, type × month": (["type_id"], ["month:month"], [("commercial_partner_id", "=", "CLIENT")]),
    "channel × month, all time": (["channel"], ["month:month"], []),
    "kind × month of one channel": (["kind_id"], ["month:month"], PHONE),
    "type × channel, all time": (["type_id"], ["channel"], []),
    "client × user, all time": (["commercial_partner_id"], ["user_id"], []),
    "client × type, all time": (["commercial_partner_id"], ["type_id"], []),
    "user × channel, all time": (["user_id"], ["channel"], []),
    "kind × month of one user, channel": (["kind_id"], ["month:month"], [("user_id", "=", "USER"), *PHONE]),
    "event × kind of one client": (["event"], ["kind_id"], [("commercial_partner_id", "=", "CLIENT")]),
    "user × event, all time": (["user_id"], ["event"], []),
    "client × channel, all time": (["commercial_partner_id"], ["channel"], []),
    "client × channel, 12 months": (["commercial_partner_id"], ["channel"], YEAR),
    "type × user and channel, all time": (["type_id"], ["user_id", "channel"], []),
}
MEASURES = ["__count", "duration:sum", "improvement_ratio:avg"]
REPORTS = {
    "crm.activity.report: user × type": (["user_id"], ["mail_activity_type_id"]),
    "crm.activity.report: client × month": (["partner_id"], ["date:month"]),
}


def test_pivots(server, monkeypatch):
    monkeypatch.setitem(tools.config, "test_enable", False)  # otherwise loading a registry collects tests
    database = server.new_database()
    client_ids, user_ids = prepare(database)
    with contextlib.closing(Registry(database).cursor()) as cursor:
        env = api.Environment(cursor, SUPERUSER_ID, {})
        with said(f"{REPORT_ROWS} activities for crm.activity.report"):
            activities(env, client_ids, user_ids)
        with said("vacuum"), contextlib.closing(db_connect(database).cursor()) as other:
            other.rollback()
            other._cnx.autocommit = True
            for table in ("crm_interaction", *aggregates(), "bench_narrow", "mail_message"):
                other.execute(f"VACUUM ANALYZE {table}")
        env.cr.commit()
        read(env, client_ids, user_ids)
        write(env, client_ids, user_ids)


@contextlib.contextmanager
def said(what):
    start = time.perf_counter()
    yield
    print(f"\n{what}: {time.perf_counter() - start:.0f} s", end="", flush=True)


def aggregates():
    return tuple(table.name for table in (PENDING, *TOTALS))


# --- data -------------------------------------------------------------------------------


def prepare(database):
    """Fill the database with interactions; return the ids of their clients and users."""
    with contextlib.closing(Registry(database).cursor()) as cursor:
        env = api.Environment(cursor, SUPERUSER_ID, {})
        with said(f"{ROWS} interactions"):
            client_ids, user_ids = people(env)
            fill(env, client_ids, user_ids)
        with said("aggregates rebuilt"):
            env["crm.interaction.total"]._rebuild()
            env.cr.commit()
    return client_ids, user_ids


def people(env):
    env.company.interaction_tz = "Europe/Brussels"
    clients = env["res.partner"].create([{"name": f"Client {i:03}", "is_company": True} for i in range(CLIENTS)])
    manager = env.ref("crm_outsourcing_interactions.group_manager")
    users = env["res.users"].with_context(no_reset_password=True)
    users = users.create([{"name": f"User {i}", "login": f"u{i}", "group_ids": manager.ids} for i in range(USERS)])
    env.cr.commit()
    return clients.ids, users.ids


@contextlib.contextmanager
def bare(env, table):
    """Drop indexes, foreign keys and triggers of a table while it is filled; restore them at the end."""
    env.cr.execute(ALIKE)
    env.cr.execute(INDEXES.format(table=table))
    indexes = env.cr.fetchall()
    for name, _definition in indexes:
        env.cr.execute(f'DROP INDEX "{name}"')
    yield
    env.cr.execute("SET session_replication_role = DEFAULT; SET maintenance_work_mem = '512MB'")
    for _name, definition in indexes:
        env.cr.execute(definition)
    env.cr.commit()


def fill(env, client_ids, user_ids):
    types = env["crm.interaction.type"].search([("is_group", "=", False)]).ids
    with bare(env, "crm_interaction"):
        env.cr.execute(FILL.format(rows=ROWS, days=DAYS), [client_ids, user_ids, types])
        env.cr.execute(NARROW)


def activities(env, client_ids, user_ids):
    env = env(context={**env.context, "tracking_disable": True, "mail_create_nosubscribe": True})
    people = env["res.users"].browse(user_ids).partner_id.ids
    leads = env["crm.lead"].create(
        [
            {"name": f"Lead {i}", "type": "opportunity", "user_id": user_ids[i % USERS], "partner_id": client_id}
            for i, client_id in enumerate(client_ids)
        ]
    )
    types = env["mail.activity.type"].search([]).ids
    env.flush_all()
    with bare(env, "mail_message"):
        done = env.ref("mail.mt_activities").id
        env.cr.execute(MESSAGES.format(rows=REPORT_ROWS, days=DAYS), [done, leads.ids, people, types])


# --- reading ----------------------------------------------------------------------------


def median(run, times):
    """Return the median of ``times`` runs after a warm-up, which is omitted for a single run."""
    if times > 1:
        run()
    return statistics.median(measured(run) for _number in range(times))


def measured(run):
    start = time.perf_counter()
    run()
    return 1000 * (time.perf_counter() - start)


def pivot(model, rows, columns, domain, measures):
    """Read like the pivot view: cells, totals of rows and columns, grand total."""
    sets = [rows + columns, rows, columns, []] if columns else [rows, []]
    model.env.invalidate_all()
    return model.formatted_read_grouping_sets(domain, sets, measures)


def read(env, client_ids, user_ids):
    some = {"CLIENT": client_ids[7], "USER": user_ids[7]}
    context = {"lang": "en_US", "tz": "Europe/Brussels"}
    model = env["crm.interaction"].with_user(env.ref("base.user_admin")).with_context(**context)
    print(f"\n\n{'milliseconds':38}{'ours':>8}{'Odoo':>9}{'date:month':>12}{'bare SQL':>10}   ours/Odoo  ours/bare")
    for name, (rows, columns, domain) in PIVOTS.items():
        filled = [(*leaf[:2], some.get(leaf[2], leaf[2])) for leaf in domain]
        line(name, model, rows, columns, filled)
    report = env["crm.activity.report"].with_user(env.ref("base.user_admin")).with_context(**context)
    for name, (rows, columns) in REPORTS.items():
        asked = functools.partial(pivot, report, rows, columns, [], ["__count"])
        print(f"{name:38}{median(asked, SLOW_RUNS):8.0f}", flush=True)


def line(name, model, rows, columns, domain):
    odoo = marked(model, "interaction_standard_read")
    ours = median(lambda: pivot(model, rows, columns, domain, MEASURES), RUNS)
    standard = median(lambda: pivot(odoo, rows, columns, domain, MEASURES), SLOW_RUNS)
    bare_sql = median(lambda: narrow(model.env, rows + columns, domain), RUNS)
    by_date = ""
    if columns == ["month:month"]:
        by_date = f"{median(lambda: pivot(odoo, rows, ['date:month'], domain, MEASURES), SLOW_RUNS):.0f}"
    ratios = f"{ours / standard:12.3f}{ours / bare_sql:11.2f}"
    print(f"{name:38}{ours:8.1f}{standard:9.0f}{by_date:>12}{bare_sql:10.0f}{ratios}", flush=True)


def narrow(env, specs, domain):
    """Group the narrow table by the finest groups."""
    columns = ", ".join(spec.partition(":")[0] for spec in specs)
    where = " AND ".join(f"{name} {operator} %s" for name, operator, _value in domain) or "TRUE"
    env.cr.execute(
        f"SELECT {columns}, COUNT(*), SUM(duration), COUNT(*) FILTER (WHERE kind_id = ANY('{{1,4}}')),"
        f" COUNT(*) FILTER (WHERE kind_id = 2) FROM bench_narrow WHERE {where} GROUP BY {columns}",
        [value for _name, _operator, value in domain],
    )
    return env.cr.fetchall()


# --- writing ----------------------------------------------------------------------------


def write(env, client_ids, user_ids):
    """Write like capture and users, alternately with and without the triggers of the aggregates, and roll back."""
    model = env["crm.interaction"]
    numbers = iter(range(10**9))
    print(f"\n{'milliseconds a call':38}{'with':>8}{'without':>9}{'ratio':>8}")
    for name, run, calls in (
        ("capture of 1 row", lambda: insert(model, client_ids, user_ids, numbers, 1), SINGLES),
        (f"capture of {BATCH} rows", lambda: insert(model, client_ids, user_ids, numbers, BATCH), 3),
        ("create() of 1 row", lambda: create(model, client_ids, user_ids, 1), SINGLES),
        ("another type for 1 row", lambda: type_change(model, numbers, 1), SINGLES),
        (f"another type for {BATCH} rows", lambda: type_change(model, numbers, BATCH), 3),
    ):
        times = {"ENABLE": [], "DISABLE": []}
        for _block in range(BLOCKS):
            for switch, of_switch in times.items():
                env.cr.execute(f"ALTER TABLE crm_interaction {switch} TRIGGER USER")
                run()
                of_switch.append(statistics.median(measured(run) for _number in range(calls)))
        ratios = [one / other for one, other in zip(times["ENABLE"], times["DISABLE"], strict=True)]
        one, other = (statistics.median(of_switch) for of_switch in times.values())
        print(f"{name:38}{one:8.2f}{other:9.2f}{statistics.median(ratios):8.2f}", flush=True)
    env.cr.rollback()


def values(client_ids, user_ids, number):
    client = client_ids[number * 7 % CLIENTS]
    return {"partner_id": client, "commercial_partner_id": client, "user_id": user_ids[number % USERS]}


def insert(model, client_ids, user_ids, numbers, size):
    type_ = model.env["crm.interaction.type"]._by_code("1.1.2")
    fixed = {
        "date": "2026-11-02 10:00:00",
        "month": "2026-11-01",
        "type_id": type_.id,
        "kind_id": type_.kind_id.id,
        "direction": "incoming",
        "company_id": 1,
        "channel": "email",
        "state": "confirmed",
        "quality": "confirmed",
        "active": True,
        "subject": "Documents",
        "res_model": "project.task",
        "res_id": 1,
        "duration": 0.1,
    }
    batch = [
        {**fixed, **values(client_ids, user_ids, number), "origin_key": f"bench-{number}"}
        for number in (next(numbers) for _row in range(size))
    ]
    model._insert_once(batch)


def type_change(model, numbers, size):
    """Change the type of the first interactions as a user, to a different one each time."""
    types = model.env["crm.interaction.type"].search([("is_group", "=", False), ("direction", "=", "incoming")])
    interactions = model.search([], order="id", limit=size)
    interactions.type_id = types[next(numbers) % len(types)]
    model.env.flush_all()


def create(model, client_ids, user_ids, size):
    vals = {"partner_id": client_ids[3], "user_id": user_ids[3], "channel": "phone"}
    model.create([vals] * size)
    model.env.flush_all()
