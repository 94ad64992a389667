"""Make clients from whom documents are outstanding, and run the job of the letters on a working day."""

PEOPLE = """
template = env.ref("crm_outsourcing_interactions.request_template_month")
clients = env["res.partner"].create([
    {{"name": f"Client {{n}}", "is_company": True, "customer_rank": 1, "is_outsourcing_client": True}}
    for n in range({clients})
])
env["res.partner"].create([
    {{"name": f"Person {{n}}", "email": f"person{{n}}@client{{n}}.example.com", "parent_id": client.id}}
    for n, client in enumerate(clients)
])
from odoo import fields
template._make(clients, fields.Date.to_date("2026-10-01"), env.company)
env.company.interaction_tz = "UTC"
env.cr.commit()
"""
RUN = """
from unittest.mock import patch
from freezegun import freeze_time
job = "odoo.addons.crm_outsourcing_interactions.models.requests.crm_interaction_request_letter_job.CHUNK"
with patch(job, {chunk}), freeze_time("2026-11-03 09:00", tick=True):
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
