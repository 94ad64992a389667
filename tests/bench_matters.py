"""Measure lists and pivots of answer times: run ``./setup/test tests/bench_matters.py -s``.

A million interactions in 200,000 matters of 500 clients in five years (1 % of them open, 3 % divided between two
persons) are made by SQL and read like in the web client, through the ORM, with names: by a manager, and by a user who
sees the matters of every 30th client. It prints medians in milliseconds. ``BENCH_ROWS`` and ``BENCH_MATTERS`` change
the numbers.
"""

import contextlib
import functools
import os

from bench_pivots import DAYS, ROWS, bare, fill, median, people, pivot, said

from odoo import SUPERUSER_ID, api, tools
from odoo.modules.registry import Registry
from odoo.sql_db import db_connect

MATTERS = int(os.environ.get("BENCH_MATTERS", "200000"))
RUNS = 7
HALF_YEAR = [("month", ">=", "2026-05-01"), ("asked_by", "!=", False), ("from_history", "=", False)]
EVER = HALF_YEAR[1:]
OF_HALF_YEAR = [("date_from", ">=", "2026-05-01"), ("matter_id.from_history", "=", False)]
WAITING_FOR_US = [("is_open", "=", True), "|", ("waiting", "=", "us"), ("perhaps", "=", True)]
WAITING_FOR_US += [("waiting", "!=", "nobody")]
"""The action with its default filter."""
OF_TEAM = ["our_due_count:sum", "our_in_time:avg", "our_median:median", "our_median_most:median"]
OF_TEAM += ["interactions_per_matter:avg", "__count"]
OF_PERSON = [*OF_TEAM[:4], "our_hours:sum", "__count"]
OF_TURNS = ["days:sum", "__count"]
PIVOTS = {
    "matter": [
        ("client, 6 months", ["commercial_partner_id"], [], HALF_YEAR, OF_TEAM),
        ("client × month, 6 months", ["commercial_partner_id"], ["month:month"], HALF_YEAR, OF_TEAM),
        ("type × month, 6 months", ["type_id"], ["month:month"], HALF_YEAR, OF_TEAM),
        ("accountant, 6 months", ["accountant_id"], [], HALF_YEAR, OF_TEAM),
        ("client, all time", ["commercial_partner_id"], [], EVER, OF_TEAM),
        ("client × month, all time", ["commercial_partner_id"], ["month:month"], EVER, OF_TEAM),
        ("client, all time, without medians", ["commercial_partner_id"], [], EVER, [*OF_TEAM[:2], "__count"]),
        ("month, all time", ["month:month"], [], EVER, OF_TEAM),
    ],
    "matter.person": [
        ("person, 6 months", ["person_id"], [], [*HALF_YEAR[:1], EVER[1]], OF_PERSON),
        ("person × month, 6 months", ["person_id"], ["month:month"], [*HALF_YEAR[:1], EVER[1]], OF_PERSON),
        ("person, all time", ["person_id"], [], EVER[1:], OF_PERSON),
    ],
    "matter.turn": [
        ("client × side, 6 months", ["commercial_partner_id"], ["side"], OF_HALF_YEAR, OF_TURNS),
        ("client × side, all time", ["commercial_partner_id"], ["side"], OF_HALF_YEAR[1:], OF_TURNS),
        ("month × side, 6 months", ["date_from:month"], ["side"], OF_HALF_YEAR, OF_TURNS),
        ("month × side, all time", ["date_from:month"], ["side"], OF_HALF_YEAR[1:], OF_TURNS),
    ],
}
LISTS = {
    "answer times, 6 months": ("matter", HALF_YEAR, "opened_on desc, id desc"),
    "late ones, 6 months": ("matter", [*HALF_YEAR, ("our_state", "=", "late")], "opened_on desc, id desc"),
    "answer times, all time": ("matter", EVER, "opened_on desc, id desc"),
    "waiting for us": ("matter", WAITING_FOR_US, None),
    "by person, 6 months": ("matter.person", [*HALF_YEAR[:1], EVER[1]], None),
}
FIELDS = {
    "matter": ["opened_on", "commercial_partner_id", "type_id", "accountant_id", "our_due", "our_hours", "our_state"],
    "matter.person": ["our_asked_on", "person_id", "commercial_partner_id", "type_id", "our_hours", "our_state"],
}
FILL = """
    INSERT INTO crm_interaction_matter (active, company_id, commercial_partner_id, user_id, type_id, asked_by, waiting,
        is_open, opened_on, last_on, month, our_asked_on, our_due, our_answered_on, our_late, our_hours, their_late,
        hours_us, hours_client, interaction_count, reopened, from_history, is_shared, answer_user_id,
        answer_user_hours, as_of, closed_on, waiting_since, perhaps, late, is_complaint, turns, reminders, hours,
        create_uid, write_uid, create_date, write_date)
    SELECT TRUE, 1, client, person, type_id, 'client', CASE WHEN is_open THEN 'us' ELSE 'nobody' END, is_open, asked,
        asked + used, date_trunc('month', asked + interval '9 hours')::date, asked, asked + interval '9 hours',
        CASE WHEN NOT is_open THEN asked + used END, hours > 9, hours, FALSE, hours, hours / 2, 5,
        (random() < 0.1)::int, FALSE, random() < 0.03, person, hours, timestamp '2026-10-31 12:00',
        CASE WHEN NOT is_open THEN asked + used END, CASE WHEN is_open THEN asked END, FALSE, hours > 9,
        random() < 0.02, 2, 0, 1, 2, 2, asked, asked
      FROM (SELECT timestamp '2026-10-31 12:00' - random() * interval '{days} days' AS asked,
                   random() < 0.01 AS is_open,
                   clients[1 + floor(power(random(), 1.5) * array_length(clients, 1))::int] AS client,
                   users[1 + floor(random() * array_length(users, 1))::int] AS person,
                   types[1 + floor(random() * array_length(types, 1))::int] AS type_id,
                   round((-ln(random()) * 8)::numeric, 2)::float AS hours, random() * interval '3 days' AS used
              FROM generate_series(1, {rows}), (SELECT %s::int[] AS clients, %s::int[] AS users, %s::int[] AS types) t
             ORDER BY asked) made
"""
LINK = """
    UPDATE crm_interaction i SET matter_id = first + i.id %% {rows}
      FROM (SELECT MIN(id) AS first FROM crm_interaction_matter) m
"""
TURNS = """
    INSERT INTO crm_interaction_matter_turn (matter_id, side, user_id, start, date_from, date_to, hours, create_uid,
        write_uid, create_date, write_date)
    SELECT id, side, user_id, opened_on, opened_on, last_on, hours_us, 2, 2, opened_on, opened_on
      FROM crm_interaction_matter, (VALUES ('us'), ('client')) sides (side)
"""
SHARES = """
    INSERT INTO crm_interaction_matter_share (matter_id, user_id, hours, is_answerer, create_uid, write_uid,
        create_date, write_date)
    SELECT id, answer_user_id, 1, FALSE, 2, 2, opened_on, opened_on FROM crm_interaction_matter WHERE is_shared
"""


def test_matters(server, monkeypatch):
    monkeypatch.setitem(tools.config, "test_enable", False)  # otherwise loading a registry collects tests
    database = server.new_database()
    with contextlib.closing(Registry(database).cursor()) as cursor:
        env = api.Environment(cursor, SUPERUSER_ID, {})
        with said(f"{ROWS} interactions, {MATTERS} matters"):
            client_ids, user_ids = people(env)
            fill(env, client_ids, user_ids)
            matters(env, client_ids, user_ids)
        reader = reader_of(env, client_ids[::30])
        with contextlib.closing(db_connect(database).cursor()) as other:
            other.rollback()
            other._cnx.autocommit = True
            for table in ("crm_interaction", *("crm_interaction_matter" + t for t in ("", "_turn", "_share"))):
                other.execute(f"VACUUM ANALYZE {table}")
        env.cr.commit()
        read(env, [env.ref("base.user_admin"), reader])


def matters(env, client_ids, user_ids):
    types = env["crm.interaction.type"].search([("is_group", "=", False), ("direction", "=", "incoming")]).ids
    env.cr.execute(FILL.format(rows=MATTERS, days=DAYS), [client_ids, user_ids, types])
    with bare(env, "crm_interaction"):
        env.cr.execute(LINK.format(rows=MATTERS), [])
    env.cr.execute(TURNS)
    env.cr.execute(SHARES)
    env.cr.commit()


def reader_of(env, client_ids):
    """Return a user who is the accountant of some clients."""
    group = env.ref("crm_outsourcing_interactions.group_user")
    users = env["res.users"].with_context(no_reset_password=True)
    user = users.create({"name": "Reader", "login": "reader", "group_ids": group.ids})
    env["res.partner"].browse(client_ids).interaction_accountant_id = user
    env.cr.commit()
    return user


def read(env, readers):
    print(f"\n\n{'milliseconds':52}{'manager':>9}{'user':>9}")
    for name, pivots in PIVOTS.items():
        for title, rows, columns, domain, measures in pivots:
            line(f"{name}: {title}", env, readers, f"crm.interaction.{name}", pivot, rows, columns, domain, measures)
    for title, (name, domain, order) in LISTS.items():
        line(f"list: {title}", env, readers, f"crm.interaction.{name}", page, domain, order, FIELDS[name])
    line("kanban: waiting for us", env, readers, "crm.interaction.matter", kanban, WAITING_FOR_US, FIELDS["matter"])


def page(model, domain, order, names):
    """Read the first page of a list with its number of records, like the web client."""
    model.env.invalidate_all()
    model.web_search_read(domain, {name: {} for name in names}, limit=80, order=order, count_limit=10001)


def kanban(model, domain, names):
    """Read the columns by age with their first cards, like the web client."""
    model.env.invalidate_all()
    cards = {"unfold_read_specification": {name: {} for name in names}, "unfold_read_default_limit": 40}
    model.web_read_group(domain, ["age"], ["__count"], auto_unfold=True, **cards)


def line(title, env, readers, name, run, *args):
    context = {"lang": "en_US", "tz": "Europe/Brussels"}
    models = [env[name].with_user(user).with_context(**context) for user in readers]
    times = [median(functools.partial(run, model, *args), RUNS) for model in models]
    print(f"{title:52}" + "".join(f"{time:9.0f}" for time in times), flush=True)
