"""Check that the time to uninstall is independent of the data: ``./setup/test tests/test_uninstall_size.py -s``.

``UNINSTALL_ROWS=100000`` uses fewer interactions.
"""

import os
import time

import bench_pivots
import pytest

from odoo import tools

NAME = "crm_outsourcing_interactions"
ROWS = int(os.environ.get("UNINSTALL_ROWS", "1000000"))
LIMIT = 60  # seconds
PLACES = """
    SELECT count(*) FROM pg_class WHERE relname LIKE 'crm_interaction%%' AND relnamespace = 'public'::regnamespace
"""
UNINSTALL = f"env['ir.module.module'].search([('name', '=', '{NAME}')]).button_immediate_uninstall()"


@pytest.mark.slow
def test_a_million_interactions_are_uninstalled_in_a_minute(server, monkeypatch):
    monkeypatch.setitem(tools.config, "test_enable", False)  # otherwise loading a registry collects tests
    monkeypatch.setattr(bench_pivots, "ROWS", ROWS)
    database = server.new_database()
    bench_pivots.prepare(database)
    start = time.perf_counter()
    server.shell(database, UNINSTALL)
    seconds = time.perf_counter() - start
    print(f"\n{ROWS} interactions uninstalled in {seconds:.0f} s")
    assert server.complaints(database) == []
    assert server.sql(database, PLACES) == [(0,)]
    assert seconds < LIMIT
