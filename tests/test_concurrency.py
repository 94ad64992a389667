"""Check that each interaction counts once with concurrent and killed workers."""

import contextlib
import threading
import time

import psycopg2.errors
import pytest

from odoo.service.model import retrying

PREPARE = """
client = env["res.partner"].create({"name": "Vector", "is_company": True})
project = env["project.project"].create({"name": "Bookkeeping"})
env["project.task"].create([
    {"name": f"Task {number}", "project_id": project.id, "partner_id": client.id} for number in range(5)
])
env.cr.commit()
"""
MANY = 12_000
HISTORY = f"""
client = env["res.partner"].create({{"name": "Vector", "is_company": True, "email": "office@vector.example.com"}})
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
    anna.parent_id = first["res.partner"].create({"name": "Romashka", "is_company": True})
    assert client_of_anna(first) == "Romashka"
    other = threading.Thread(target=lambda: client_of_anna(workers()))  # a request without changes
    other.start()
    other.join()
    assert client_of_anna(workers()) == "Vector"
    first.cr.commit()
    first.registry.signal_changes()
    assert client_of_anna(workers()) == "Romashka"


def test_same_event_of_two_workers_counts_once(workers):
    first, second = workers(), workers()
    second["crm.interaction"].search_count([])  # its snapshot is older than what the first commits
    log_delivery(first, 0)
    waiting = threading.Thread(target=log_delivery, args=(second, 0))
    waiting.start()
    waiting.join(0.3)
    assert waiting.is_alive(), "the second waits for the first"
    first.cr.commit()
    waiting.join(20)
    assert not waiting.is_alive()
    second["res.partner"].create({"name": "The work of the second goes on"})
    second.cr.commit()
    assert delivered(workers()).count("Task 0") == 1
    assert workers()["crm.interaction.capture.error"].search_count([]) == 0


def test_one_conflict_in_a_batch_costs_only_itself(workers):
    first, second = workers(), workers()
    second["crm.interaction"].search_count([])
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
    waiting = threading.Thread(target=log_delivery, args=(second, 4))
    waiting.start()
    waiting.join(0.3)
    first.cr.rollback()
    waiting.join(20)
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


@pytest.mark.parametrize("first_gives_up", [False, True])
def test_two_users_tag_a_note_at_the_same_moment(workers, first_gives_up):
    note_id, (olga, pavel) = make_note_and_users(workers())
    first, second = (worker(user=id_) for worker, id_ in ((workers(), olga), (workers(), pavel)))
    second["crm.interaction"].search_count([])  # its snapshot is older than what the first commits
    question, report = (first["crm.interaction.type"]._by_code(code).id for code in ("1.1.3", "1.2.2"))
    first["crm.interaction"].tag_message(note_id, {"type_id": question})

    def tag():
        interactions = second["crm.interaction"]
        retrying(lambda: interactions.tag_message(note_id, {"type_id": report}), second)

    waiting = threading.Thread(target=tag)
    waiting.start()
    waiting.join(0.5)
    assert waiting.is_alive(), "the second waits for the first"
    first.cr.rollback() if first_gives_up else first.cr.commit()
    waiting.join(20)
    assert not waiting.is_alive()
    [interaction] = workers()["crm.interaction"].search([("message_id", "=", note_id)])
    assert interaction.type_id.id == report
    assert interaction.type_change_ids.user_id.ids == ([pavel] if first_gives_up else [pavel, olga])
    assert interaction.type_change_ids[0].type_before_id.id == (False if first_gives_up else question)


def calls(*numbers):
    return [{"reference": f"call {number}", "type": "1.1.3", "subject": f"Call {number}"} for number in numbers]


@pytest.mark.parametrize("first_gives_up", [False, True])
def test_overlapping_calls_of_a_telephone_system_both_succeed(workers, first_gives_up):
    start = 10 * first_gives_up
    first, second = workers(), workers()
    second["crm.interaction"].search_count([])  # its snapshot is older than what the first commits
    ids = first["crm.interaction"].log_contacts(calls(start, start + 1))
    answers = []

    def log():
        answers.extend(second["crm.interaction"].log_contacts(calls(start, start + 1, start + 2)))

    waiting = threading.Thread(target=log)
    waiting.start()
    waiting.join(0.3)
    assert waiting.is_alive(), "the second waits for the first"
    first.cr.rollback() if first_gives_up else first.cr.commit()
    waiting.join(20)
    assert not waiting.is_alive()
    second.cr.commit()
    subjects = [f"Call {number}" for number in range(start, start + 3)]
    logged = workers()["crm.interaction"].search([("subject", "in", subjects)], order="subject")
    assert logged.mapped("subject") == subjects
    assert answers == logged.ids
    assert first_gives_up or answers[:2] == ids


def rules_in_order(env, event, type_code):
    type_ = env["crm.interaction.type"]._by_code(type_code).id
    vals = [{"name": f"{event} {n}", "event": event, "type_id": type_, "sequence": 90 + n} for n in range(2)]
    return env["crm.interaction.rule"].create(vals)


@pytest.mark.parametrize("first_gives_up", [False, True])
def test_two_workers_reordering_rules_record_one_change(workers, first_gives_up):
    manager = workers()
    incoming, outgoing = rules_in_order(manager, "message_in", "1.1.2"), rules_in_order(manager, "campaign", "4.2.1")
    manager["crm.interaction.method.change"].search([]).unlink()
    manager.cr.commit()
    first, second = workers(), workers()
    second["crm.interaction.method.change"].search_count([])  # its snapshot is older than what the first commits
    incoming.with_env(first)[1].sequence = 80

    def drag():
        outgoing.with_env(second)[1].sequence = 80

    waiting = threading.Thread(target=drag)
    waiting.start()
    waiting.join(0.5)
    assert waiting.is_alive(), "the second waits for the first"
    first.cr.rollback() if first_gives_up else first.cr.commit()
    waiting.join(20)
    assert not waiting.is_alive()
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
    stale = worker["crm.interaction.rule"]._specs_of("task_delivered")
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
    client = worker["res.partner"].create({"name": "Romashka", "is_company": True})
    vals = {"model": "res.partner", "res_id": client.id, "author_id": client.id, "message_type": "email"}
    gone, stays = worker["mail.message"].create([{**vals, "body": body} for body in ("Hello", "Good-bye")])
    replay = worker["crm.interaction.replay"].create({"date_from": "2000-01-01", "invoices": False, "tasks": False})
    replay.action_run()
    worker.cr.commit()
    replay._run_batch()

    def delete():
        with contextlib.suppress(psycopg2.errors.SerializationFailure):  # Odoo retries the call
            gone.with_env(other).unlink()

    waiting = threading.Thread(target=delete)
    waiting.start()
    waiting.join(0.5)
    assert waiting.is_alive(), "the foreign key holds the message until the batch is committed"
    worker.cr.commit()
    waiting.join(20)
    assert not waiting.is_alive()
    other.cr.rollback()
    gone.with_env(other).unlink()
    other.cr.commit()
    replay.invalidate_recordset()
    while replay.state == "running":
        replay._run_batch()
        worker.cr.commit()
    logged = workers()["crm.interaction"].search([("partner_id", "=", client.id)], order="id")
    assert [interaction.message_id.id for interaction in logged] == [False, stays.id]


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
