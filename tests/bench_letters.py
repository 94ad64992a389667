"""Measure the weekly letters: run ``./setup/test tests/bench_letters.py -s``.

1,000 clients have one person and a request list with six open items each. It prints the seconds of the jobs that send
the letters in batches, and of the next run, which finds nothing to send. ``BENCH_CLIENTS`` changes the number;
``test_letters_once.py`` does the same with fewer clients.
"""

import os
import time

from letters_common import ITEMS, PEOPLE, send_everything

CLIENTS = int(os.environ.get("BENCH_CLIENTS", "1000"))
LIMIT = 120
"""Seconds that the letters may take."""


def test_letters(server):
    database = server.new_database()
    started = time.monotonic()
    server.shell(database, PEOPLE.format(clients=CLIENTS))
    print(f"\n{CLIENTS} clients, {CLIENTS * ITEMS} items: made in {time.monotonic() - started:.0f} s")
    seconds = send_everything(server, database, CLIENTS)
    for title, taken in zip(("east", "all others", "again"), seconds, strict=True):
        print(f"{title:10}{taken:6.1f} s, load {os.getloadavg()[0]:.1f}")
    assert sum(seconds) < LIMIT
