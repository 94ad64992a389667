from odoo.tests.common import tagged

from . import test_capture_documents
from .unsent_common import UnsentCase


@tagged("post_install", "-at_install")
class TestCaptureCancelled(UnsentCase):
    """Test that an invoice cancelled before it was sent does not count, and a sent one does."""

    send = test_capture_documents.TestCaptureDocuments.send

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.setup_accounting()
        cls.client_company.email = "office@client.example.com"
        cls.bookkeeper = cls.make_staff(login="books")
        cls.bookkeeper.group_ids |= cls.env.ref("account.group_account_invoice")

    def invoice(self, **vals):
        """Return an invoice that a bookkeeper without a right of ours has confirmed."""
        invoice = self.make_invoice(partner_id=self.client_company.id, **vals).with_user(self.bookkeeper)
        invoice.action_post()
        return invoice

    def logged(self, invoice):
        everything = self.env["crm.interaction"].with_context(active_test=False)
        return everything.search([("res_model", "=", "account.move"), ("res_id", "=", invoice.id)], order="id")

    def test_cancelled_before_it_was_sent(self):
        for cancel in ("button_cancel", "unlink"):
            for vals in ({}, {"move_type": "out_refund"}):
                with self.subTest(cancel=cancel, **vals):
                    invoice = self.invoice(**vals)
                    interaction = self.logged(invoice)
                    self.assertEqual(interaction.state, "confirmed")
                    invoice.button_draft()
                    self.assertEqual(interaction.state, "confirmed", "it is corrected, perhaps")
                    getattr(invoice, cancel)()
                    self.assertRecordValues(interaction, [{"state": "ignored", "active": False}])
                    self.assertIn("cancelled before it was sent", interaction.reason)
                    change = interaction.type_change_ids[:1]
                    self.assertEqual((change.state_after, change.user_id), ("ignored", self.bookkeeper))

    def test_mailed_to_the_client_stays(self):
        invoice = self.invoice()
        self.send(invoice)
        invoice.button_draft()
        invoice.button_cancel()
        self.assertEqual(self.logged(invoice).state, "confirmed")

    def test_printed_only_was_not_sent(self):
        invoice = self.invoice()
        invoice.is_move_sent = True
        invoice.message_post(body="Looks wrong", subtype_xmlid="mail.mt_note")
        invoice.button_cancel()
        self.assertEqual(self.logged(invoice).state, "ignored")

    def test_message_without_the_invoice_was_not_it(self):
        invoice = self.invoice()
        invoice.message_post(
            body="Your invoice follows", partner_ids=self.client_company.ids, subtype_xmlid="mail.mt_comment"
        )
        invoice.button_cancel()
        self.assertEqual(self.logged(invoice).filtered(lambda i: i.event != "message_out").state, "ignored")

    def test_shown_to_a_colleague_was_not_sent(self):
        invoice = self.invoice()
        message = invoice.message_post(
            body="Is it right?", partner_ids=self.manager.partner_id.ids, subtype_xmlid="mail.mt_comment"
        )
        self.assertTrue(message.notification_ids)
        self.env["ir.attachment"].create(
            {"name": "invoice.pdf", "raw": b"%PDF", "res_model": "mail.message", "res_id": message.id}
        )
        invoice.button_cancel()
        self.assertEqual(self.logged(invoice).state, "ignored")

    def test_confirmed_again_it_is_the_same_contact(self):
        invoice = self.invoice()
        interaction = self.logged(invoice)
        before = interaction.read(["type_id", "state", "reason", "origin_key", "active"])
        for _round in range(2):
            invoice.button_cancel()
            self.assertFalse(interaction.active)
            invoice.button_draft()
            invoice.action_post()
            self.assertEqual(self.logged(invoice), interaction)
            self.assertEqual(interaction.read(["type_id", "state", "reason", "origin_key", "active"]), before)
        self.assertEqual(interaction.type_change_ids.mapped("state_after"), ["confirmed", "ignored"] * 2)

    def test_persons_word_comes_back(self):
        invoice = self.invoice()
        interaction = self.logged(invoice)
        interaction.with_user(self.manager).tag({"type_id": self.type_("4.2.1").id})
        second = interaction._by_code().create({**interaction._prepare_split_vals(), "type_id": self.type_("4.2.1").id})
        invoice.button_cancel()
        self.assertEqual((interaction | second).mapped("state"), ["ignored", "ignored"])
        invoice.button_draft()
        invoice.action_post()
        self.assertRecordValues(
            interaction, [{"type_id": self.type_("4.2.1").id, "classified_by": "person", "state": "confirmed"}]
        )
        self.assertEqual(second.state, "confirmed")

    def test_what_a_person_ignored_stays_ignored(self):
        invoice = self.invoice()
        interaction = self.logged(invoice)
        interaction.with_user(self.manager).tag({"state": "ignored"})
        invoice.button_cancel()
        invoice.button_draft()
        invoice.action_post()
        self.assertEqual(self.logged(invoice), interaction)
        self.assertEqual(interaction.state, "ignored")

    def test_cancelled_and_given_to_another_client(self):
        invoice = self.invoice()
        invoice.button_cancel()
        invoice.button_draft()
        invoice.partner_id = self.make_client(name="Vector")
        invoice.action_post()
        counted = self.logged(invoice).filtered("active")
        self.assertEqual(counted.commercial_partner_id, invoice.partner_id)

    def test_history_counts_alike(self):
        never_sent, mailed, again = self.invoice(), self.invoice(), self.invoice()
        self.send(mailed)
        (never_sent | mailed | again).button_cancel()
        again.button_draft()
        again.action_post()
        invoices = (never_sent, mailed, again)
        self.assertEqual([len(self.logged(i).filtered("active")) for i in invoices], [0, 1, 1])
        self.replay()
        self.assertEqual([len(self.logged(i)) for i in invoices], [1, 1, 1], "a replay adds nothing")
        self.env["crm.interaction"].with_context(active_test=False).search([])._by_code().unlink()
        self.replay()
        self.assertEqual([len(self.logged(i).filtered("active")) for i in invoices], [0, 1, 1])

    def replay(self):
        replay = self.env["crm.interaction.replay"].create({"date_from": "2020-01-01"})
        replay.action_run()
        while replay.state == "running":
            replay._run_batch()
