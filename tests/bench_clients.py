"""Measure *Clients* with 2,000 clients: run ``./setup/test tests/bench_clients.py -s``.

Interactions are those of ``bench_pivots.py`` (a million), of four times as many clients. It prints the seconds of a
refresh and the medians in milliseconds of the first page of eighty rows as the web client reads it.
"""

import time

import bench_pivots
from bench_hours import environment, vacuum

from odoo import tools

CLIENTS, PAGE = 2000, 80
PEOPLE = {"partner_id", "accountant_id", "supervisor_id", "team_ids", "service_ids", "company_id", "currency_id"}
ATTENTION = ["|", ("open_complaints", ">", 0), ("targets_off", ">", 0)]


def test_clients(server, monkeypatch):
    monkeypatch.setitem(tools.config, "test_enable", False)  # otherwise loading a registry collects tests
    monkeypatch.setattr(bench_pivots, "CLIENTS", CLIENTS)
    database = server.new_database()
    with environment(database) as env, bench_pivots.said(f"{bench_pivots.ROWS} interactions"):
        bench_pivots.fill(env, *bench_pivots.people(env))
        env["crm.interaction.total"]._rebuild()
        env.cr.commit()
    vacuum(database)
    with environment(database) as env:
        refresh(env)
        env.cr.commit()
        read(env)


def refresh(env):
    """Mark the clients, switch the targets on and refresh twice."""
    clients = env["res.partner"].search([("name", "=like", "Client %")], limit=CLIENTS, order="id")
    clients.write({"is_outsourcing_client": True})
    clients[::4].write({"interaction_accountant_id": env.ref("base.user_admin").id})
    env["crm.interaction.target"].with_context(active_test=False).search([]).write({"active": True})
    for what, work in (
        ("indicators", env["crm.interaction.indicator"]._refresh),
        ("clients, first time", env["crm.interaction.client"]._refresh),
        ("clients", env["crm.interaction.client"]._refresh),
    ):
        start = time.perf_counter()
        work(env.company)
        env.flush_all()
        print(f"\nrefresh of {what}: {time.perf_counter() - start:.1f} s", flush=True)


def read(env):
    rows = env["crm.interaction.client"].with_user(env.ref("base.user_admin")).with_context(lang="en_US")
    print(f"\n{rows.search_count([])} clients; milliseconds")
    for name, domain in (("first page", []), ("needs attention", ATTENTION)):
        print(f"{name:40}{bench_pivots.median(lambda d=domain: page(rows, d), 9):8.0f}", flush=True)


def page(rows, domain):
    """Read a page as the web client does."""
    rows.env.invalidate_all()
    view = rows.env.ref("crm_outsourcing_interactions.crm_interaction_client_view_list")
    names = {node.get("name") for node in view.sudo()._get_combined_arch().iter("field")}
    spec = {name: {"fields": {"display_name": {}}} if name in PEOPLE else {} for name in names}
    return rows.web_search_read(domain, spec, limit=PAGE, count_limit=10001)
