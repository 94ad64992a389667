from unittest.mock import patch

from odoo.tests.common import tagged

from .common import ClientMailCase

CALENDAR_ANSWER = """\
From: Anna <anna@client.example.com>
To: bookkeeping@firm.example.com
Subject: Accepted: Closing of the year
Message-Id: <calendar@client.example.com>
Date: Mon, 02 Nov 2026 09:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b"

--b
Content-Type: text/plain; charset="utf-8"

Anna has accepted this invitation.
--b
Content-Type: text/calendar; charset="utf-8"; method=REPLY

BEGIN:VCALENDAR
METHOD:REPLY
END:VCALENDAR
--b--
"""
FORWARDED_BOUNCE = """\
From: Anna <anna@client.example.com>
To: bookkeeping@firm.example.com
Subject: Your mail does not arrive
Message-Id: <bounced@client.example.com>
Date: Mon, 02 Nov 2026 09:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/plain; charset="utf-8"

Please look at the bounce attached.
--b
Content-Type: message/rfc822

From: MAILER-DAEMON@client.example.com
Subject: Undeliverable
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="c"

--c
Content-Type: message/delivery-status

Status: 5.1.1
--c--
--b--
"""


@tagged("post_install", "-at_install")
class TestCaptureAutomatic(ClientMailCase):
    """Test mail from programs, mailing lists and people through the real gateway."""

    def logged(self, **values):
        """Receive one mail; return what was logged for it, ignored or not."""
        before = self.everything()
        self.number = getattr(self, "number", 0) + 1
        self.receive(**{"key": f"n{self.number}", **values})
        return self.everything() - before

    def everything(self):
        return self.env["crm.interaction"].with_context(active_test=False).search([("event", "!=", False)])

    def assert_states(self, state, cases):
        for case in cases:
            with self.subTest(**case):
                interaction = self.logged(**case)
                self.assertRecordValues(interaction, [{"state": state, "direction": "incoming"}])
                yield interaction

    def assert_automatic(self, *cases):
        for interaction in self.assert_states("ignored", cases):
            self.assertIn("Automatic mail: ", interaction.reason)

    def assert_by_person(self, *cases):
        for case in cases:
            with self.subTest(**case):
                interaction = self.logged(**case)
                self.assertTrue(interaction.active)
                self.assertEqual(interaction.partner_id, self.contact)
                self.assertNotIn("utomatic", interaction.reason or "")

    def assert_doubtful(self, *cases):
        for interaction in self.assert_states("to_review", cases):
            self.assertIn("Possibly automatic mail: ", interaction.reason)
            self.assertEqual(interaction.partner_id, self.contact)

    def test_headers_of_automatic_mail(self):
        self.assert_automatic(
            {"headers": "Auto-Submitted: auto-replied (vacation); owner-email=a@b\n"},
            {"headers": "Auto-Submitted: auto-notified\n"},
            {"headers": "Precedence: auto-reply\n"},
            {"headers": "Precedence: bulk\n"},
            {"headers": "X-Auto-Response-Suppress: All\n"},
            {"headers": "Return-Path: <>\n"},
            {"headers": "X-Failed-Recipients: boris@beta.example.com\n"},
            {"headers": "X-Cron-Env: <SHELL=/bin/sh>\n"},
            {"headers": "X-Autoreply: yes\n"},
        )

    def test_headers_of_people(self):
        self.assert_by_person(
            {"headers": "X-Autoreply: no\n"},
            {"headers": "Auto-Submitted: no (sent by a person)\n"},
            {"headers": "Auto-Submitted: No\n"},
            {"headers": "X-Auto-Response-Suppress: OOF\n"},
            {"headers": "Return-Path: <anna@client.example.com>\n"},
            {"headers": "Precedence: first-class\n"},
        )

    def test_forwarding_rule_is_a_person_or_to_review(self):
        self.assert_doubtful({"headers": "Auto-Submitted: auto-generated\n"})
        trace = "X-MS-Exchange-Inbox-Rules-Loop: office@firm.example.com\n"
        self.assert_by_person({"headers": f"Auto-Submitted: auto-generated\n{trace}"})
        self.assert_automatic({"headers": f"Auto-Submitted: auto-replied\n{trace}"})

    def test_two_kinds_of_doubt_are_certain(self):
        self.assert_automatic({"headers": "Auto-Submitted: auto-generated\n", "subject": "Out of office until Monday"})

    def test_subjects_of_automatic_replies(self):
        self.assert_automatic(
            {"subject": "Автоответ: Акт"},
            {"subject": "Out of Office: Question"},
            {"subject": "[External] Automatische Antwort: Frage"},
            {"subject": "自动答复: 问题"},
        )
        self.assert_doubtful({"subject": "Out of office next week"}, {"subject": "Вне офиса до пятницы"})
        self.assert_by_person({"subject": "Re: Automatic reply: Question"}, {"subject": "Office rent"})

    def test_senders_of_automatic_mail(self):
        for sender in ("noreply@client.example.com", "bounces+12@client.example.com"):
            interaction = self.logged(sender=sender, to="bookkeeping@firm.example.com")
            self.assertEqual(interaction.state, "ignored")
        interaction = self.logged(sender="postmaster@client.example.com", subject="Undeliverable: Question")
        self.assertEqual(interaction.state, "ignored")

    def test_newsletter_without_precedence_is_automatic(self):
        self.assert_automatic(
            {"headers": "List-Unsubscribe: <https://news.example.com/u/1>\n"},
            {"headers": "List-Id: News <news.shop.example.com>\n"},
        )

    def test_mail_through_the_firms_own_list_is_the_clients(self):
        list_id = "List-ID: Office <office.firm.example.com>\n"
        unsubscribe = "List-Unsubscribe: <https://groups.example.com/u/1>\n"
        self.assert_by_person(
            {"headers": f"Precedence: list\n{list_id}{unsubscribe}"},
            {"headers": "Precedence: list\nX-BeenThere: office@firm.example.com\n"},
            {"headers": f"Precedence: bulk\n{list_id}"},
        )
        self.assert_automatic({"headers": f"Precedence: junk\n{list_id}"})

    def test_list_of_a_company_mailbox_is_the_firms(self):
        self.env["fetchmail.server"].create({"name": "B", "server_type": "imap", "user": "office@groups.example.org"})
        self.assert_by_person({"headers": "Precedence: list\nList-Id: <office.groups.example.org>\n"})
        self.assert_automatic({"headers": "Precedence: list\nList-Id: <other.groups.example.org>\n"})

    def test_answer_to_a_meeting_is_automatic(self):
        self.env["mail.thread"].message_process("mail.thread", CALENDAR_ANSWER)
        self.assertEqual(self.everything().state, "ignored")

    def test_forwarded_bounce_is_a_persons(self):
        self.env["mail.thread"].message_process("mail.thread", FORWARDED_BOUNCE)
        self.assertEqual(self.everything().partner_id, self.contact)
        self.assertNotIn("utomatic", self.everything().reason or "")

    def test_malformed_headers_lose_no_mail(self):
        self.assertTrue(self.receive(headers="List-Id: =?utf-8?q?\x00=ff?= <\nX-Autoreply: =?x?\n"))
        fault = patch("odoo.addons.crm_outsourcing_interactions.models.capture.hooks.mail_thread.mail_signs")
        with fault as signs, self.assertLogs("odoo.addons.crm_outsourcing_interactions", "ERROR"):
            signs.side_effect = ValueError
            self.assert_by_person({})

    def test_doubt_is_read_again_from_history(self):
        case = {"subject": "Out of office next week"}
        interaction = self.logged(**case)
        interaction._by_code().unlink()
        replay = self.env["crm.interaction.replay"].create({"date_from": "2026-11-01", "date_to": "2026-12-01"})
        replay.action_run()
        while replay.state == "running":
            replay._run_batch()
        self.assertIn("Possibly automatic mail: Out of office", self.everything().reason)

    def test_signs_cost_no_statement(self):
        def receive(headers):
            return self.count_statements(lambda: self.logged(headers=headers))

        receive(""), receive("")
        self.assertEqual(receive(""), receive("X-Autoreply: no\nList-Id: <office.firm.example.com>\n"))
