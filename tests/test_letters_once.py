"""Check that each person gets one letter when a worker is killed, and when two workers send at the same time."""

import time

import pytest
from letters_common import COUNTS, PEOPLE, RUN

CLIENTS, CHUNK = 60, 5
RUN = RUN.format(chunk=CHUNK)


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
