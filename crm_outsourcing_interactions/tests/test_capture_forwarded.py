import itertools
from datetime import datetime
from unittest.mock import patch

from markupsafe import Markup, escape

from odoo.tests import Form
from odoo.tests.common import tagged

from ..models.capture.reader import message_marks
from ..models.events.event import Event
from ..models.events.message_text import message_text
from ..models.events.quoted_mail import forwarded_mail
from .unknown_sender_common import UnknownSenderCase

HEADERS = {
    "gmail": "---------- Forwarded message ---------\nFrom: Anna <anna@client.example.com>\n"
    "Date: Mon, Nov 2, 2026 at 9:15 AM\nSubject: VAT\nTo: <staff@firm.example.com>",
    "outlook": "From: Anna <anna@client.example.com>\nSent: Monday, November 2, 2026 9:15 AM\n"
    "To: Staff <staff@firm.example.com>\nSubject: VAT",
    "outlook_ru": "От: Анна <anna@client.example.com>\nОтправлено: 2 ноября 2026 г. 9:15\n"
    "Кому: Staff <staff@firm.example.com>\nТема: НДС",
    "thunderbird_ru": "-------- Пересылаемое сообщение --------\nТема: НДС\nДата: Mon, 2 Nov 2026 12:15:00 +0300\n"
    "От: Анна <anna@client.example.com>\nКому: staff@firm.example.com",
    "apple": "Begin forwarded message:\n\nFrom: Anna <anna@client.example.com>\nSubject: VAT\n"
    "Date: 2 November 2026 at 09:15:00 GMT\nTo: staff@firm.example.com",
}


@tagged("post_install", "-at_install")
class TestCaptureForwarded(UnknownSenderCase):
    """Test that forwarded mail and mail from the plug-in is attributed to the quoted writer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.interaction_tz = "UTC"

    def forward(self, quoted, subject="Fwd: VAT", **values):
        sent = {"sender": "Staff <staff@firm.example.com>", "to": "bookkeeping@firm.example.com", "subject": subject}
        note, said = values.pop("note", "Please see below."), values.pop("said", "Good morning, what is the VAT of it?")
        body = f"{note}\n\n{quoted}\n\n{said}"
        return self.wait(**{**sent, "body": body, "date": "Date: Tue, 03 Nov 2026 10:00:00 +0000\n", **values})

    def assert_words(self, interaction, said):
        """Check that capture and all that read the mail later read the client's words only."""
        self.assertRecordValues(interaction, [{"partner_id": self.anna.id, "polarity": "negative"}])
        self.assertEqual(interaction.type_id.code, "2.1.1")
        event = interaction._as_event(interaction._document_now())
        texts = {
            "rules": event.words,
            "learner": interaction._text_and_facts()[0],
            "retry": Event.from_json(self.env, event.to_json()).words,
        }
        self.assertEqual(texts, dict.fromkeys(texts, f"VAT\n{said}"))
        self.assertEqual(interaction._client_text(), said)

    def test_client_s_mail_in_the_words_of_each_program(self):
        for name, header in HEADERS.items():
            with self.subTest(name):
                interaction = self.forward(header, key=name)
                self.assertRecordValues(
                    interaction,
                    [
                        {
                            "partner_id": self.anna.id,
                            "direction": "incoming",
                            "state": "to_review",
                            "date": datetime(2026, 11, 2, 9, 15),
                            "user_id": self.staff.id,
                            "channel": "email",
                        }
                    ],
                )
                self.assertIn("anna@client.example.com", interaction.reason)

    def test_words_are_the_client_s_and_not_the_colleague_s(self):
        self.env["ir.config_parameter"].sudo().set_param("mail.gateway.loop.threshold", "100")
        notes = ("", "FYI", "Please log this, thank you for your work", "Mark Staff\nAccountant", "Спасибо за помощь!")
        words = ("I want to complain: our report is late.", "У нас жалоба: опять опоздали с отчётом.")
        for number, (note, header) in enumerate(itertools.product(notes, HEADERS.values())):
            said = words[number % 2]
            with self.subTest(note=note, header=header):
                self.assert_words(self.forward(header, note=note, said=said, key=f"words.{number}"), said)

    def test_subject_of_a_forward_is_the_client_s_unless_it_is_quoted_too(self):
        for subject, is_complaint in (("Fwd: Complaint", True), ("Fwd: Re: Your complaint", False)):
            sent = {"subject": subject, "said": "Please look at it.", "key": str(is_complaint)}
            self.assertEqual(self.forward(HEADERS["gmail"], **sent).polarity == "negative", is_complaint)

    def test_words_of_a_former_colleague_s_forward(self):
        interaction = self.forward(HEADERS["gmail"], note="Thank you", said="I want to complain: late.")
        self.staff.active = False
        self.assertEqual(interaction._text_and_facts()[0], "VAT\nI want to complain: late.")

    def test_rule_test_reads_the_client_s_words(self):
        interaction = self.forward(HEADERS["outlook"], note="Thank you", said="I want to complain: late.")
        test = Form(self.env["crm.interaction.rule.test"].with_user(self.manager))
        test.message_id = interaction.message_id
        self.assertEqual(test.body, "I want to complain: late.")

    def test_client_who_forwards_says_what_stands_above_or_else_the_quotation(self):
        for name, header in HEADERS.items():
            for note, said in (("Please pay it.", "Please pay it."), ("", "We complain.")):
                sent = {"sender": "Anna <anna@client.example.com>", "key": f"{name}.{len(note)}"}
                interaction = self.forward(header, note=note, said="We complain.", **sent)
                self.assertEqual(interaction._text_and_facts()[0], said, name)

    def test_apple_s_quotation_in_html(self):
        lines = "".join(f"<div>{line}</div>" for line in HEADERS["apple"].splitlines()[2:])
        quoted = f'<blockquote type="cite">{lines}<br><div>We complain.</div></blockquote>'
        body = f"<div>FYI</div><div>Begin forwarded message:</div>{quoted}".replace("Anna <", "").replace("com>", "com")
        self.assertEqual(forwarded_mail("Fwd: VAT", body, "UTC").sender, "anna@client.example.com")
        self.assertEqual(message_text("", body, is_client_forwarded=True), "We complain.")

    def test_quotations_of_other_programs_in_html(self):
        """Thunderbird's table, and headers that stand before the quotation, on phones and at Yandex."""
        lines = dict(line.split(": ", 1) for line in HEADERS["apple"].splitlines()[2:])
        rows = "".join(f"<tr>\n<th>{name}: </th>\n<td>{escape(value)}</td>\n</tr>" for name, value in lines.items())
        header = "".join(f"<div>{name}: {escape(value)}</div>" for name, value in lines.items())
        said = "<div>We complain.</div>"
        for body in (
            f"<div>-------- Forwarded Message --------<table>{rows}</table><br>{said}</div>",
            f"<div>Begin forwarded message:</div><blockquote>{header}</blockquote><br><blockquote>{said}</blockquote>",
            f"<div>-------- Forwarded message --------</div>{header}<br><blockquote>{said}</blockquote>",
        ):
            with self.subTest(body=body):
                self.assertEqual(forwarded_mail("Fwd: VAT", body, "UTC").sender, "anna@client.example.com")
                self.assertEqual(message_text("", body, is_client_forwarded=True), "We complain.")

    def test_former_colleague_who_is_with_a_client_now(self):
        former = self.make_staff(login="former")
        former.active = False
        former.partner_id.parent_id = self.anna.parent_id
        message = self.env["mail.message"].create(
            {
                "message_type": "email",
                "author_id": former.partner_id.id,
                "subject": "Fwd: VAT",
                "body": f"<p>Please pay it.</p><pre>{escape(HEADERS['gmail'])}\n\nWe said so.</pre>",
            }
        )
        self.assertEqual(message._interaction_text("incoming"), "Please pay it.")

    def test_stranger_s_mail(self):
        header = HEADERS["gmail"].replace("anna@client.example.com", "office@tax.example.gov")
        self.assertEqual(self.forward(header).unknown_sender, "office@tax.example.gov")

    def test_colleague_s_and_our_own_mail(self):
        for number, address in enumerate(("staff@firm.example.com", "hello@firm.example.com")):
            header = HEADERS["gmail"].replace("anna@client.example.com", address)
            self.assertFalse(self.forward(header, key=str(number)))

    def test_implausible_date_is_that_of_the_forward(self):
        header = HEADERS["gmail"].replace("2026", "2062")
        self.assertEqual(self.forward(header).date, datetime(2026, 11, 3, 10))

    def test_answer_to_a_colleague_is_no_forward(self):
        self.assertFalse(self.forward(HEADERS["outlook"], subject="Re: VAT"))
        self.assertFalse(self.forward("no header at all", key="2"))

    def test_mail_to_a_client_with_the_alias_in_copy_is_outgoing(self):
        to = "anna@client.example.com, bookkeeping@firm.example.com"
        self.assertEqual(self.forward(HEADERS["gmail"], to=to).direction, "outgoing")

    def test_client_who_forwards_is_the_client(self):
        interaction = self.forward(HEADERS["gmail"], sender="Anna <anna@client.example.com>")
        self.assertRecordValues(
            interaction, [{"partner_id": self.anna.id, "date": datetime(2026, 11, 3, 10), "direction": "incoming"}]
        )

    def log_mail(self, sender):
        """Log a mail as the plug-ins do."""
        before = self.everything()
        with patch.object(message_marks, "is_mail_plugin_request", lambda: True):
            body = Markup("<i>From : %s</i><br/><i>Subject : VAT</i><br/><p>What is the VAT?</p>") % sender
            self.task.with_user(self.staff).message_post(body=body)
        return self.everything() - before

    def test_mail_logged_with_a_plug_in(self):
        other = self.make_contact(name="Boris", email="boris@client.example.com", parent_id=self.alfa.id)
        self.assertRecordValues(
            self.log_mail("boris@client.example.com"), [{"partner_id": other.id, "direction": "incoming"}]
        )

    def test_history_keeps_the_quoted_date(self):
        self.forward(HEADERS["gmail"])._by_code().unlink()
        self.load_history()
        self.assertEqual(self.captured().filtered("message_id").mapped("date"), [datetime(2026, 11, 2, 9, 15)])

    def test_history_finds_a_forward_behind_a_note_of_a_merged_lead(self):
        self.assertFalse(self.forward("no header at all", to="hello@firm.example.com", key="2", subject="VAT"))
        interaction = self.forward(HEADERS["gmail"], to="hello@firm.example.com")
        leads = self.env["crm.lead"].search([("team_id", "=", self.team.id)])
        self.assertEqual(len(leads), 2)
        leads.merge_opportunity(auto_unlink=False)
        self.assertEqual(len(set(leads.exists().message_ids.mapped("res_id"))), 1)
        interaction._by_code().unlink()
        self.load_history()
        self.assertEqual(self.captured().filtered("message_id").mapped("date"), [datetime(2026, 11, 2, 9, 15)])

    def load_history(self):
        replay = self.env["crm.interaction.replay"].with_user(self.manager).create({})
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 60):
            replay.action_run()
            self.env["crm.interaction.replay"]._cron_run()

    def test_own_mail_logged_with_a_plug_in(self):
        self.assertRecordValues(
            self.log_mail("staff@firm.example.com"), [{"partner_id": self.anna.id, "direction": "outgoing"}]
        )
