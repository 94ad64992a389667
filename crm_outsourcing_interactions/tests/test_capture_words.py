from datetime import timedelta
from email.message import EmailMessage

from odoo.tests.common import tagged

from ..models.capture.history.messages import message_events
from ..models.events.marks import marked
from .common import INSERT, MATTER, ClientMailCase

PIXEL = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
QUESTION = "<p>Which VAT rate applies to the car?</p>"
COMPLAINT = "we got your complaint, and we regret it"
HEADERS = {
    "signs": f"> {COMPLAINT}",
    "attribution": f"On Mon, Nov 23, 2026 at 10:15 AM Mark <mark@firm.example.com> wrote:\n\n{COMPLAINT}",
    "separator": f"-----Original Message-----\nFrom: Mark\nSent: Monday\nTo: Anna\nSubject: Report\n\n{COMPLAINT}",
    "russian": f"От: Марк\nОтправлено: 23 ноября 2026 г. 10:15\nКому: Анна\nТема: Отчёт\n\n{COMPLAINT}",
    "signature": "-- \nAnna\nComplaints department",
}
OUTLOOK = (
    '<div class="WordSection1"><p class="MsoNormal">Thank you, all received</p><div><div style="border:none;'
    'border-top:solid #E1E1E1 1.0pt"><p class="MsoNormal"><b>From:</b> Mark<br><b>Sent:</b> Monday<br><b>To:</b> Anna'
    f'<br><b>Subject:</b> Report</p></div></div><p class="MsoNormal">{COMPLAINT}</p></div>'
)


@tagged("post_install", "-at_install")
class TestCaptureWords(ClientMailCase):
    """Test that rules read the client's text and detect attached documents."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls.type_("2.1.1")
        cls.documents = cls.type_("1.1.1")

    def received(self, body, *attachments, key="mail"):
        """Return the interaction of a mail with an HTML ``body`` and attachments (name, type, content id or none)."""
        self.env["mail.thread"].message_process(None, str(self.mail(body, *attachments, key=key)))
        return self.captured().sorted("id")[-1:]

    def mail(self, body, *attachments, key="mail"):
        mail = EmailMessage()
        mail["From"], mail["To"] = "Anna <anna@client.example.com>", "bookkeeping@firm.example.com"
        mail["Subject"], mail["Message-Id"] = "October", f"<{key}@client.example.com>"
        mail.set_content(body, subtype="html")
        for name, mimetype, cid in attachments:
            main, sub = mimetype.split("/")
            mail.add_attachment(PIXEL, main, sub, filename=name, cid=cid and f"<{cid}>")
        return mail

    def test_quoted_complaint_is_no_complaint(self):
        for name, quoted in HEADERS.items():
            with self.subTest(name):
                self.receive(key=name, body=f"Thank you, all received\n\n{quoted}", subject="October")
                interaction = self.captured().sorted("id")[-1:]
                self.assertNotEqual(interaction.type_id, self.complaint)

    def test_complaint_quoted_by_outlook_is_none(self):
        self.assertNotEqual(self.received(OUTLOOK).type_id, self.complaint)

    def test_complaint_above_a_quotation_is_one(self):
        self.assertEqual(self.received("<p>I complain</p><blockquote>Thank you</blockquote>").type_id, self.complaint)

    def test_style_sheet_is_no_text(self):
        self.assertNotEqual(
            self.received("<style>.complaint {color: red}</style><p>Thank you</p>").type_id, self.complaint
        )

    def test_logo_shown_in_the_mail_is_no_document(self):
        interaction = self.received(f'{QUESTION}<img src="cid:logo">', ("logo.png", "image/png", "logo"))
        self.assertNotEqual(interaction.type_id, self.documents)
        self.assertFalse(self.seen(interaction))

    def test_photo_that_is_attached_is_a_document(self):
        interaction = self.received(QUESTION, ("receipt.png", "image/png", None))
        self.assertEqual(interaction.type_id, self.documents)
        self.assertTrue(self.seen(interaction))

    def test_what_mail_programs_attach_is_no_document(self):
        for name, mimetype in (
            ("anna.vcf", "text/vcard"),
            ("smime.p7s", "application/pkcs7-signature"),
            ("signature.asc", "application/pgp-signature"),
            ("winmail.dat", "application/ms-tnef"),
            ("winmail.dat", "application/octet-stream"),
            ("invite.ics", "application/octet-stream"),
        ):
            with self.subTest(name):
                interaction = self.received(QUESTION, (name, mimetype, None), key=f"{name}{mimetype}")
                self.assertNotEqual(interaction.type_id, self.documents)
                self.assertFalse(self.seen(interaction))

    def test_document_beside_a_logo_is_one(self):
        logo, act = ("logo.png", "image/png", "logo"), ("act.pdf", "application/pdf", None)
        interaction = self.received(f'{QUESTION}<img src="cid:logo">', logo, act)
        self.assertEqual(interaction.type_id, self.documents)
        self.assertTrue(self.seen(interaction))

    def seen(self, interaction):
        """Return whether replay, history and the test of rules see a document; they must agree."""
        message = interaction.message_id
        wizard = self.env["crm.interaction.rule.test"].with_user(self.manager).new()
        wizard.message_id = message
        wizard._onchange_message_id()
        found = {
            interaction.with_user(self.manager)._as_event(self.record_of(interaction)).has_attachment,
            wizard.has_attachment,
            self.historic_event(message).has_attachment,
        }
        self.assertEqual(len(found), 1)
        return found.pop()

    def record_of(self, interaction):
        return self.env[interaction.res_model].browse(interaction.res_id)

    def historic_event(self, message):
        events, _last, _count = message_events(
            self.env, message.id - 1, 1, message.date - timedelta(days=1), message.date + timedelta(days=1)
        )
        return events[0]

    def test_attachments_cost_no_statement(self):
        for warm in "ab":
            plain, captured = (
                self.count(f"{warm}1", interaction_skip=True),
                self.count(f"{warm}2"),
            )
        self.assertEqual(captured - plain, INSERT + MATTER)

    def count(self, key, interaction_skip=False):
        """Return how many statements a mail with two attachments takes."""
        logo, act = ("logo.png", "image/png", "logo"), ("act.pdf", "application/pdf", None)
        mail = str(self.mail(f'{QUESTION}<img src="cid:logo">', logo, act, key=key))
        thread = self.env["mail.thread"]
        if interaction_skip:
            thread = marked(thread, "interaction_skip")
        return self.count_statements(lambda: thread.message_process(None, mail))
