from odoo import SUPERUSER_ID, Command
from odoo.tests.common import new_test_user, tagged

from .common import INSERT, InteractionCase


@tagged("post_install", "-at_install")
class TestCaptureDocuments(InteractionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.setup_accounting()
        cls.client_company = cls.make_client(email="office@client.example.com")
        cls.contact = cls.make_contact(parent_id=cls.client_company.id)
        cls.project = cls.make_project(partner_id=cls.client_company.id)

    def codes(self, record):
        interactions = self.env["crm.interaction"].search(
            [("res_model", "=", record._name), ("res_id", "=", record.id)], order="id"
        )
        return [interaction.type_id.code for interaction in interactions]

    def send(self, invoice):
        wizard = self.env["account.move.send.wizard"].with_context(active_model="account.move", active_ids=invoice.ids)
        wizard.create({"sending_methods": ["email"]}).action_send_and_print()

    def pay(self, invoice):
        register = self.env["account.payment.register"]
        register = register.with_context(active_model="account.move", active_ids=invoice.ids)
        register.create({}).action_create_payments()

    # --- invoices ---------------------------------------------------------------------

    def test_posted_invoice_is_one_invoicing(self):
        invoice = self.make_invoice(partner_id=self.client_company.id)
        self.assertEqual(self.codes(invoice), [])
        invoice.action_post()
        self.assertEqual(self.codes(invoice), ["4.2.2"])

    def test_second_post_of_invoice_adds_nothing(self):
        invoice = self.make_invoice(partner_id=self.client_company.id)
        invoice.action_post()
        invoice.button_draft()
        invoice.action_post()
        self.assertEqual(self.codes(invoice), ["4.2.2"])

    def test_posted_then_mailed_twice_is_one(self):
        invoice = self.make_invoice(partner_id=self.client_company.id)
        invoice.action_post()
        self.send(invoice)
        self.send(invoice)
        self.assertEqual(self.codes(invoice), ["4.2.2"])

    def test_counted_when_sent_if_the_company_wants_it(self):
        self.env.company.interaction_log_invoice = "sent"
        invoice = self.make_invoice(partner_id=self.client_company.id)
        invoice.action_post()
        self.assertEqual(self.codes(invoice), [])
        self.send(invoice)
        self.send(invoice)
        self.assertEqual(self.codes(invoice), ["4.2.2"])

    def test_never_counted_if_the_company_wants_it(self):
        self.env.company.interaction_log_invoice = "never"
        invoice = self.make_invoice(partner_id=self.client_company.id)
        invoice.action_post()
        self.send(invoice)
        self.assertEqual(self.codes(invoice), [])

    def test_vendor_bill_is_no_interaction(self):
        bill = self.make_invoice(move_type="in_invoice", partner_id=self.client_company.id, invoice_date="2026-11-02")
        bill.action_post()
        bill.message_post(
            body="Hello", partner_ids=self.client_company.ids, message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.assertEqual(self.codes(bill), [])

    def test_batch_of_invoices_costs_six_statements(self):
        self.env.company.interaction_log_invoice = "never"
        invoices = self.env["account.move"].concat(
            *(self.make_invoice(partner_id=self.make_client(name=f"Client {i}").id) for i in range(10))
        )
        invoices.action_post()
        self.env.company.interaction_log_invoice = "posted"
        capture = self.env["crm.interaction.capture"]
        warm = self.make_invoice(partner_id=self.client_company.id)
        warm.action_post()
        self.env.flush_all()
        invoices.fetch(["move_type"])  # who posts them has read them
        invoices.partner_id.fetch(["name", "partner_share", "commercial_partner_id"])
        with self.assertQueryCount(INSERT + 3):  # which clients, what was cancelled or moved, and what is new
            capture._invoices("posted", invoices)
        self.assertEqual([self.codes(invoice) for invoice in invoices], [["4.2.2"]] * 10)

    def test_posting_many_invoices_costs_three_statements_more(self):
        costs = {}
        for moment in ("never", "posted"):
            self.env.company.interaction_log_invoice = moment
            self.make_invoice(partner_id=self.client_company.id).action_post()  # from here on all is warm
            invoices = self.env["account.move"].concat(
                *(self.make_invoice(partner_id=self.make_client(name=f"Client {i}").id) for i in range(10))
            )
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            invoices.action_post()
            self.env.flush_all()
            costs[moment] = self.env.cr.sql_log_count - before
        self.assertEqual(costs["posted"] - costs["never"], INSERT)  # with the savepoint, which both have

    def test_any_channel_but_by_hand_is_sending(self):
        self.env.company.interaction_log_invoice = "sent"
        address = {"street": "Wetstraat 1", "city": "Brussels", "zip": "1000", "country_id": self.ref("base.be")}
        self.client_company.write(address)
        for methods, codes in (({"manual"}, []), ({"snailmail"}, ["4.2.2"]), ({"peppol"}, ["4.2.2"])):
            with self.subTest(methods=methods):
                invoice = self.make_invoice(partner_id=self.client_company.id)
                invoice.action_post()
                for _time in range(2):
                    self.env["account.move.send"]._hook_if_success({invoice: {"sending_methods": methods}})
                self.assertEqual(self.codes(invoice), codes)

    def test_credit_note_is_one_invoicing_and_no_payment(self):
        invoice = self.make_invoice(partner_id=self.client_company.id)
        invoice.action_post()
        wizard = self.env["account.move.reversal"].with_context(active_model="account.move", active_ids=invoice.ids)
        wizard.create({"journal_id": invoice.journal_id.id}).refund_moves()
        credit_note = invoice.reversal_move_ids
        credit_note.action_post()
        self.assertEqual(self.codes(credit_note), ["4.2.2"])
        self.env.company.interaction_log_credit_note = False
        other = credit_note.copy()
        other.action_post()
        self.assertEqual(self.codes(other), [])

    def test_paid_invoice_is_one_payment(self):
        invoice = self.make_invoice(partner_id=self.client_company.id)
        invoice.action_post()
        self.pay(invoice)
        self.assertEqual(self.codes(invoice), ["4.2.2", "1.1.1"])

    def test_second_reconciliation_adds_nothing(self):
        invoice = self.make_invoice(partner_id=self.client_company.id)
        invoice.action_post()
        self.pay(invoice)
        lines = invoice.line_ids.filtered(lambda line: line.account_type == "asset_receivable")
        counterpart = lines.matched_credit_ids.credit_move_id
        lines.remove_move_reconcile()
        (lines + counterpart).reconcile()
        self.assertEqual(self.codes(invoice), ["4.2.2", "1.1.1"])

    def test_partly_paid_invoice_is_no_payment_yet(self):
        invoice = self.make_invoice(partner_id=self.client_company.id)
        invoice.action_post()
        register = self.env["account.payment.register"]
        register = register.with_context(active_model="account.move", active_ids=invoice.ids)
        register.create({"amount": invoice.amount_total / 2}).action_create_payments()
        self.assertEqual(self.codes(invoice), ["4.2.2"])

    def test_payment_registered_by_a_job_answers_the_invoice(self):
        self.type_("4.2.2").expects_answer = True
        invoice = self.make_invoice(partner_id=self.client_company.id)
        invoice.action_post()
        asked = self.captured(invoice)
        self.assertEqual((self.env.uid, asked.is_unattended, asked.matter_id.waiting), (SUPERUSER_ID, True, "client"))
        self.pay(invoice)
        paid = self.captured(invoice) - asked
        self.assertEqual((paid.is_unattended, paid.matter_id), (False, asked.matter_id))
        self.assertEqual((asked.matter_id.waiting, asked.matter_id.closed_how), ("nobody", "answered"))

    # --- tasks ------------------------------------------------------------------------

    def test_delivered_task_is_one_delivery(self):
        task = self.make_task(project_id=self.project.id, partner_id=self.contact.id)
        task.with_user(self.staff).state = "1_done"
        self.assertEqual(self.codes(task), ["1.2.3"])

    def test_second_close_of_task_adds_nothing(self):
        task = self.make_task(project_id=self.project.id, partner_id=self.contact.id)
        for state in ("1_done", "01_in_progress", "1_done"):
            task.state = state
        self.assertEqual(self.codes(task), ["1.2.3"])

    def test_folded_stage_delivers_if_the_company_wants_it(self):
        stage = self.env["project.task.type"].create({"name": "Closed", "fold": True})
        for setting, codes in (("state", []), ("stage", ["1.2.3"])):
            with self.subTest(setting=setting):
                self.env.company.interaction_task_delivered_by = setting
                task = self.make_task(project_id=self.project.id, partner_id=self.contact.id)
                task.stage_id = stage
                self.assertEqual(self.codes(task), codes)

    def test_next_task_of_a_recurrence_is_no_request(self):
        task = self.make_task(
            project_id=self.project.id, partner_id=self.contact.id, recurring_task=True, repeat_type="forever"
        )
        task.state = "1_done"
        tasks = self.env["project.task"].search([("project_id", "=", self.project.id)])
        self.assertEqual(len(tasks), 2)
        self.assertEqual(self.codes(tasks - task), [])

    def test_subtask_and_task_without_client_deliver_nothing(self):
        parent = self.make_task(project_id=self.project.id, partner_id=self.contact.id)
        child = self.make_task(project_id=self.project.id, partner_id=self.contact.id, parent_id=parent.id)
        internal = self.make_task(project_id=self.make_project().id)
        (child | internal).write({"state": "1_done"})
        self.assertEqual(self.codes(child) + self.codes(internal), [])

    def test_task_created_by_staff_is_none(self):
        task = self.make_task(project_id=self.project.id, partner_id=self.contact.id)
        self.assertEqual(self.codes(task), [])

    def test_task_created_on_the_portal_is_a_request(self):
        portal = new_test_user(self.env, "client.portal", groups="base.group_portal")
        portal.partner_id.parent_id = self.client_company
        self.project.write(
            {
                "privacy_visibility": "portal",
                "collaborator_ids": [Command.create({"partner_id": portal.partner_id.id})],
            }
        )
        self.project.message_subscribe(portal.partner_id.ids)
        task = self.env["project.task"].with_user(portal).with_context(default_project_id=self.project.id)
        task = task.create({"name": "Please register a branch"})
        self.assertEqual(self.codes(task.sudo()), ["1.1.2"])
