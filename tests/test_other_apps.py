"""Test with Sales and Website installed: an offer sent, and requests submitted by website forms."""

import ast
import urllib.parse
import urllib.request

import pytest

PREPARE = """
client = env["res.partner"].create({"name": "Vector", "is_company": True, "customer_rank": 1})
anna = env["res.partner"].create({"name": "Anna", "parent_id": client.id, "email": "anna@vector.example.com"})
product = env["product.product"].create({"name": "Audit", "type": "service"})
order = env["sale.order"].create({"partner_id": anna.id, "order_line": [(0, 0, {"product_id": product.id})]})
action = order.action_quotation_send()
template = env["mail.template"].browse(action["context"]["default_template_id"])
template.report_template_ids = False  # a machine without wkhtmltopdf cannot print the offer
wizard = env["mail.compose.message"].with_context(**action["context"]).create({})
wizard._action_send_mail()
order.message_post(body="We take it", author_id=anna.id, message_type="email", subtype_xmlid="mail.mt_comment")
project = env["project.project"].create({"name": "Bookkeeping", "partner_id": client.id})
env.cr.commit()
print(project.id)
"""
READ = """
env.cr.execute(
    "SELECT i.event, i.res_model, t.code, p.name FROM crm_interaction i JOIN crm_interaction_type t ON t.id = i.type_id"
    " JOIN res_partner p ON p.id = i.partner_id ORDER BY i.id"
)
print(env.cr.fetchall())
"""


def hand_in(address, model, **values):
    """Submit a website form as a visitor."""
    data = urllib.parse.urlencode(values).encode()
    with urllib.request.urlopen(f"{address}/website/form/{model}", data) as response:
        assert b'"id"' in response.read()


@pytest.mark.slow
def test_offers_and_forms_of_the_website(server):
    database = server.new_database()
    server.odoo(database, "-i", "sale_management,website_crm,website_project", "--stop-after-init", "--no-http")
    project_id = server.shell(database, PREPARE).strip().splitlines()[-1]
    with server.serve(database) as address:
        request = {"email_from": "anna@vector.example.com", "name": "Audit", "contact_name": "Anna"}
        hand_in(address, "crm.lead", **request)
        hand_in(address, "crm.lead", **{**request, "email_from": "prospect@other.example.com"})
        hand_in(address, "project.task", project_id=project_id, email_from="anna@vector.example.com", name="Act")
    assert ast.literal_eval(server.shell(database, READ).strip().splitlines()[-1]) == [
        ("message_out", "sale.order", "3.2.1.3", "Anna"),
        ("message_in", "sale.order", "3.1.1", "Anna"),
        ("lead_requested", "crm.lead", "3.1.1", "Anna"),
        ("task_requested", "project.task", "1.1.2", "Anna"),
    ]
