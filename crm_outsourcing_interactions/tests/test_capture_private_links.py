import base64
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import make_msgid
from textwrap import wrap
from urllib.parse import quote

from odoo.tests.common import tagged

from .common import ClientMailCase

SECRET = "AQjlM2sAAAAAijETiXwgv4xIPgfg2B4hFBsHboxzBXedRn3G5D2yrtFbMSwgIjcwYTMwYmJiOTM2YzQwZjA5MWQ3MTE2NjFlNGM0NzA2Il0"
URL = f"https://odoo.firm.example.com/ru/interactions/{SECRET}"


@tagged("post_install", "-at_install")
class TestCapturePrivateLinks(ClientMailCase):
    """Test that links without a password in incoming mail reach nobody at the firm."""

    def mail(self, body="", subtype="plain", subject="Question"):
        """Return a mail (``EmailMessage``) of the client to the project."""
        mail = EmailMessage()
        mail["From"] = self.contact.email_formatted
        mail["To"] = "bookkeeping@firm.example.com"
        mail["Subject"] = subject
        mail["Message-Id"] = make_msgid(domain="client.example.com")
        mail.set_content(body or "Документы", subtype=subtype)
        return mail

    def receive(self, mail, **options):
        """Let the gateway make a task of a mail; return all that is stored of it (str)."""
        content = mail if isinstance(mail, bytes) else mail.as_bytes(policy=policy.SMTP)
        threads = self.env["mail.thread"]
        task = self.env["project.task"].browse(threads.message_process("project.task", content, **options))
        messages = task.message_ids
        parts = [task.name, task.description or "", *messages.mapped("body"), *filter(None, messages.mapped("subject"))]
        return "\n".join([*map(str, parts), *map(self.decoded, messages.attachment_ids)])

    def decoded(self, file):
        """Return the raw text of a file, and the texts of its parts when it is a mail."""
        parts = message_from_bytes(file.raw, policy=policy.default).walk()
        texts = [part.get_payload(decode=True) or b"" for part in parts]
        return b"\n".join([file.raw, *texts]).decode(errors="replace")

    def assertNoLink(self, text):
        for piece in wrap(SECRET, 36):
            self.assertNotIn(piece, text)

    def test_quoted_and_rewritten_links(self):
        bodies = {
            "quoted": f"Спасибо!\n> {URL}\n> С уважением",
            "wrapped": "\n> ".join(["Спасибо!", *wrap(f"<{URL}>", 72, break_on_hyphens=False), "С уважением"]),
            "Outlook": f"https://eur01.safelinks.protection.outlook.com/?url={quote(URL, safe='')}&data=05",
            "Proofpoint v2": "https://urldefense.proofpoint.com/v2/url?u="
            + URL.replace("-", "-2D").replace("_", "-5F").replace("/", "_").replace(":", "-3A"),
            "Proofpoint v3": f"https://urldefense.com/v3/__{URL}__;!!abc",
        }
        for name, body in bodies.items():
            with self.subTest(name):
                stored = self.receive(self.mail(body))
                self.assertNoLink(stored)
                self.assertIn("my", stored)
        self.assertIn("С уважением", self.receive(self.mail(bodies["wrapped"])))

    def test_html_subject_and_original(self):
        html = f'<p>Документы</p><a href="{URL}">{URL}</a>'
        stored = self.receive(self.mail(html, "html", subject=f"Fwd: {URL}"), save_original=True)
        self.assertNoLink(stored)
        self.assertIn("Fwd: https://odoo.firm.example.com/ru/my", stored)
        self.assertIn("Документы", stored)

    def test_letter_attached_to_a_reply(self):
        mail = self.mail("Во вложении ваше письмо")
        mail.add_attachment(self.mail(f'<a href="{URL}">Загрузить документы</a>', "html"))
        mail.add_attachment(f"{URL}\nДокументы", filename="letter.txt")
        stored = self.receive(mail)
        self.assertNoLink(stored)
        self.assertIn("Загрузить документы", stored)

    def test_texts_attached_as_bytes(self):
        """As several mail programs attach letters and pages."""
        letter = self.mail(f'<a href="{URL}">Загрузить документы</a>', "html").as_bytes(policy=policy.SMTP)
        page = f'<meta charset="windows-1251"/>Выписка {URL} за октябрь'.encode("cp1251")
        mail = self.mail("Во вложении ваше письмо")
        for name, content in (("letter.EML", letter), ("page.html", page)):
            mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
        self.assertNoLink(self.receive(mail))
        files = self.env["ir.attachment"].search(
            [("name", "in", ["letter.EML", "page.html"])], order="id desc", limit=2
        )
        stored = {file.name: file.raw for file in files}
        self.assertEqual(stored["page.html"], page.replace(f"interactions/{SECRET}".encode(), b"my"))
        self.assertIn("Загрузить документы", self.decoded(files.filtered(lambda file: file.name == "letter.EML")))

    def test_letters_attached_as_texts_or_encoded(self):
        """As some mail programs attach letters by the ends of their names, or in base64."""
        for kind, encoding in (("text/plain", "quoted-printable"), ("text/html", "base64"), ("message/rfc822", "8bit")):
            letter = self.mail()
            letter.set_content(f'<a href="{URL}">Загрузить</a>', subtype="html", cte=encoding)
            mail = self.mail("Во вложении")
            mail.add_attachment(letter.as_bytes(policy=policy.SMTP), "application", "x", filename="letter.eml")
            [part] = mail.iter_attachments()
            part.replace_header("Content-Type", f'{kind}; name="letter.eml"')
            with self.subTest(kind):
                self.receive(mail)
                file = self.env["ir.attachment"].search([("name", "=", "letter.eml")], order="id desc", limit=1)
                if kind == "message/rfc822":  # Odoo keeps it encoded
                    file.raw = base64.b64decode(message_from_bytes(file.raw).get_payload(decode=True))
                self.assertNoLink(self.decoded(file))
                self.assertIn("Загрузить", self.decoded(file))

    def test_other_attachments_stay_as_they_are(self):
        mail = self.mail("Files")
        content = b"%PDF interactions/ \xff\xfe"
        mail.add_attachment(content, maintype="application", subtype="pdf", filename="a.pdf")
        self.receive(mail)
        file = self.env["ir.attachment"].search([("name", "=", "a.pdf")], order="id desc", limit=1)
        self.assertEqual(file.raw, content)

    def test_odd_charsets_lose_nothing(self):
        for charset in ("no-such", ""):
            header = f"; charset={charset}" if charset else ""
            mail = self.mail().as_bytes().partition(b"Content-Type")[0]
            mail += f"Content-Type: text/plain{header}\n\nДокументы {URL}".encode()
            with self.subTest(charset):
                stored = self.receive(mail)
                self.assertNoLink(stored)
                self.assertIn("Документы", stored)

    def test_mail_with_a_malformed_letter_arrives(self):
        """What cannot be read is stored as it came."""
        mail = self.mail(body=URL)
        mail.add_attachment(self.mail(body=URL))
        for number, malformed in enumerate((b'charset="\x00"', b'charset="undefined"', b'charset="idna"')):
            head, _charset, tail = mail.as_bytes(policy=policy.SMTP).rpartition(b'charset="utf-8"')
            content = (head + malformed + tail).replace(b"Message-Id: <", b"Message-Id: <%d." % number)
            with self.subTest(malformed):
                self.assertIn("/my", self.receive(content))

    def test_other_addresses_and_file_names_stay(self):
        for text in (
            "https://www.drugs.example/interactions/what-you-should-know-about-drug-interactions-2024.html",
            "our interactions_report_2026_10_final_version_for_the_board_of_directors.xlsx",
            f"Interactions{'_' * 120}",
            f"https://example.com/interactions/{'what-you-should-know-' * 6}",
        ):
            with self.subTest(text):
                self.assertIn(text, self.receive(self.mail(body=text)))
