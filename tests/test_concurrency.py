"""Check that each interaction counts once with concurrent workers."""

import contextlib
import threading
from concurrent import futures

import psycopg2.errors
import pytest

from odoo.service.model import retrying

PREPARE = """
client = env["res.partner"].create({"name": "Vector", "is_company": True, "customer_rank": 1})
project = env["project.project"].create({"name": "Bookkeeping"})
env["project.task"].create([
    {"name": f"Task {number}", "project_id": project.id, "partner_id": client.id} for number in range(5)
])
env.cr.commit()
"""
either_end = pytest.mark.parametrize("first_gives_up", [False, True])


def two_at_once(workers):
    """Return two workers, the second with a snapshot older than what the first commits."""
    first, second = workers(), workers()
    second["crm.interaction"].search_count([])
    return first, second


@contextlib.contextmanager
def waiting(work, *arguments):
    """Start ``work`` in a thread, check that it waits for the other worker, and yield its future.

    The caller lets it go on; then its exception is raised here, if there is one.
    """
    work = futures.ThreadPoolExecutor(1).submit(work, *arguments)
    done, _not_done = futures.wait([work], 0.5)
    assert not done, "the second waits for the first"
    yield work
    work.result(20)


def end(worker, gives_up):
    worker.cr.rollback() if gives_up else worker.cr.commit()


def delivered(env):
    return env["crm.interaction"].search([("event", "=", "task_delivered")]).mapped("subject")


def log_delivery(env, *numbers):
    """Report the delivery as the hook does, without touching the tasks: only the interactions can conflict."""
    tasks = env["project.task"].search([("name", "in", [f"Task {number}" for number in numbers])])
    env["crm.interaction.capture"]._documents("task_delivered", tasks)
    env.flush_all()


def test_client_status_changes_for_all_workers_on_commit(workers):
    def client_of_anna(env):
        anna = env["res.partner"].search([("name", "=", "Anna")])
        return env["res.partner"].browse(env["crm.interaction.people"]._client_id(anna)).name

    first = workers()
    vector = first["res.partner"].search([("name", "=", "Vector")])
    anna = first["res.partner"].create({"name": "Anna", "parent_id": vector.id})
    first.cr.commit()
    first.registry.signal_changes()
    assert client_of_anna(workers()) == "Vector"
    anna.parent_id = first["res.partner"].create({"name": "Romashka", "is_company": True, "customer_rank": 1})
    assert client_of_anna(first) == "Romashka"
    other = threading.Thread(target=lambda: client_of_anna(workers()))  # a request without changes
    other.start()
    other.join()
    assert client_of_anna(workers()) == "Vector"
    first.cr.commit()
    first.registry.signal_changes()
    assert client_of_anna(workers()) == "Romashka"


def test_same_event_of_two_workers_counts_once(workers):
    first, second = two_at_once(workers)
    log_delivery(first, 0)
    with waiting(log_delivery, second, 0):
        first.cr.commit()
    second["res.partner"].create({"name": "The work of the second goes on"})
    second.cr.commit()
    assert delivered(workers()).count("Task 0") == 1
    assert workers()["crm.interaction.capture.error"].search_count([]) == 0


def test_one_conflict_in_a_batch_costs_only_itself(workers):
    first, second = two_at_once(workers)
    log_delivery(first, 1)
    first.cr.commit()
    log_delivery(second, 1, 2, 3)
    second.cr.commit()
    assert sorted(name for name in delivered(workers()) if name in ("Task 1", "Task 2", "Task 3")) == [
        "Task 1",
        "Task 2",
        "Task 3",
    ]


def test_second_worker_logs_when_the_first_gives_up(workers):
    first, second = workers(), workers()
    log_delivery(first, 4)
    with waiting(log_delivery, second, 4):
        first.cr.rollback()
    second.cr.commit()
    assert delivered(workers()).count("Task 4") == 1


def make_note_and_users(env):
    """Return the ids of the unclassified note of a call, and of two users of the addon."""
    vector = env["res.partner"].search([("name", "=", "Vector")])
    note = vector.message_post(body="They called about the VAT", subtype_xmlid="mail.mt_note")
    groups = env.ref("base.group_user") | env.ref("crm_outsourcing_interactions.group_user")
    names = (f"{name} {note.id}" for name in ("Olga", "Pavel"))
    users = env["res.users"].create([{"name": n, "login": n, "group_ids": groups.ids} for n in names])
    env.cr.commit()
    return note.id, users.ids


@either_end
def test_two_users_tag_a_note_at_the_same_moment(workers, first_gives_up):
    note_id, (olga, pavel) = make_note_and_users(workers())
    first, second = (worker(user=id_) for worker, id_ in zip(two_at_once(workers), (olga, pavel), strict=True))
    question, report = (first["crm.interaction.type"]._by_code(code).id for code in ("1.1.3", "1.2.2"))
    first["crm.interaction"].tag_message(note_id, {"type_id": question})

    interactions = second["crm.interaction"]
    with waiting(retrying, lambda: interactions.tag_message(note_id, {"type_id": report}), second):
        end(first, first_gives_up)
    [interaction] = workers()["crm.interaction"].search([("message_id", "=", note_id)])
    assert interaction.type_id.id == report
    assert interaction.type_change_ids.user_id.ids == ([pavel] if first_gives_up else [pavel, olga])
    assert interaction.type_change_ids[0].type_before_id.id == (False if first_gives_up else question)


def calls(*numbers):
    return [{"reference": f"call {number}", "type": "1.1.3", "subject": f"Call {number}"} for number in numbers]


@either_end
def test_overlapping_calls_of_a_telephone_system_both_succeed(workers, first_gives_up):
    start = 10 * first_gives_up
    first, second = two_at_once(workers)
    ids = first["crm.interaction"].log_interactions(calls(start, start + 1))
    with waiting(second["crm.interaction"].log_interactions, calls(start, start + 1, start + 2)) as logging:
        end(first, first_gives_up)
    second.cr.commit()
    subjects = [f"Call {number}" for number in range(start, start + 3)]
    logged = workers()["crm.interaction"].search([("subject", "in", subjects)], order="subject")
    assert logged.mapped("subject") == subjects
    assert logging.result() == logged.ids
    assert first_gives_up or logged.ids[:2] == ids


def rules_in_order(env, event, type_code):
    type_ = env["crm.interaction.type"]._by_code(type_code).id
    vals = [{"name": f"{event} {n}", "event": event, "type_id": type_, "sequence": 90 + n} for n in range(2)]
    return env["crm.interaction.rule"].create(vals)


@either_end
def test_two_workers_reordering_rules_record_one_change(workers, first_gives_up):
    manager = workers()
    incoming, outgoing = rules_in_order(manager, "message_in", "1.1.2"), rules_in_order(manager, "campaign", "4.2.1")
    manager["crm.interaction.method.change"].search([]).unlink()
    manager.cr.commit()
    first, second = two_at_once(workers)
    incoming.with_env(first)[1].sequence = 80
    with waiting(outgoing.with_env(second)[1].write, {"sequence": 80}):
        end(first, first_gives_up)
    second.cr.commit()
    later = workers()
    assert outgoing.with_env(later)[1].sequence == 80
    assert incoming.with_env(later)[1].sequence == (91 if first_gives_up else 80)
    [mark] = later["crm.interaction.method.change"].search([("subject", "=like", "order,%")])
    assert mark.event == ("campaign" if first_gives_up else "message_in")


def test_type_deleted_by_another_worker_blocks_nothing(workers):
    worker, manager = workers(), workers()
    rule = manager.ref("crm_outsourcing_interactions.rule_task_delivered")
    own = manager["crm.interaction.type"].create(
        {"code": "9", "name": "Own", "direction": "outgoing", "kind_id": rule.type_id.kind_id.id}
    )
    usual, rule.type_id = rule.type_id, own
    manager.cr.commit()
    stale = worker["crm.interaction.rule"]._specs_of("task_delivered", False)
    assert stale[0].type_id == own.id
    rule.type_id = usual
    own.unlink()
    manager.flush_all()
    manager.cr.commit()

    task = worker["project.task"].create(
        {
            "name": "Task 9",
            "project_id": worker["project.project"].search([], limit=1).id,
            "partner_id": worker["res.partner"].search([("name", "=", "Vector")]).id,
        }
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(worker["crm.interaction.rule"]), "_specs_of", lambda self, code: stale)
        task.state = "1_done"
        worker.flush_all()
    worker.cr.commit()

    later = workers()
    assert later["project.task"].browse(task.id).state == "1_done"
    assert "Task 9" not in delivered(later)
    later["crm.interaction.capture.error"].search([]).action_retry()
    assert delivered(later).count("Task 9") == 1


def test_message_deleted_during_a_replay_waits_for_its_batch(workers):
    worker, other = workers(), workers()
    client = worker["res.partner"].create({"name": "Romashka", "is_company": True, "customer_rank": 1})
    vals = {"model": "res.partner", "res_id": client.id, "author_id": client.id, "message_type": "email"}
    gone, stays = worker["mail.message"].create([{**vals, "body": body} for body in ("Hello", "Good-bye")])
    replay = worker["crm.interaction.replay"].create({"date_from": "2000-01-01", "invoices": False, "tasks": False})
    replay.action_run()
    worker.cr.commit()
    replay._run_batch()

    def delete():
        with contextlib.suppress(psycopg2.errors.SerializationFailure):  # Odoo retries the call
            gone.with_env(other).unlink()

    with waiting(delete):  # the foreign key holds the message until the batch is committed
        worker.cr.commit()
    other.cr.rollback()
    gone.with_env(other).unlink()
    other.cr.commit()
    replay.invalidate_recordset()
    while replay.state == "running":
        replay._run_batch()
        worker.cr.commit()
    logged = workers()["crm.interaction"].search([("partner_id", "=", client.id)], order="id")
    assert [interaction.message_id.id for interaction in logged] == [False, stays.id]
