"""Measure the weekly letters: run ``./setup/test tests/bench_letters.py -s``.

1,000 clients have one person and a request list with six open items each. It prints the seconds of the job that sends
the letters in batches, and of the next run, which finds nothing to send. ``BENCH_CLIENTS`` changes the number.
"""

import os
import time

from letters_common import COUNTS, PEOPLE, RUN

CLIENTS = int(os.environ.get("BENCH_CLIENTS", "1000"))
LIMIT = 120
"""Seconds that the letters may take."""
TIMED = f"""
import time
started = time.monotonic()
{RUN.format(chunk=500)}
print(time.monotonic() - started)
"""


def test_letters(server):
    database = server.new_database()
    started = time.monotonic()
    server.shell(database, PEOPLE.format(clients=CLIENTS))
    items = server.sql(database, "SELECT count(*) FROM crm_interaction_matter_item WHERE state = 'open'")[0][0]
    print(f"\n{CLIENTS} clients, {items} open items: made in {time.monotonic() - started:.0f} s")
    for title in ("letters", "again"):
        seconds = float(server.shell(database, TIMED).strip().splitlines()[-1])
        assert server.sql(database, COUNTS) == [(CLIENTS,) * 4]
        print(f"{title:10}{seconds:6.1f} s, load {os.getloadavg()[0]:.1f}")
        assert seconds < LIMIT
