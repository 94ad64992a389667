"""Check totals, triggers and sequences of a dumped and restored database."""

import json

WORK = """
client = env["res.partner"].create({"name": "Vector", "is_company": True, "customer_rank": 1})
def log(code, **vals):
    type_ = env["crm.interaction.type"].search([("code", "=", code)], limit=1)
    return env["crm.interaction"].create({"partner_id": client.id, "type_id": type_.id, "duration": 0.1, **vals})
for month in range(1, 7):
    log("1.1.3", date=f"2026-0{month}-11 12:00:00")
env["crm.interaction.total"]._flush()
env["crm.interaction.total"]._fold()
log("1.2.2").action_ignore()
log("2.2.1")
env.flush_all()
env.cr.commit()
"""
FOUND = """
import json
totals = env["crm.interaction.total"]
tables = ("client", "work", "hours", "pending")
def found():
    env.flush_all()
    rows = [env.execute_query(SQL("SELECT * FROM %s ORDER BY id", SQL.identifier(f"crm_interaction_total_{table}")))
        for table in tables]
    return str(rows), totals._check()
from odoo.tools import SQL
before = found()
"""
GOES_ON = f"""
{FOUND}
client = env["res.partner"].search([("name", "=", "Vector")])
known = env["crm.interaction"].with_context(active_test=False).search([])
new = known[0].copy()
known.filtered("active")[0].action_ignore()
changed = found()
totals._fold()
folded = found()
triggers = env.execute_query(SQL(
    "SELECT tgname, tgenabled FROM pg_trigger WHERE tgrelid = 'crm_interaction'::regclass AND NOT tgisinternal"))
print(json.dumps({{
    "before": before, "changed": changed, "folded": folded, "is new": new.id > max(known.ids),
    "triggers": sorted(triggers),
}}))
"""


def test_a_restored_database_goes_on(server):
    database = server.new_database()
    server.shell(database, WORK)
    ours = json.loads(server.shell(database, f"{GOES_ON}\nenv.cr.rollback()").strip().splitlines()[-1])
    restored = json.loads(server.shell(server.restored(database), GOES_ON).strip().splitlines()[-1])
    assert [restored[when][1] for when in ("before", "changed", "folded")] == [[], [], []]
    assert restored["before"] == ours["before"]
    assert restored["triggers"] == ours["triggers"]
    assert len(restored["triggers"]) >= 4
    assert restored["is new"]
    assert restored["changed"][0] != restored["before"][0], "the triggers work"
