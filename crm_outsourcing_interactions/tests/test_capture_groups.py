from unittest.mock import patch

from odoo.tests.common import tagged
from odoo.tools import mute_logger

from .unknown_sender_common import UnknownSenderCase

GROUP = '"Anna via Books" <books@firm.example.com>'
LIST = "Precedence: list\nList-ID: <books.firm.example.com>\nList-Unsubscribe: <mailto:x@firm.example.com>\n"
ORIGINAL = "X-Original-From: Anna <anna@client.example.com>\nX-Original-Sender: anna@client.example.com\n"
LOGGERS = (
    "odoo.addons.crm_outsourcing_interactions.models.interaction.upkeep.crm_interaction_capture_error",
    "odoo.sql_db",
)
REPLY_TO = "Reply-To: Anna <anna@client.example.com>\n"


@tagged("post_install", "-at_install")
class TestCaptureGroups(UnknownSenderCase):
    """Mail that a group of the firm sends in its own name because of DMARC is its writer's."""

    def through(self, headers=LIST + ORIGINAL, sender=GROUP, **values):
        defaults = {"sender": sender, "to": "bookkeeping@firm.example.com", "headers": headers}
        return self.wait(**{**defaults, **values})

    def assert_annas(self, interaction):
        self.assertRecordValues(
            interaction, [{"partner_id": self.anna.id, "direction": "incoming", "unknown_sender": False}]
        )

    def test_client_through_the_group(self):
        for key, headers in enumerate((LIST + ORIGINAL, ORIGINAL, REPLY_TO, LIST + REPLY_TO)):
            with self.subTest(headers=headers):
                self.assert_annas(self.through(headers, key=str(key)))

    def test_group_that_odoo_made_a_contact_of(self):
        self.make_contact(name="Books", email="books@firm.example.com")
        self.assert_annas(self.through())
        self.assert_annas(self.through(key="2", headers=LIST + ORIGINAL + f"In-Reply-To: {self.post().message_id}\n"))

    def test_listed_group_of_another_domain(self):
        self.env.company.interaction_own_addresses = "books@groups.example.org"
        self.assert_annas(self.through(ORIGINAL, sender="Anna via Books <books@groups.example.org>"))

    def test_headers_of_a_stranger_are_not_trusted(self):
        for key, sender in enumerate(("Eve <eve@rival.example.com>", "Eve via Books <books@rival.example.com>")):
            with self.subTest(sender=sender):
                interaction = self.through(sender=sender, headers=ORIGINAL, key=str(key))
                self.assertFalse(interaction.commercial_partner_id)
                self.assertIn("rival", interaction.unknown_sender)

    def test_answer_address_of_a_colleague_is_not_the_writer(self):
        self.assertFalse(self.through(REPLY_TO, sender="Staff <staff@firm.example.com>"))
        self.assertFalse(self.through(REPLY_TO, sender="Books <books@firm.example.com>", key="2"))

    def test_colleague_through_the_group_is_no_client(self):
        headers = "X-Original-From: Staff <staff@firm.example.com>\nX-Original-Sender: staff@firm.example.com\n"
        self.assertFalse(self.through(headers))

    def test_stranger_through_the_group_waits(self):
        interaction = self.through("X-Original-Sender: office@tax.example.gov\n" + LIST)
        self.assertEqual(interaction.unknown_sender, "office@tax.example.gov")

    def test_retry_reads_the_same_sender(self):
        people = type(self.env["crm.interaction.people"])
        with mute_logger(*LOGGERS), patch.object(people, "_client_of", side_effect=ValueError("broken")):
            self.assertFalse(self.through())
        self.env["crm.interaction.capture.error"].search([]).action_retry()
        self.assert_annas(self.everything())
