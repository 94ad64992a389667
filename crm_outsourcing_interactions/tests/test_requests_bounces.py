from datetime import timedelta

from freezegun import freeze_time

from odoo.tests.common import tagged

from ..models.events.marks import marked
from .requests_common import MONDAY, WEEK, LetterCase

RETURNED = """\
From: Mail Delivery System <MAILER-DAEMON@mail.example.net>
To: bounce@firm.example.com
Subject: Undelivered Mail Returned to Sender
Message-Id: <returned-{key}@mail.example.net>
References: {letter}
Content-Type: multipart/report; report-type=delivery-status; boundary="b"
MIME-Version: 1.0

--b
Content-Type: text/plain

Mailbox unknown.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.net

Final-Recipient: rfc822; {address}
Action: failed
Status: 5.1.1

--b--
"""

WITH_ORIGINAL = RETURNED.replace("References: {letter}\n", "").replace(
    "\n--b--", "\n--b\nContent-Type: {part}\n\nMessage-Id: {letter}\nSubject: Documents\n\n--b--"
)
"""The same with a ``part``: the original mail, or its headers (RFC 3464)."""


@tagged("post_install", "-at_install")
@freeze_time(MONDAY - timedelta(days=3))
class TestRequestBounces(LetterCase):
    """Test that no letters go to an address from which one came back."""

    def setUp(self):
        super().setUp()
        self.letter = self.run_job()
        self.bounce(self.ivan.email)

    def bounce(self, address):
        text = RETURNED.format(key=address, letter=self.letter.message_id.message_id, address=address)
        with freeze_time(MONDAY + timedelta(hours=1)):
            self.env["mail.thread"].message_process("mail.thread", text)

    def test_no_further_letters_and_one_activity(self):
        self.assertEqual(self.ivan.interaction_bounced_email, self.ivan.email)
        for number in (1, 2):
            self.assertFalse(self.run_job(MONDAY + number * WEEK))
            self.assertEqual(len(self.activities()), 1)
        self.assertIn("Ivan: mail to this address came back", self.activities().note)
        self.assertEqual(self.captured(self.list), self.letter.interaction_id, "a bounce is no interaction")

    def test_letters_go_on_to_another_address(self):
        self.ivan.email = "ivan.new@vector.example.com"
        self.assertEqual(self.run_job(MONDAY + WEEK).partner_id, self.ivan)

    def test_letters_go_on_when_the_person_writes(self):
        reply = f"In-Reply-To: {self.letter.message_id.message_id}\n"
        self.receive(key="alive", sender="ivan@vector.example.com", headers=reply)
        self.assertFalse(self.ivan.interaction_bounced_email)
        self.assertEqual(self.run_job(MONDAY + WEEK).partner_id, self.ivan)

    def test_letters_go_on_when_staff_say_so(self):
        self.ivan.with_user(self.make_staff(login="editor", groups="base.group_user,base.group_partner_manager")).write(
            {"interaction_bounced_email": False}
        )
        self.assertEqual(self.run_job(MONDAY + WEEK).partner_id, self.ivan)

    def test_bounce_of_another_address_stops_nothing(self):
        olga = self.make_contact(name="Olga", email="olga@vector.example.com", parent_id=self.vector.id)
        self.ivan.interaction_bounced_email = False
        self.bounce(olga.email)
        self.assertEqual(self.run_job(MONDAY + WEEK).partner_id, self.ivan)

    def test_bounce_behind_an_alias_is_that_of_the_person(self):
        self.ivan.interaction_bounced_email = False
        self.bounce("ivan.petrov@mailbox.example.com")
        self.assertEqual(self.ivan.interaction_bounced_email, self.ivan.email)

    def test_client_of_the_thread_has_not_bounced(self):
        self.vector.email = "office@vector.example.com"
        reached = marked(self.vector, "interaction_reached", {self.ivan.email})
        reached._message_receive_bounce(self.ivan.email, self.ivan)
        self.assertFalse(self.vector.interaction_bounced_email)

    def returned(self, key, part="message/rfc822"):
        """Receive a report of a mail to Ivan with the Message-Id ``key``; return whether it counts."""
        self.ivan.interaction_bounced_email = False
        text = WITH_ORIGINAL.format(key=f"{key}{part}"[1:], letter=key, address=self.ivan.email, part=part)
        with freeze_time(MONDAY + timedelta(hours=1)):
            self.env["mail.thread"].message_process("mail.thread", text)
        return bool(self.ivan.interaction_bounced_email)

    def test_report_with_the_original_or_its_headers_counts(self):
        for part in ("message/rfc822", "text/rfc822-headers"):
            with self.subTest(part):
                self.assertTrue(self.returned(self.letter.message_id.message_id, part))

    def test_report_of_a_delay_or_delivery_stops_nothing(self):
        letter = self.letter.message_id
        letter.mail_ids.state = letter.notification_ids.notification_status = "sent"
        for action in ("delayed", "delivered", "relayed", "expanded"):
            self.ivan.interaction_bounced_email = False
            text = WITH_ORIGINAL.replace("Action: failed", f"Action: {action}").format(
                key=action, letter=letter.message_id, address=self.ivan.email, part="text/rfc822-headers"
            )
            self.env["mail.thread"].message_process("mail.thread", text)
            self.assertEqual((self.ivan.interaction_bounced_email, self.letter._mail_state()), (False, "sent"), action)

    def test_forged_report_stops_nothing(self):
        reply = f"In-Reply-To: {self.letter.message_id.message_id}\n"
        self.receive(
            key="own", sender="Eve <eve@evil.example.com>", to=f"x@x.example.com, {self.ivan.email}", headers=reply
        )
        own = self.list.message_ids.filtered(lambda message: message.message_type == "email")
        self.assertEqual(own.partner_ids, self.ivan)
        other = self.make_contact(name="Olga", email="olga@vector.example.com", parent_id=self.vector.id)
        to_other = self.list.message_post(
            body="Hello", partner_ids=other.ids, message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        for name, key in (("unknown", "<0@nowhere>"), ("own", own.message_id), ("other", to_other.message_id)):
            with self.subTest(name):
                self.assertFalse(self.returned(key))
        self.assertEqual(self.run_job(MONDAY + WEEK).partner_id, self.ivan)

    def test_new_link_comes_back(self):
        self.ivan.interaction_bounced_email = False
        known = self.mails()
        link = self.env["crm.interaction.portal.link"]._of(self.ivan, self.env.company)
        link.with_user(self.accountant).action_send_new()
        self.assertTrue(self.returned((self.mails() - known).message_id))
