from unittest.mock import patch

from odoo.tests.common import tagged

from ..models.events.keys import captured_key
from .unsent_common import UnsentCase


@tagged("post_install", "-at_install")
class TestCaptureUnreached(UnsentCase):
    """Test that messages to contacts without an address do not count."""

    def test_message_to_nobody_with_an_address(self):
        self.assert_contact(self.post(self.nobody), self.nobody.browse())

    def test_message_to_a_client_without_address_on_its_own_record(self):
        client = self.make_client(name="Nowhere")
        self.assert_contact(self.post(client, client), client.browse(), client)

    def test_follower_without_address(self):
        self.task.message_subscribe(self.nobody.ids)
        self.assert_contact(self.post(self.nobody.browse()), self.nobody.browse())

    def test_whom_it_reaches_beside_counts(self):
        self.assert_contact(self.post(self.nobody | self.contact), self.contact)

    def test_unusable_address_is_none(self):
        self.nobody.email = "to be asked"
        self.assert_contact(self.post(self.nobody), self.nobody.browse())

    def test_address_that_is_given_alone_is_one(self):
        self.post(self.nobody.browse(), outgoing_email_to="anna@example.com")
        self.assertEqual(self.captured(self.task).partner_id, self.contact)

    def test_address_that_is_removed_later_was_one(self):
        message = self.post(self.contact)
        message.notification_ids.notification_status = "sent"
        self.contact.email = False
        self.assert_contact(message, self.contact)

    def test_address_that_is_given_later_was_none(self):
        message = self.post(self.nobody)
        message.notification_ids.write({"notification_status": "exception", "failure_type": "mail_email_missing"})
        self.nobody.email = "boris@example.com"
        self.assert_contact(message, self.nobody.browse())

    def test_sms_needs_no_address(self):
        self.nobody.phone = "+32470000001"
        message = self.task.with_user(self.staff)._message_sms("Please call back", partner_ids=self.nobody.ids)
        self.assert_contact(message, self.nobody)

    def test_rating_is_asked_of_nobody_without_address(self):
        template = self.template(model_id=self.env["ir.model"]._get_id("project.task"))
        task = self.make_task(partner_id=self.nobody.id)
        task.with_user(self.staff).rating_send_request(template)
        self.assertFalse(self.captured(task))
        self.task.with_user(self.staff).rating_send_request(template)
        self.assertEqual(self.captured(self.task).event, "feedback_asked")

    def test_template_mail_to_nobody(self):
        task = self.make_task(partner_id=self.nobody.id)
        self.template().send_mail(task.id)
        self.assertFalse(self.captured(task))

    def test_template_mail_to_several_documents(self):
        tasks = self.task | self.make_task(partner_id=self.nobody.id)
        tasks.with_user(self.staff).message_mail_with_source(self.template())
        self.assertEqual(self.captured().partner_id, self.contact)

    def test_mass_mailing_to_somebody_without_address(self):
        self.env.company.interaction_log_campaign = True
        client = self.make_client(name="Nowhere")
        composer = self.env["mail.compose.message"].create(
            {
                "composition_mode": "mass_mail",
                "model": "res.partner",
                "res_ids": (client | self.contact).ids,
                "subject": "New prices",
                "body": "<p>From January</p>",
            }
        )
        for keep_log in (False, True):
            composer.auto_delete_keep_log = keep_log
            composer._action_send_mail()
        self.assertEqual(self.captured().partner_id, self.contact)

    def test_mass_sms_to_somebody_without_number(self):
        self.env.company.interaction_log_campaign = True
        self.contact.phone = "+32470000001"
        client = self.make_client(name="Nowhere")
        composer = self.env["sms.composer"].create(
            {
                "composition_mode": "mass",
                "res_model": "res.partner",
                "res_ids": repr((client | self.contact).ids),
                "mass_keep_log": True,
                "mass_force_send": False,
                "body": "New prices",
            }
        )
        composer.action_send_sms()
        self.assertEqual(self.captured().partner_id, self.contact)


@tagged("post_install", "-at_install")
class TestCaptureUnsentInvoices(UnsentCase):
    """Test that an invoice counted on sending counts for its recipient."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.setup_accounting()
        cls.env.company.interaction_log_invoice = "sent"
        cls.client_company.email = "office@client.example.com"
        cls.nowhere = cls.make_client(name="Nowhere")

    def posted(self, *clients, **vals):
        invoices = [self.make_invoice(partner_id=client.id, **vals) for client in clients]
        moves = self.env["account.move"].concat(*invoices)
        moves.action_post()
        return moves

    def send(self, moves, method="email"):
        """Send in a batch, as its job does."""
        self.env["account.move.send"]._generate_and_send_invoices(moves, sending_methods={method})

    def events(self, moves):
        return [self.captured(move).mapped("event") for move in moves]

    def test_batch_counts_only_whom_it_reaches(self):
        moves = self.posted(self.client_company, self.nowhere)
        self.send(moves)
        self.assertEqual(self.events(moves), [["invoice_sent"], []])

    def test_batch_of_credit_notes(self):
        moves = self.posted(self.client_company, self.nowhere, move_type="out_refund")
        self.send(moves)
        self.assertEqual(self.events(moves), [["credit_note_sent"], []])

    def test_mailed_to_a_colleague_only(self):
        moves = self.posted(self.client_company)
        self.env["account.move.send"]._generate_and_send_invoices(
            moves, sending_methods={"email"}, mail_partner_ids=self.staff.partner_id.ids
        )
        self.assertEqual(self.events(moves), [[]])

    def test_mailed_to_the_people_of_another_client(self):
        self.env.company.interaction_log_invoice = "posted"
        moves = self.posted(self.client_company)
        other = self.make_contact(parent_id=self.make_client(name="Vector").id, email="vera@example.com")
        self.env["account.move.send"]._generate_and_send_invoices(
            moves, sending_methods={"email"}, mail_partner_ids=other.ids
        )
        self.assertEqual(self.captured(moves).commercial_partner_id, self.client_company)
        self.assertEqual(len(self.captured(moves)), 1)

    def test_way_that_does_not_apply_to_the_client(self):
        moves = self.posted(self.client_company, self.nowhere)
        send = type(self.env["account.move.send"])
        with patch.object(send, "_is_applicable_to_move", lambda _self, _way, move, **_data: move == moves[0]):
            self.env["account.move.send"]._hook_if_success({move: {"sending_methods": {"snailmail"}} for move in moves})
        self.assertEqual(self.events(moves), [["invoice_sent"], []])

    def test_history_takes_its_mail_for_the_sending(self):
        moves = self.posted(self.client_company)
        self.send(moves)
        [message] = moves.message_ids.filtered("partner_ids")
        self.assertEqual(self.history(message), self.captured(moves).partner_id)
        self.assertEqual(
            [captured_key(event.key) for event in self.history_events(message)], [self.captured(moves).origin_key]
        )
        self.env.company.interaction_log_invoice = "posted"
        self.assertFalse(self.history(message))
