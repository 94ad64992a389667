from datetime import timedelta

from freezegun import freeze_time

from odoo.tests.common import tagged

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
        self.vector._message_receive_bounce(self.ivan.email, self.ivan)
        self.assertFalse(self.vector.interaction_bounced_email)
