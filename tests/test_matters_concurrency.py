"""Check that a matter stays one, and is answered once, with concurrent workers."""

import concurrent.futures
import random
import threading
from datetime import datetime

from odoo import fields

from odoo.addons.crm_outsourcing_interactions.models.events.event import Event

ROUNDS = 500
WORKERS = 2
PREPARE = """
client = env["res.partner"].create({"name": "Vector", "is_company": True, "customer_rank": 1})
project = env["project.project"].create({"name": "Bookkeeping"})
env["project.task"].create([
    {"name": f"Task {number}", "project_id": project.id, "partner_id": client.id} for number in range(3)
])
env.cr.commit()
"""


def report(env, code, task, number, **values):
    """Report a message as a hook does, in the transaction of ``env``; return the new interaction."""
    client = env["res.partner"].search([("name", "=", "Vector")])
    key = f"<{number}@{threading.get_ident()}.{task.id}>"
    values = {"date": fields.Datetime.now(), "partner": client, "channel": "email", **values}
    event = Event(code, task, key, env.company, **values)
    return env["crm.interaction.pipeline"]._run([event])


def task_of(env, number):
    return env["project.task"].search([("name", "=", f"Task {number}")])


def at_once(work, *arguments):
    """Call ``work`` in a thread for each of ``arguments`` (lists, as for ``map``), at the same time.

    :raises Exception: the first fault of a thread.
    :raises TimeoutError: when one takes more than five minutes.
    """
    with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(work, *arguments, timeout=300))


def deadlocks(*envs):
    """Return the deadlocks so far in the database, with those of the sessions of ``envs``, which end their work."""
    for env in envs:
        env.cr.execute("SELECT pg_stat_force_next_flush()")
        env.cr.commit()
    env.cr.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
    return env.cr.fetchone()[0]


def finish(env):
    """Find the matters that conflicts have left over, as the scheduled job does."""
    pending = env["crm.interaction"]._everything().search([("matter_pending", "=", True)], order="date, id")
    if pending:
        env["crm.interaction.matter"]._place_pending(pending)
    env.cr.commit()
    return len(pending)


def test_two_first_messages_make_one_matter(workers):
    first, second = workers(), workers()
    second["crm.interaction"].search_count([])  # its snapshot is older than what the first commits
    report(first, "message_in", task_of(first, 0), 1)
    first.cr.commit()
    report(second, "message_in", task_of(second, 0), 2)
    second.cr.commit()
    later = workers()
    assert finish(later) == 1
    [matter] = later["crm.interaction.matter"].search([("res_id", "=", task_of(later, 0).id)])
    assert matter.interaction_count == 2
    assert later["crm.interaction.capture.error"].search_count([]) == 0


def test_two_workers_answer_the_same_matter_a_thousand_times(workers):
    env = workers()
    question = report(env, "message_in", task_of(env, 1), 0, date=datetime(2026, 11, 2, 9))
    env.cr.commit()

    def answer(worker):
        for number in range(ROUNDS):
            reply = report(worker, "message_out", task_of(worker, 1), number)
            assert len(reply) == 1, "no interaction is lost"
            worker.cr.rollback() if random.random() < 0.1 else worker.cr.commit()

    answering = [workers() for _number in range(WORKERS)]
    before = deadlocks(*answering)
    at_once(answer, answering)
    assert deadlocks(*answering) == before
    later = workers()
    left = finish(later)
    matter = question.with_env(later).matter_id
    assert later["crm.interaction.matter"].search([("res_id", "=", task_of(later, 1).id)]) == matter
    assert (matter.waiting, matter.closed_how, len(matter.turn_ids)) == ("nobody", "answered", 1)
    first = min(row.date for row in matter.interaction_ids if row.direction == "outgoing")
    assert matter.answered_on == first
    assert left <= 5 * WORKERS, "only answers at the time of the first one conflict"
    print(f"\n{WORKERS * ROUNDS} answers: {matter.interaction_count} in the matter, {left} left to the scheduled job")


def test_two_workers_keep_one_matter_busy(workers):
    """Each asks and answers in turn, so that both change the same matter all the time."""

    def live(worker, side):
        for number in range(ROUNDS // 5):
            code = "message_in" if (number + side) % 2 else "message_out"
            assert report(worker, code, task_of(worker, 2), number)
            worker.cr.commit()

    living = [workers() for _number in range(WORKERS)]
    before = deadlocks(*living)
    at_once(live, living, range(WORKERS))
    assert deadlocks(*living) == before
    later = workers()
    left = finish(later)
    matters = later["crm.interaction.matter"].search([("res_id", "=", task_of(later, 2).id)])
    assert len(matters.filtered("is_open")) <= 1
    assert not later["crm.interaction"]._everything().search_count([("matter_pending", "=", True)])
    assert left <= WORKERS * (ROUNDS // 5) // 2
    print(f"\n{2 * (ROUNDS // 5)} messages: {len(matters)} matters, {left} left to the scheduled job")
