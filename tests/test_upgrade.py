"""Check that an update keeps the users' changes to seeds."""

import json

CHANGE = """
m = "crm_outsourcing_interactions."
env.ref(m + "rule_complaint").write({"name": "Ours", "words": "angry", "sequence": 77})
env.ref(m + "rule_our_news").unlink()
env.ref(m + "type_4_1_1").active = False
env.ref(m + "kind_1").write({"name": "Day to day", "color": 7})
env.company.interaction_log_message_in = False
client = env["res.partner"].create({"name": "Vector"})
env["crm.interaction"].create({"partner_id": client.id, "type_id": env.ref(m + "type_1_1_3").id})
env.cr.commit()
"""
READ = """
import json
m = "crm_outsourcing_interactions."
print(json.dumps({
    "rule": env.ref(m + "rule_complaint").read(["name", "words", "sequence"])[0],
    "deleted": bool(env.ref(m + "rule_our_news", raise_if_not_found=False)),
    "archived": env.ref(m + "type_4_1_1").active,
    "kind": env.ref(m + "kind_1").read(["name", "color"])[0],
    "company": env.company.interaction_log_message_in,
    "interactions": env["crm.interaction"].search([]).mapped("type_id.code"),
    "types": env["crm.interaction.type"].with_context(active_test=False).search_count([]),
}))
"""


def test_update_keeps_changes_to_seeds(server):
    database = server.new_database()
    server.shell(database, CHANGE)
    before = json.loads(server.shell(database, READ).strip().splitlines()[-1])
    server.odoo(database, "-u", "crm_outsourcing_interactions", "--stop-after-init", "--no-http")
    after = json.loads(server.shell(database, READ).strip().splitlines()[-1])
    assert after == before
    assert (after["deleted"], after["archived"], after["types"]) == (False, False, 17)
    assert after["rule"]["words"] == "angry"
