from datetime import datetime
from unittest.mock import patch

from odoo import fields
from odoo.tests.common import new_test_user, tagged

from ..models.events.marks import Mark
from . import common
from .common import INSERT, MATTER, ClientMailCase


@tagged("post_install", "-at_install")
class TestCaptureGateway(ClientMailCase):
    """Test incoming mail through the real gateway."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.task = cls.make_task(project_id=cls.project.id, partner_id=cls.contact.id, user_ids=cls.staff.ids)

    def post(self):
        """Post a message of the staff to the client; return it."""
        return self.task.with_user(self.staff).message_post(
            body="Hello", message_type="comment", subtype_xmlid="mail.mt_comment", partner_ids=self.contact.ids
        )

    def test_reply_costs_six_statements(self):
        """Who is responsible is looked up; whose contact it is, is remembered."""
        for warm in "ab":
            plain, captured = (
                self.count_queries(f"{warm}1", interaction_skip=Mark(True)),
                self.count_queries(f"{warm}2"),
            )
        self.assertEqual(captured - plain, INSERT + 1 + MATTER)
        answers = self.captured(self.task).filtered(lambda interaction: interaction.direction == "incoming")
        self.assertEqual(answers.user_id, self.staff)

    def count_queries(self, key, **context):
        """Return how many statements it takes to receive the client's answer to a message."""
        question = self.post()
        headers = f"In-Reply-To: {question.message_id}\n"
        return self.count_statements(lambda: self.receive(context, key=key, headers=headers))

    def test_mail_to_alias_is_one_incoming_contact(self):
        task_id = self.receive()
        interaction = self.captured()
        self.assertEqual((interaction.res_model, interaction.res_id), ("project.task", task_id))
        self.assertRecordValues(
            interaction,
            [{"direction": "incoming", "partner_id": self.contact.id, "channel": "email", "subject": "Question"}],
        )

    def test_impossible_date_becomes_the_time_of_arrival(self):
        before = self.env.cr.now().replace(microsecond=0)
        for number, date in enumerate(
            (
                "Thu, 01 Jan 1970 00:00:00 +0000",
                "Mon, 01 Jan 2099 09:00:00 +0300",
                "Mon, 01 Jan 0001 00:00:00 +0000",
                "Fri, 31 Dec 9999 23:59:59 +0000",
                "yesterday",
                "",
            )
        ):
            with self.subTest(date=date):
                self.receive(key=f"dated-{number}", date=date and f"Date: {date}\n")
                interaction = self.captured().sorted("id")[-1:]
                self.assertEqual(len(self.captured()), number + 1)
                self.assertGreaterEqual(interaction.date, before)
                self.assertLessEqual(interaction.date, fields.Datetime.now())
                self.assertEqual(interaction.month, interaction.date.date().replace(day=1))

    def test_date_of_the_mail_is_the_date_of_the_contact(self):
        self.receive(date="Date: Wed, 04 Mar 2026 12:00:00 +0300\n")
        self.assertEqual(self.captured().date, datetime(2026, 3, 4, 9))

    def test_same_mail_twice_counts_once(self):
        self.receive()
        self.receive()
        self.assertEqual(len(self.captured()), 1)

    def test_mail_to_two_aliases_counts_once(self):
        self.make_project(partner_id=self.client_company.id, alias_name="payroll")
        self.receive(to="bookkeeping@firm.example.com, payroll@firm.example.com")
        self.assertEqual(len(self.captured()), 1)

    def test_reply_by_mail_is_incoming(self):
        message = self.post()
        self.receive(headers=f"In-Reply-To: {message.message_id}\n", subject="Re: Hello")
        self.assertCountEqual(self.captured(self.task).mapped("direction"), ["incoming", "outgoing"])

    def test_staff_answering_from_mail_program_is_outgoing(self):
        message = self.post()
        self.receive(
            sender="Staff <staff@firm.example.com>",
            to="bookkeeping@firm.example.com, anna@client.example.com",
            headers=f"In-Reply-To: {message.message_id}\n",
        )
        self.assertEqual(self.captured(self.task).mapped("direction"), ["outgoing", "outgoing"])

    def test_unknown_sender_is_kept_to_review(self):
        team = self.env["crm.team"].create({"name": "Sales", "alias_name": "hello"})
        team.alias_id.alias_contact = "everyone"
        self.receive(sender="stranger@nowhere.example.com", to="hello@firm.example.com")
        interaction = self.unknown_senders()
        self.assertFalse(interaction.partner_id)
        self.assertEqual(interaction.state, "to_review")
        self.assertIn("stranger@nowhere.example.com", interaction.reason)

    def test_address_of_two_clients_is_left_to_a_person(self):
        self.make_contact(parent_id=self.make_client(name="Vector").id, email="anna@client.example.com")
        team = self.env["crm.team"].create({"name": "Sales", "alias_name": "hello"})
        team.alias_id.alias_contact = "everyone"
        self.receive(to="hello@firm.example.com")
        interaction = self.captured()
        self.assertFalse(interaction.partner_id)
        self.assertEqual(interaction.state, "to_review")
        self.assertIn("several clients", interaction.reason)

    def test_address_of_a_client_and_a_supplier_is_the_clients(self):
        self.make_client(name="Landlord", email="anna@client.example.com", supplier_rank=1)
        team = self.env["crm.team"].create({"name": "Sales", "alias_name": "hello"})
        team.alias_id.alias_contact = "everyone"
        self.receive(to="hello@firm.example.com")
        self.assertEqual(self.captured().commercial_partner_id, self.client_company)

    def test_automatic_replies_never_count(self):
        for key, headers in enumerate(
            ("Auto-Submitted: auto-replied\n", "Precedence: bulk\n", "X-Autoreply: yes\n"), start=10
        ):
            with self.subTest(headers=headers):
                self.receive(key=key, headers=headers)
                self.assertFalse(self.captured())

    def test_bounce_never_counts(self):
        self.receive(sender="MAILER-DAEMON@client.example.com", subject="Undeliverable")
        self.assertFalse(self.captured())

    def test_answer_that_quotes_a_complaint_is_none(self):
        message = self.post()
        quote = '<div class="gmail_quote"><blockquote>On Monday you wrote: We must complain.</blockquote></div>'
        reply = {"headers": f"In-Reply-To: {message.message_id}\n", "subtype": "html"}
        self.receive(**reply, key="a", body=f"<div>All is well now.</div>{quote}")
        self.receive(**reply, key="b", body="<div>We must complain.</div>")
        answers = self.captured(self.task).filtered(lambda i: i.direction == "incoming").sorted("id")
        self.assertNotEqual(answers[0].type_id, self.type_("2.1.1"))
        self.assertEqual(answers[1].type_id, self.type_("2.1.1"))

    def test_mail_of_a_client_with_portal_access_is_one_contact(self):
        new_test_user(self.env, "anna.portal", groups="base.group_portal", partner_id=self.contact.id)
        self.env["crm.team"].create({"name": "Sales", "alias_name": "hello"}).alias_id.alias_contact = "everyone"
        for key, to in (("task", "bookkeeping@firm.example.com"), ("lead", "hello@firm.example.com")):
            with self.subTest(to=to):
                before = self.captured()
                self.receive(key=key, to=to)
                self.assertEqual((self.captured() - before).mapped("event"), ["message_in"])

    def test_message_to_an_address_of_two_clients_is_to_review(self):
        self.make_contact(parent_id=self.make_client(name="Vector").id, email="anna@client.example.com")
        sent = {
            "sender": "Staff <staff@firm.example.com>",
            "to": "bookkeeping@firm.example.com, anna@client.example.com",
        }
        self.receive(**sent)
        interaction = self.captured()
        self.assertEqual(interaction.commercial_partner_id, self.client_company, "the project says whose")
        other = self.make_project(alias_name="general")
        self.assertFalse(other.partner_id)
        self.receive(**{**sent, "to": "general@firm.example.com, anna@client.example.com", "key": "2"})
        interaction = self.captured() - interaction
        self.assertFalse(interaction.partner_id)
        self.assertIn("several clients", interaction.reason)

    def receive_unsigned(self, **values):
        """Receive a mail that has no From header at all."""
        with patch.object(common, "MAIL", common.MAIL.replace("From: {sender}\n", "")):
            return self.receive(**values)

    def test_mail_without_sender_is_kept_to_review(self):
        team = self.env["crm.team"].create({"name": "Sales", "alias_name": "hello"})
        team.alias_id.alias_contact = "everyone"
        self.receive_unsigned(to="hello@firm.example.com")
        self.assertRecordValues(
            self.captured(),
            [{"partner_id": False, "direction": "incoming", "state": "to_review", "reason": "Mail without a sender"}],
        )

    def test_answer_without_sender_is_of_the_client_to_review(self):
        headers = f"In-Reply-To: {self.post().message_id}\n"
        self.receive_unsigned(headers=headers, body="We must complain about it.")
        answer = self.captured(self.task).filtered(lambda i: i.direction == "incoming")
        self.assertRecordValues(
            answer, [{"commercial_partner_id": self.client_company.id, "state": "to_review", "user_id": self.staff.id}]
        )
        self.assertEqual(answer.reason, "Mail without a sender")
        self.assertEqual(len(self.captured(self.task)), 2, "what Odoo relays to followers is no message of ours")

    def test_history_reads_a_mail_without_sender_alike(self):
        self.receive_unsigned(headers=f"In-Reply-To: {self.post().message_id}\n")
        live = self.captured(self.task)
        self.assertCountEqual(live.mapped("direction"), ["incoming", "outgoing"])
        kept = [(i.direction, i.state, i.reason, i.partner_id) for i in live]
        live._by_code().unlink()
        self.replay()
        self.assertCountEqual([(i.direction, i.state, i.reason, i.partner_id) for i in self.captured(self.task)], kept)

    def replay(self):
        replay = self.env["crm.interaction.replay"].create({"date_from": "2026-11-01", "date_to": "2026-12-01"})
        replay.action_run()
        while replay.state == "running":
            replay._run_batch()

    def test_automatic_reply_of_the_past_is_no_contact_either(self):
        self.receive(key="auto", headers="Auto-Submitted: auto-replied\n")
        self.receive(key="old", subject="Automatic reply: Question", headers="X-Autoreply: yes\n")
        self.receive(key="person")
        before = self.captured()
        self.assertEqual(len(before), 1)
        self.replay()
        self.assertEqual(self.captured(), before)
