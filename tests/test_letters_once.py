"""Check that each person gets one letter: on time in two time zones and languages, when a worker is killed, and when
two workers send at the same time."""

import os
import time

import pytest
from letters_common import COUNTS, ITEMS, PEOPLE, RUN, TUESDAY, send_everything

CLIENTS, CHUNK = 60, 5
JOB = "odoo.addons.crm_outsourcing_interactions.models.requests.crm_interaction_request_letter_job"
RUN = f"""
from unittest.mock import patch
patch("{JOB}.CHUNK", {CHUNK}).start()
{RUN.format(at=TUESDAY)}
"""
MANY = 1000
"""Clients of the timed test, each with six items."""
LIMIT = 120
"""Seconds for all their letters, on a machine that may be busy."""


@pytest.fixture
def database(server):
    name = server.new_database()
    server.shell(name, PEOPLE.format(clients=CLIENTS))
    return name


def start(server, database):
    """Start to send letters in another process; return it."""
    odoo = server.odoo_process(database, "shell", "--no-http")
    odoo.stdin.write(RUN.encode())
    odoo.stdin.close()
    return odoo


def wait_for_letters(server, database):
    """Wait until letters are committed; return their number."""
    deadline = time.monotonic() + 60
    while not (sent := server.sql(database, COUNTS)[0][0]) and time.monotonic() < deadline:
        time.sleep(0.02)
    return sent


@pytest.mark.slow
def test_many_letters_name_every_item_once_and_in_time(server):
    database = server.new_database()
    started = time.monotonic()
    server.shell(database, PEOPLE.format(clients=MANY))
    print(f"\n{MANY} clients, {MANY * ITEMS} items: made in {time.monotonic() - started:.0f} s")
    seconds = send_everything(server, database, MANY)
    print(f"Letters: {', '.join(f'{one:.1f}' for one in seconds)} s, load {os.getloadavg()[0]:.1f}")
    assert sum(seconds) < LIMIT


@pytest.mark.slow
def test_killed_job_goes_on_where_it_was(server, database):
    odoo = start(server, database)
    wait_for_letters(server, database)
    odoo.kill()
    odoo.wait()
    sent = server.sql(database, COUNTS)[0]
    assert 0 < sent[0] < CLIENTS, "killed after a batch, before the last"
    assert set(sent) == {sent[0]}, "a letter comes with its interaction and its mail"
    for _run in range(2):
        server.shell(database, RUN)
        assert server.sql(database, COUNTS) == [(CLIENTS,) * 4]


@pytest.mark.slow
def test_two_jobs_at_the_same_time_send_each_letter_once(server, database):
    for odoo in [start(server, database) for _worker in range(2)]:
        odoo.wait()
    assert server.sql(database, COUNTS) == [(CLIENTS,) * 4]
