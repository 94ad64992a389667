from unittest.mock import patch

from odoo.tests.common import tagged

from .unknown_sender_common import TAX, UnknownSenderCase


@tagged("post_install", "-at_install")
class TestCaptureUnknownSenders(UnknownSenderCase):
    """Test that messages from unknown senders wait and appear in no figure."""

    def assert_waits(self, interaction, address):
        self.assertRecordValues(
            interaction,
            [
                {
                    "unknown_sender": address,
                    "commercial_partner_id": False,
                    "partner_id": False,
                    "direction": "incoming",
                    "state": "to_review",
                    "active": False,
                    "reason": f"Unknown sender: {address}",
                }
            ],
        )

    def test_authority_in_a_client_s_thread(self):
        interaction = self.answer(sender=TAX)
        self.assert_waits(interaction, "office@tax.example.gov")
        self.assertEqual(interaction.user_id, self.staff)
        self.assertEqual(self.captured(self.task).mapped("direction"), ["outgoing"])

    def test_authority_that_is_a_contact_in_a_client_s_thread(self):
        self.make_contact(name="Office", email="office@tax.example.gov")
        self.task.message_subscribe(self.anna.ids)
        self.assert_waits(self.answer(sender=TAX), "office@tax.example.gov")

    def test_supplier_in_a_client_s_thread_is_not_relayed_as_ours(self):
        self.make_client(name="Printer", email="office@tax.example.gov", supplier_rank=3)
        self.task.message_subscribe(self.anna.ids)
        self.assert_waits(self.answer(sender=TAX), "office@tax.example.gov")

    def test_supplier_on_its_own_document_is_nobody_to_review(self):
        supplier = self.make_client(name="Printer", email="office@tax.example.gov", supplier_rank=3)
        supplier.message_post(
            body="Offer",
            message_type="email",
            author_id=supplier.id,
            email_from=TAX,
            subtype_xmlid="mail.mt_comment",
        )
        self.assertFalse(self.everything())

    def test_stranger_who_opens_a_lead(self):
        self.assert_waits(self.wait(), "office@tax.example.gov")

    def test_stranger_who_opens_a_task_and_becomes_a_contact(self):
        self.make_project(alias_name="general", alias_contact="everyone")
        self.assert_waits(self.wait(to="general@firm.example.com"), "office@tax.example.gov")

    def test_mail_without_an_address(self):
        self.make_contact(name="Ivan", email=False, parent_id=self.alfa.id)
        self.assert_waits(self.wait(sender="Ivan", to="bookkeeping@firm.example.com"), "Ivan")

    def test_client_s_answer_is_captured_as_before(self):
        self.assertRecordValues(self.answer(), [{"partner_id": self.anna.id, "unknown_sender": False, "active": True}])

    def test_mail_of_our_own_is_nobody_s(self):
        self.env.company.email = "office@firm.example.com"
        self.assertFalse(self.answer(sender="office@firm.example.com").filtered("unknown_sender"))

    def test_in_no_figure(self):
        self.wait()
        self.assertFalse(self.captured())
        counts = self.env["crm.interaction"].with_user(self.manager).review_counts()
        self.assertEqual(counts, {"mine": 0, "team": 0})
        self.env.flush_all()
        total = self.env["crm.interaction"]._read_group([], [], ["interaction_count:sum"])
        self.assertFalse(total[0][0])

    def test_customer_of_the_opportunity_makes_it_known(self):
        interaction = self.wait(sender="boss@gamma.example.com")
        gamma = self.make_client(name="Gamma", is_outsourcing_client=True)
        self.env["crm.lead"].browse(interaction.res_id).convert_opportunity(gamma)
        self.assertRecordValues(
            interaction, [{"commercial_partner_id": gamma.id, "active": True, "unknown_sender": False}]
        )

    def test_stranger_is_stored_once(self):
        self.wait()
        self.assertFalse(self.wait())

    def replay(self):
        replay = self.env["crm.interaction.replay"].with_user(self.manager).create({})
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 60):
            replay.action_run()
            self.env["crm.interaction.replay"]._cron_run()

    def test_history_finds_them_too(self):
        waiting = self.wait(to="bookkeeping@firm.example.com") | self.answer(sender=TAX, key="2")
        waiting._by_code().unlink()
        self.replay()
        self.assertEqual(self.unknown_senders().mapped("unknown_sender"), ["office@tax.example.gov"] * 2)

    def test_history_logs_nothing_twice_for_a_sender_known_later(self):
        waiting = self.wait()
        self.make_contact(email="office@tax.example.gov", parent_id=self.alfa.id)
        self.replay()
        everything = self.env["crm.interaction"].with_context(active_test=False)
        self.assertEqual(everything.search([("message_id", "=", waiting.message_id.id)]), waiting)

    def test_former_staff_are_no_strangers_in_history(self):
        self.wait(sender="Staff <staff@firm.example.com>", to="bookkeeping@firm.example.com")
        self.staff.active = False
        self.replay()
        self.assertFalse(self.unknown_senders())
