from odoo.tests.common import tagged

from .common import ClientMailCase

REVIEWED = ("to_review", "maybe_automatic")
PERSON = ("any", "")
AUTOMATIC = ("ignored", "automatic_mail")
ACCEPTED = "BEGIN:VCALENDAR\nMETHOD:REPLY\nEND:VCALENDAR"
OWN_LIST = "Precedence: list\nList-ID: <office.firm.example.com>\n"

CASES = (
    ("the firm's own group", {"headers": OWN_LIST}, PERSON),
    (
        "a forwarding rule of the firm",
        {"headers": "Auto-Submitted: auto-generated\nResent-From: books@firm.example.com\n"},
        PERSON,
    ),
    ("a forwarding rule that names nobody", {"headers": "Auto-Submitted: auto-generated\n"}, REVIEWED),
    ("X-Autoreply: no", {"headers": "X-Autoreply: no\n"}, PERSON),
    ("Auto-Submitted: no", {"headers": "Auto-Submitted: no (sent by a person)\n"}, PERSON),
    ("Автоответ", {"subject": "Автоответ: Акт"}, AUTOMATIC),
    ("Out of Office", {"subject": "Out of Office: Act"}, AUTOMATIC),
    ("Precedence: auto-reply", {"headers": "Precedence: auto-reply\n"}, AUTOMATIC),
    ("X-Auto-Response-Suppress: All alone", {"headers": "X-Auto-Response-Suppress: All\n"}, AUTOMATIC),
    ("Return-Path: <>", {"headers": "Return-Path: <>\n"}, AUTOMATIC),
    (
        "a bounce as text",
        {"sender": "Mail <postmaster@client.example.com>", "subject": "Undeliverable: Act"},
        AUTOMATIC,
    ),
    ("a newsletter", {"headers": "List-Unsubscribe: <https://news.shop.example.org/u/1>\n"}, AUTOMATIC),
    ("Accepted: …", {"subtype": "calendar; method=REPLY", "body": ACCEPTED, "subject": "Accepted: Call"}, AUTOMATIC),
)


@tagged("post_install", "-at_install")
class TestCasesAutomatic(ClientMailCase):
    """The cases “Automatic or not”: each input with what becomes of it."""

    def test_cases(self):
        self.make_contact(name="Postmaster", email="postmaster@client.example.com", parent_id=self.client_company.id)
        interactions = self.env["crm.interaction"]._everything()
        for number, (name, mail, (state, code)) in enumerate(CASES):
            with self.subTest(name):
                before = interactions.search([])
                self.receive(key=f"case{number}", **mail)
                found = interactions.search([]) - before
                self.assertEqual(len(found), 1)
                self.assertEqual((found.direction, found.commercial_partner_id), ("incoming", self.client_company))
                reason = (found.why or {}).get("code", "")
                if state == "any":
                    self.assertNotEqual(found.state, "ignored")
                    self.assertNotIn(reason, ("maybe_automatic", "automatic_mail"))
                else:
                    self.assertEqual((found.state, reason), (state, code))
