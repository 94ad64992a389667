from odoo import Command, fields
from odoo.tests.common import new_test_user

from .test_portal_documents import DocumentsCase

SECRET = "Zanzibar"
"""Word in all that only Anna may see."""
SHARED = "Timbuktu"
"""Word in what people of her company may see, too."""


class LeaksCase(DocumentsCase):
    """Put a secret into all that only Anna may see, and set up those who must not see it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        person = cls.anna.partner_id
        cls.statement.write({"name": f"{SECRET} statement", "note": f"{SECRET} note"})
        cls.statement._hand_over(person, {cls.statement.id: {"files": [(f"{SECRET}.pdf", b"Zanzibar content")]}})
        cls.invoices.name = f"{SECRET} invoices"
        cls.files = cls.statement.attachment_ids
        cls.complaint = cls.env["crm.interaction.portal.complaint"]._send(person, f"{SECRET} complaint", "t")
        cls.env["rating.rating"]._interaction_rate(person, 5, f"{SECRET} rating")
        cls.task = cls.make_task(partner_id=person.id, name=f"{SECRET} task")
        moment = fields.Datetime.subtract(fields.Datetime.now(), hours=3)
        cls.capture(moment, partner=person, code="message_in", type_code="1.1.3", record=cls.task, subject=SECRET)
        made = cls.env["crm.interaction.sent.report"]._by_code().create(
            {
                "partner_id": cls.alfa.id, "company_id": cls.env.company.id,
                "date_from": "2026-09-01", "date_to": "2026-09-30",
            }
        )  # fmt: skip
        vals = {"name": f"{SECRET}.pdf", "raw": b"%PDF-Zanzibar", "res_model": made._name, "res_id": made.id}
        made.attachment_id = cls.env["ir.attachment"].create(vals)
        made.message_post(body=SECRET, partner_ids=person.ids, attachment_ids=made.attachment_id.ids)
        cls.report_row = cls.env["crm.interaction.portal.report"].search([("report_id", "=", made.id)])
        service = cls.env["crm.interaction.service"].create({"name": f"{SHARED} service"})
        cls.alfa.interaction_scope_ids = [Command.create({"service_id": service.id})]
        cls.leaver = cls.make_person("leaver", cls.alfa)
        cls.leaver.partner_id.parent_id = cls.beta
        cls.employee = new_test_user(cls.env, "no.group", groups="base.group_user", password="no.group")
        cls.strangers = {
            "public": None, "other client": cls.vera, "colleague": cls.boris, "leaver": cls.leaver,
            "employee": cls.employee,
        }  # fmt: skip
