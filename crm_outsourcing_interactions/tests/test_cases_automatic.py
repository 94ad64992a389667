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
    ("an auto-reply without accents", {"subject": "Respuesta automatica: Acta"}, AUTOMATIC),
    ("… in French", {"subject": "Reponse automatique : Acte"}, AUTOMATIC),
    ("a receipt as text", {"subject": "Read: Act"}, REVIEWED),
    ("… in Russian", {"subject": "Прочтено: Акт"}, REVIEWED),
    ("… in German", {"subject": "Gelesen: Akte"}, REVIEWED),
    ("an answer to a meeting as text", {"subject": "Accepted: Call"}, REVIEWED),
    ("«Принято: …»", {"subject": "Принято: Звонок"}, REVIEWED),
    ("a receipt with a header", {"subject": "Read: Act", "headers": "Auto-Submitted: auto-generated\n"}, AUTOMATIC),
    ("words of people like those", {"subject": "Read the act, accepted: no"}, PERSON),
    ("an answer to a receipt", {"subject": "Re: Read: Act"}, PERSON),
    (
        "a list that one leaves at the client's domain",
        {"headers": "List-Unsubscribe: <mailto:out@client.example.com?subject=out>\n"},
        REVIEWED,
    ),
    ("… on a page there", {"headers": "List-Unsubscribe: <https://news.client.example.com/u/1>\n"}, REVIEWED),
    (
        "a newsletter that names the client's domain",
        {"headers": "List-Unsubscribe: <https://news.shop.example.org/u?m=anna@client.example.com>\n"},
        AUTOMATIC,
    ),
    ("Accepted: …", {"subtype": "calendar; method=REPLY", "body": ACCEPTED, "subject": "Accepted: Call"}, AUTOMATIC),
)


@tagged("post_install", "-at_install")
class TestCasesAutomatic(ClientMailCase):
    """The cases “Automatic or not”: each input with what becomes of it."""

    def test_cases(self):
        self.env["ir.config_parameter"].sudo().set_param("mail.gateway.loop.threshold", "100")
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
