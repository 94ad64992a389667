"""Make clients from whom documents are outstanding, and run the job of the letters.

Half of the people read Russian; every second pair of them lives in Vladivostok, where Monday begins earlier.
"""

ITEMS = 6
"""Items of the template, all of which are outstanding from each client."""
MONDAY, TUESDAY = "2026-11-02 01:00", "2026-11-03 09:00"
"""Moments (UTC) at which letters are due in Vladivostok only, and everywhere."""
PEOPLE = """
env["res.lang"]._activate_lang("ru_RU")
env["ir.module.module"]._load_module_terms(["crm_outsourcing_interactions"], ["ru_RU"])
template = env.ref("crm_outsourcing_interactions.request_template_month")
clients = env["res.partner"].create([
    {{"name": f"Client {{n}}", "is_company": True, "customer_rank": 1, "is_outsourcing_client": True}}
    for n in range({clients})
])
env["res.partner"].create([
    {{
        "name": f"Person {{n}}", "email": f"person{{n}}@client{{n}}.example.com", "parent_id": client.id,
        "lang": ("en_US", "ru_RU")[n % 2], "tz": ("UTC", "Asia/Vladivostok")[n // 2 % 2],
    }}
    for n, client in enumerate(clients)
])
from odoo import fields
template._make(clients, fields.Date.to_date("2026-10-01"), env.company)
env.company.interaction_tz = "UTC"
env.cr.commit()
"""
RUN = """
from freezegun import freeze_time
with freeze_time("{at}", tick=True):
    env["crm.interaction.request.letter"]._cron_send()
    env.cr.commit()
"""
COUNTS = """
    SELECT (SELECT count(*) FROM crm_interaction_request_letter),
           (SELECT count(DISTINCT partner_id) FROM crm_interaction_request_letter),
           (SELECT count(*) FROM crm_interaction i JOIN crm_interaction_type t ON t.id = i.type_id
             WHERE t.code = '1.2.2' AND res_model = 'crm.interaction.request.list'),
           (SELECT count(*) FROM mail_mail m JOIN mail_message s ON s.id = m.mail_message_id
             WHERE s.model = 'crm.interaction.request.list')
"""
"""Letters, persons who got one, interactions, mails."""
LANGUAGES = """
    SELECT p.lang, count(DISTINCT l.id), count(*)
      FROM crm_interaction_request_letter l
      JOIN crm_interaction_request_letter_item_rel r ON r.letter_id = l.id
      JOIN res_partner p ON p.id = l.partner_id
     WHERE l.subject LIKE CASE p.lang WHEN 'ru_RU' THEN 'Документы%' ELSE 'Documents%' END
     GROUP BY p.lang ORDER BY p.lang
"""
"""Language of the people, letters in it, items that these name."""


def send(server, database, at=TUESDAY):
    """Run the job of the letters; return the seconds that it took, without the start of Odoo."""
    code = f"import time\nstarted = time.monotonic()\n{RUN.format(at=at)}\nprint(time.monotonic() - started)\n"
    return float(server.shell(database, code).strip().splitlines()[-1])


def send_everything(server, database, clients):
    """Send the letters to all clients, those of the east first, and check them; return the seconds of the jobs."""
    seconds = [send(server, database, at=MONDAY)]
    assert server.sql(database, COUNTS) == [(clients // 2,) * 4], "the others sleep"
    seconds.append(send(server, database))
    half = clients // 2
    assert server.sql(database, COUNTS) == [(clients,) * 4]
    assert server.sql(database, LANGUAGES) == [("en_US", half, ITEMS * half), ("ru_RU", half, ITEMS * half)]
    seconds.append(send(server, database))
    assert server.sql(database, COUNTS) == [(clients,) * 4], "run again, the job sends nothing"
    return seconds
