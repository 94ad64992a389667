"""Check that two people who do the same at the same moment make it once, and that neither gets an error."""

import functools
from concurrent import futures
from datetime import date, timedelta

import psycopg2
import pytest
from freezegun import freeze_time

from odoo import Command
from odoo.service.model import retrying
from odoo.tests import Form

PREPARE = """
groups = env.ref("base.group_user") | env.ref("crm_outsourcing_interactions.group_manager")
env["res.users"].create([{"name": n, "login": n, "group_ids": groups.ids} for n in ("Olga", "Pavel")])
env.company.write({"resource_calendar_id": False, "interaction_letter_weekday": "4"})
env.cr.commit()
"""


@pytest.fixture
def people(workers):
    """Return a function of a name: the environment, with its own cursor, of a colleague."""
    return lambda name: (env := workers())(user=env["res.users"].search([("name", "=", name)]))


@pytest.fixture
def person(workers):
    """Return the id of a client's contact."""
    env = workers()
    client = env["res.partner"].create({"name": "Vector", "is_company": True, "is_outsourcing_client": True})
    ivan = env["res.partner"].create({"name": "Ivan", "email": "ivan@vector.example.com", "parent_id": client.id})
    env.cr.commit()
    return ivan.id


def make_list(env, person, names=("Statement",)):
    """Return an open list with items of a person (id)."""
    client = env["res.partner"].browse(person).commercial_partner_id
    items = [Command.create({"name": name, "partner_id": person}) for name in names]
    list_ = env["crm.interaction.request.list"].create(
        {"commercial_partner_id": client.id, "period": "2026-10-01", "item_ids": items}
    )
    list_.action_open()
    env.cr.commit()
    return list_


def both(people, work):
    """Let Olga and Pavel do ``work(env)`` at once, as two requests; return both results."""
    olga, pavel = people("Olga"), people("Pavel")
    pavel["crm.interaction"].search_count([])  # a snapshot older than what Olga commits
    first = work(olga)
    olga.flush_all()
    later = futures.ThreadPoolExecutor(1).submit(retrying, lambda: work(pavel), pavel)
    assert not futures.wait([later], 0.5).done, "the second waits for the first"
    olga.cr.commit()
    second = later.result(20)
    pavel.cr.commit()
    return first, second


def test_first_presses_of_add_to_the_letter(people, person, workers):
    def add(env):
        asking, service = env["crm.interaction.request.asking"], env["crm.interaction.service"]
        values = asking._prepare_instead_vals(env.company, env["res.partner"].browse(person), service)
        return asking.create(values)._add_instead([("Lease", "")])

    results = both(people, add)
    lists = workers()["crm.interaction.request.list"].search([("commercial_partner_id.name", "=", "Vector")])
    assert lists.item_ids.mapped("name") == ["Lease"]
    assert lists.saved_count == 1
    assert [result["params"]["next"]["infos"]["added"] for result in results] == [True, True]


def send_both(people, list_):
    """Let both send the letters of a list that each of them has previewed; return both results."""
    shown = {}
    for name in ("Olga", "Pavel"):
        env = people(name)
        action = env["crm.interaction.request.list"].browse(list_.id).action_send_letter()
        shown[name] = Form(env[action["res_model"]].with_context(**action["context"])).save().id
        env.cr.commit()
    return both(people, lambda env: env["crm.interaction.request.sending"].browse(shown[env.user.name]).action_send())


def test_letters_sent_now(people, person, workers):
    list_ = make_list(workers(), person)
    results = send_both(people, list_)
    letters = workers()["crm.interaction.request.letter"].search([("list_id", "=", list_.id)])
    assert len(letters) == len(letters.interaction_id) == 1
    assert "this week's letter" in results[1]["params"]["message"]


def test_failed_letter_sent_again_now(people, person, workers):
    env = workers()
    list_ = make_list(env, person)
    sending = env["crm.interaction.request.sending"].create({"list_id": list_.id})
    sending.action_send()
    list_.letter_ids.message_id.mail_ids.state = "exception"
    env.cr.commit()
    results = send_both(people, list_)
    letters = workers()["crm.interaction.request.letter"].search([("list_id", "=", list_.id)])
    assert len(letters) == len(letters.interaction_id) == len(letters.message_id.mail_ids) == 1
    assert letters.state == "outgoing"
    assert ["this week's letter" in result["params"]["message"] for result in results] == [False, True]


def test_file_uploaded_by_two_windows(people, person, workers):
    item = make_list(workers(), person).item_ids

    def upload(env):
        own = env["crm.interaction.matter.item"].browse(item.id)
        return own._hand_over(
            env["res.partner"].browse(person), {item.id: {"files": [("a.pdf", b"content")]}}, how="link"
        )

    both(people, upload)
    found = workers()["crm.interaction.matter.item"].browse(item.id)
    assert found.attachment_ids.mapped("name") == ["a.pdf"]
    assert len(found.list_id.handover_ids) == len(found.list_id.interaction_ids) == 1


def test_uploads_and_decisions_do_not_deadlock(people, person, workers):
    env = workers()
    list_ = make_list(env, person, ("Statement", "Invoices", "Acts"))
    statement, invoices, _acts = list_.item_ids
    env["crm.interaction.request.sending"].create({"list_id": list_.id}).action_send()
    env.cr.commit()
    deadlocks = []

    def upload(env, number):
        contact, content = env["res.partner"].browse(person), f"content {number}".encode()
        invoices.with_env(env)._hand_over(contact, {invoices.id: {"files": [(f"{number}.pdf", content)]}})

    def decide(env, number):
        own = statement.with_env(env)
        (own.action_reopen if number % 2 else own.action_accept)()

    def attempt(work, env, number):
        try:
            work(env, number)
            env.cr.flush()
        except psycopg2.errors.DeadlockDetected as error:
            deadlocks.append(error)
            raise

    with futures.ThreadPoolExecutor(2) as pool:
        for number in range(4):
            works = [(upload, people("Olga")), (decide, people("Pavel"))]
            running = [pool.submit(retrying, functools.partial(attempt, work, env, number), env) for work, env in works]
            for future in running:
                future.result(20)
    assert not deadlocks
    found = invoices.with_env(workers())
    assert len(found.attachment_ids) == len(found.list_id.handover_ids) == 4


def test_letters_beside_a_decision(people, workers):
    env = workers()
    clients = env["res.partner"].create(
        [{"name": name, "is_company": True, "is_outsourcing_client": True} for name in ("Alfa", "Beta")]
    )
    persons = env["res.partner"].create(
        [{"name": f"Anna {c.name}", "email": f"anna@{c.name}.example.com", "parent_id": c.id} for c in clients]
    )
    lists = [make_list(env, person.id) for person in persons]
    for list_ in lists:
        env["crm.interaction.request.sending"].create({"list_id": list_.id}).action_send()
    env.cr.commit()
    olga, pavel = people("Olga"), people("Pavel")
    matters = [list_.matter_id for list_ in lists]
    pavel["crm.interaction"].search_count([])  # a snapshot older than what Olga commits
    matters[0].with_env(olga)._derive()
    olga.cr.commit()
    letters, due = pavel["crm.interaction.request.letter"], env.cr.now() + timedelta(weeks=1)
    with freeze_time(due):
        plans, _obstacles = letters._plans(pavel.company, pavel["res.partner"].browse(persons.ids))
        for plan in plans:
            plan.week = due.date() - timedelta(days=due.weekday())
        letters._send(pavel.company, plans)
    pavel.cr.commit()
    env = workers()
    rows = [list_.with_env(env).letter_ids.interaction_id.sorted("date")[-1] for list_ in lists]
    assert [row.matter_pending for row in rows] == [True, False]
    assert rows[1].matter_id.id == matters[1].id
    item = lists[0].with_env(env).item_ids
    with freeze_time(due + timedelta(hours=1)):
        item._hand_over(item.partner_id, {item.id: {"files": [("a.pdf", b"content")]}}, how="link")
        env["crm.interaction.matter"]._cron_update()
    assert {row.matter_id.id for row in lists[0].with_env(env).interaction_ids} == {matters[0].id}


def test_lists_made_by_two(people, person, workers):
    env = workers()
    client = env["res.partner"].browse(person).commercial_partner_id
    template = env["crm.interaction.request.template"].search([], limit=1)
    env.cr.commit()

    def make(env):
        return template.with_env(env)._make(client.with_env(env), date(2026, 9, 1), env.company)

    first, second = both(people, make)
    assert (len(first), len(second)) == (1, 0)
    found = workers()["crm.interaction.request.list"].search([("commercial_partner_id", "=", client.id)])
    assert len(found) == 1
