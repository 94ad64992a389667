from odoo.tests.common import tagged

from .common import MailCase


@tagged("post_install", "-at_install")
class TestCaptureCustomers(MailCase):
    """Test that interactions follow a document that gets a customer or another customer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.setup_accounting()
        cls.alfa, cls.beta = cls.make_client(name="Alfa"), cls.make_client(name="Beta")
        cls.sender = "boss@gamma.example.com"
        team = cls.env["crm.team"].create({"name": "Sales", "alias_name": "hello"})
        team.alias_id.alias_contact = "everyone"
        cls.gamma = cls.make_client(name="Gamma")

    def on(self, record):
        """Return what was logged on a document, in the order of ids."""
        domain = [("res_model", "=", record._name), ("res_id", "=", record.id)]
        return self.env["crm.interaction"].with_context(active_test=False).search(domain, order="id")

    def counted(self, record):
        return self.on(record).filtered("active").commercial_partner_id

    # --- given to another customer --------------------------------------------------------

    def post_for(self, client):
        invoice = self.make_invoice(partner_id=client.id)
        invoice.action_post()
        return invoice

    def give(self, invoice, client):
        invoice.button_draft()
        invoice.partner_id = client
        invoice.action_post()

    def test_corrected_invoice_counts_for_the_right_client_only(self):
        invoice = self.post_for(self.alfa)
        self.give(invoice, self.beta)
        self.assertRecordValues(self.on(invoice), [{"commercial_partner_id": self.beta.id, "active": True}])
        self.assertEqual(self.on(invoice).type_change_ids.after["commercial_partner_id"], self.beta.id)

    def test_invoice_given_back_counts_for_the_first(self):
        invoice = self.post_for(self.alfa)
        self.give(invoice, self.beta)
        self.give(invoice, self.alfa)
        self.assertRecordValues(self.on(invoice), [{"commercial_partner_id": self.alfa.id, "active": True}])

    def test_person_s_type_stays_on_a_corrected_invoice(self):
        invoice = self.post_for(self.alfa)
        self.on(invoice).with_user(self.manager).tag({"type_id": self.type_("1.2.1").id})
        self.give(invoice, self.beta)
        self.assertRecordValues(
            self.on(invoice),
            [
                {
                    "commercial_partner_id": self.beta.id,
                    "type_id": self.type_("1.2.1").id,
                    "classified_by": "person",
                    "active": True,
                }
            ],
        )

    def test_wrong_one_ignored_by_a_person_leaves_the_right_one(self):
        invoice = self.post_for(self.alfa)
        self.on(invoice).with_user(self.manager).action_ignore()
        self.give(invoice, self.beta)
        self.assertRecordValues(
            self.on(invoice),
            [
                {"commercial_partner_id": self.alfa.id, "active": False},
                {"commercial_partner_id": self.beta.id, "active": True},
            ],
        )

    def test_invoice_given_to_nobody_we_count_is_ignored(self):
        invoice = self.post_for(self.alfa)
        own = self.env.company.partner_id
        self.give(invoice, own)
        self.assertEqual(self.on(invoice).mapped("state"), ["ignored"])
        self.assertIn(own.name, self.on(invoice).reason)
        self.give(invoice, self.alfa)
        self.assertEqual(self.counted(invoice), self.alfa)

    def test_task_done_reopened_and_given_to_another_client(self):
        task = self.make_task(partner_id=self.alfa.id)
        task.with_user(self.staff).state = "1_done"
        task.with_user(self.staff).state = "01_in_progress"
        task.with_user(self.staff).partner_id = self.beta
        task.with_user(self.staff).state = "1_done"
        self.assertRecordValues(self.on(task), [{"commercial_partner_id": self.beta.id, "active": True}])
        self.assertFalse(self.env["crm.interaction.capture.error"].search([]))

    def test_messages_stay_with_whom_they_were_exchanged(self):
        anna = self.make_contact(parent_id=self.alfa.id)
        task = self.make_task(partner_id=anna.id)
        task.message_post(body="Hello", message_type="comment", subtype_xmlid="mail.mt_comment", partner_ids=anna.ids)
        task.partner_id = self.beta
        self.assertEqual(self.counted(task), self.alfa)

    def test_purpose_of_a_delivery_goes_along(self):
        task = self.make_task(partner_id=self.alfa.id)
        task.state = "1_done"
        first = self.on(task)
        purpose = first._by_code().create({**first._prepare_split_vals(), "type_id": self.type_("1.2.1").id})
        task.partner_id = self.beta
        self.assertEqual((first | purpose).commercial_partner_id, self.beta)

    # --- a customer at last ------------------------------------------------------------------

    def receive_unknown(self, key="1"):
        lead = self.env["crm.lead"].browse(self.receive(sender=self.sender, to="hello@firm.example.com", key=key))
        self.assertFalse(self.on(lead).commercial_partner_id)
        return lead

    def test_customer_of_an_opportunity_becomes_the_client(self):
        lead = self.receive_unknown()
        boss = self.make_contact(name="Boss", parent_id=self.gamma.id, email=self.sender)
        lead.with_user(self.manager).sudo().partner_id = self.gamma
        self.assertRecordValues(self.on(lead), [{"commercial_partner_id": self.gamma.id, "partner_id": boss.id}])
        self.assertNotIn("Unknown sender", self.on(lead).reason or "")

    def test_converted_lead_brings_its_client(self):
        lead = self.receive_unknown()
        lead.convert_opportunity(self.gamma)
        self.assertRecordValues(self.on(lead), [{"commercial_partner_id": self.gamma.id, "partner_id": self.gamma.id}])

    def test_merged_opportunity_brings_its_client(self):
        for target_is_known in (False, True):
            with self.subTest(target_is_known=target_is_known), self.env.cr.savepoint() as savepoint:
                unknown = self.receive_unknown()
                known = self.env["crm.lead"].create(
                    {"name": "Known", "type": "opportunity", "partner_id": self.gamma.id}
                )
                interaction = self.on(unknown)
                (known if target_is_known else unknown).probability = 80
                (unknown | known).merge_opportunity()
                self.assertEqual(interaction.commercial_partner_id, self.gamma)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_task_that_joins_a_client_s_project(self):
        project = self.make_project(alias_name="inbox", alias_contact="everyone")
        task = self.env["project.task"].browse(self.receive(sender=self.sender, to="inbox@firm.example.com"))
        task.partner_id = False
        self.env["crm.interaction"].search(
            [("res_id", "=", task.id), ("res_model", "=", "project.task")]
        )._by_code().write({"partner_id": False, "commercial_partner_id": False})
        self.assertEqual(task.project_id, project)
        task.project_id = self.make_project(partner_id=self.gamma.id)
        self.assertEqual(self.on(task).commercial_partner_id, self.gamma)

    def test_message_moved_to_a_client_s_document(self):
        lead = self.receive_unknown()
        interaction = self.on(lead)
        lead.message_change_thread(self.make_task(partner_id=self.gamma.id))
        self.assertEqual(interaction.commercial_partner_id, self.gamma)

    def test_person_s_word_stays_when_the_customer_comes(self):
        lead = self.receive_unknown()
        self.on(lead).with_user(self.manager).tag({"type_id": self.type_("1.1.3").id})
        lead.partner_id = self.gamma
        self.assertRecordValues(
            self.on(lead),
            [
                {
                    "commercial_partner_id": self.gamma.id,
                    "type_id": self.type_("1.1.3").id,
                    "classified_by": "person",
                    "state": "confirmed",
                }
            ],
        )

    def test_stranger_in_a_client_s_thread_stays_unknown(self):
        task = self.make_task(partner_id=self.alfa.id)
        stranger = self.log(partner_id=False, type_id=False)._by_code()
        stranger.write({"res_model": "project.task", "res_id": task.id})
        task.partner_id = self.beta
        self.assertFalse(stranger.commercial_partner_id)

    def test_automatic_mail_stays_ignored(self):
        lead = self.receive_unknown()
        self.on(lead)._by_code().write({"state": "ignored"})
        lead.partner_id = self.gamma
        self.assertEqual(self.on(lead).state, "ignored")

    def test_other_changes_of_a_document_ask_nothing(self):
        task = self.make_task(partner_id=self.alfa.id)
        statements = self.statements(lambda: task.write({"name": "Other"}))
        self.assertFalse([code for code in statements if "crm_interaction" in code])

    def test_what_a_manager_gave_to_another_client_is_not_logged_again(self):
        task = self.make_task(partner_id=self.alfa.id)
        task.state = "1_done"
        logged = self.captured(task).filtered(lambda i: i.event == "task_delivered")
        other = self.make_client(name="Corrected")
        logged.with_user(self.manager).write({"partner_id": other.id})
        task.state = "01_in_progress"
        task.state = "1_done"
        self.assertEqual(self.captured(task).filtered(lambda i: i.event == "task_delivered"), logged)
        self.assertEqual(logged.commercial_partner_id, other)
