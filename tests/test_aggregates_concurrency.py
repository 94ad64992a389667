"""Test monthly aggregates with concurrent workers: no waiting, no loss, a killed worker loses only its own work."""

import contextlib
import threading

import psycopg2

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry

PREPARE = """
client = env["res.partner"].create({"name": "Vector", "is_company": True})
env.cr.commit()
"""
ROUNDS = 25


def log(env, **vals):
    client = env["res.partner"].search([("name", "=", "Vector")])
    type_ = env["crm.interaction.type"]._by_code("1.1.3")
    interaction = env["crm.interaction"].create({"partner_id": client.id, "type_id": type_.id, "duration": 0.1, **vals})
    env.flush_all()
    return interaction


def count(env):
    [(number,)] = env["crm.interaction"]._read_group([], [], ["__count"])
    return number


def differences(env):
    return env["crm.interaction.total"]._check()


def test_writers_of_the_same_sums_do_not_wait(workers):
    first, second = workers(), workers()
    log(first)
    other = threading.Thread(target=log, args=(second,))
    other.start()
    other.join(10)
    assert not other.is_alive(), "the second does not wait for the first"
    second.cr.commit()
    first.cr.rollback()
    assert differences(workers()) == []


def test_rebuild_beside_a_writer_counts_nothing_twice(workers):
    before = count(workers())
    writer, rebuilder = workers(), workers()
    rebuilder["crm.interaction"].search_count([])  # its snapshot is older than what the writer commits
    log(writer)
    writer.cr.commit()
    log(writer)
    rebuilder["crm.interaction.total"]._rebuild()
    rebuilder.cr.commit()
    writer.cr.commit()
    assert differences(workers()) == []
    assert count(workers()) == before + 2


def test_compaction_beside_a_writer_and_a_reader(workers):
    reader, writer, compactor = workers(), workers(), workers()
    before = count(reader)
    log(writer)
    compactor["crm.interaction.total"]._fold()
    writer.cr.commit()
    compactor.cr.commit()
    assert count(reader) == before, "the reader goes on seeing what it saw"
    assert differences(reader) == []
    later = workers()
    assert differences(later) == []
    assert count(later) == before + 1


def test_two_compactions_do_the_work_once(workers):
    first, second = workers(), workers()
    log(first)
    log(first)
    first.cr.commit()
    first["crm.interaction.total"]._fold()
    second["crm.interaction.total"]._fold()  # returns at once: another worker holds the lock
    first.cr.commit()
    second.cr.commit()
    assert differences(workers()) == []


def test_killed_worker_leaves_nothing(workers, database):
    before = count(workers())
    victim, other = api.Environment(Registry(database).cursor(), SUPERUSER_ID, {}), workers()
    log(victim)
    victim["crm.interaction.total"]._fold()
    victim.cr.execute("SELECT pg_backend_pid()")
    other.cr.execute("SELECT pg_terminate_backend(%s)", victim.cr.fetchone())
    with contextlib.suppress(psycopg2.Error):
        victim.cr.close()
    later = workers()
    assert differences(later) == []
    assert count(later) == before
    later["crm.interaction.total"]._fold()  # its lock is released
    later.cr.commit()
    assert differences(workers()) == []


def write_much(env, faults):
    try:
        for number in range(ROUNDS):
            interaction = log(env, date=f"2026-0{1 + number % 3}-11 12:00:00")
            env.cr.commit()
            interaction.type_id = env["crm.interaction.type"]._by_code("2.2.1" if number % 2 else "1.2.2")
            env.flush_all()
            env.cr.rollback() if number % 5 == 0 else env.cr.commit()
            if number % 3 == 0:
                interaction.action_ignore()
                env.cr.commit()
    except Exception as error:
        faults.append(error)


def tidy(env, method, writers):
    """Call the method repeatedly, and retry after conflicts like Odoo."""
    while any(writer.is_alive() for writer in writers):
        try:
            getattr(env["crm.interaction.total"], method)()
            env.cr.commit()
        except psycopg2.errors.SerializationFailure:
            env.cr.rollback()


def test_many_writers_with_compaction_and_rebuild(workers):
    before, faults = count(workers()), []
    writers = [threading.Thread(target=write_much, args=(workers(), faults)) for _number in range(3)]
    threads = [
        *writers,
        *(threading.Thread(target=tidy, args=(workers(), m, writers)) for m in ("_fold", "_fold", "_rebuild")),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert not any(thread.is_alive() for thread in threads), "nobody waits for ever"
    assert faults == []
    later = workers()
    assert differences(later) == []
    ignored = len(range(0, ROUNDS, 3))
    assert count(later) == before + 3 * (ROUNDS - ignored)
