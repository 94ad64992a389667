from datetime import timedelta
from email.message import EmailMessage

from freezegun import freeze_time

from odoo.tests.common import tagged

from .requests_common import MONDAY, ReplyCase

LOGO = b"\x89PNG\r\n\x1a\n" + b"\0" * 900
PHOTO = b"\xff\xd8\xff\xe0" + b"\0" * 200_000
PDF = ("act.pdf", b"%PDF", "application", "pdf")


@tagged("post_install", "-at_install")
@freeze_time(MONDAY + timedelta(days=1))
class TestRequestReplyFiles(ReplyCase):
    """Test which files of a reply wait until somebody takes them over."""

    def waiting(self, *files, picture=b"", **headers):
        """Receive a reply with files and a picture in its text; return the names of the files that wait."""
        self.list._by_code().write({"reply_ids": False, "reply_file_ids": False})
        mail = EmailMessage()
        for name, value in {
            "From": "Ivan <ivan@vector.example.com>",
            "To": "catchall@firm.example.com",
            "Subject": "Re",
            "In-Reply-To": self.letter.message_id.message_id,
            "Message-Id": f"<{len(self.list.message_ids)}@vector.example.com>",
            **headers,
        }.items():
            mail[name] = value
        mail.set_content("Thank you")
        mail.add_alternative('<p>Thank you</p><img src="cid:image001">' if picture else "<p>Thank you</p>", "html")
        if picture:
            html = mail.get_payload()[-1]
            html.add_related(picture, "image", "png", cid="<image001>", filename="image001.png", disposition="inline")
        for name, content, main, sub in files:
            mail.add_attachment(content, main, sub, filename=name)
        before = len(self.list.message_ids)
        self.env["mail.thread"].message_process(False, mail.as_bytes())
        self.env.invalidate_all()
        self.assertEqual(len(self.list.message_ids), before + 1)
        self.assertEqual(bool(self.list.reply_ids), bool(self.list.reply_file_ids))
        shown = self.list.with_user(self.accountant)
        self.assertEqual(shown.reply_file_count, len(self.list.reply_file_ids))
        return self.list.reply_file_ids.mapped("name")

    def test_who_is_asked_for_documents_counts_as_a_client(self):
        self.vector.is_outsourcing_client = False
        self.env.company.interaction_clients = "marked"
        self.make_list(period="2026-08-01")
        self.assertTrue(self.vector.is_outsourcing_client)
        row = self.reply().interaction_ids
        self.dialog().save().action_take_over()
        self.assertEqual(self.list.handover_ids.interaction_id, row)
        self.assertEqual((row.type_id.code, row.state, row.partner_id), ("1.1.1", "confirmed", self.ivan))

    def test_what_mail_programs_add_does_not_wait(self):
        for file in (
            ("smime.p7s", b"0\x82", "application", "pkcs7-signature"),
            ("invite.ics", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "application", "octet-stream"),
            ("ivan.vcf", b"BEGIN:VCARD\r\nEND:VCARD\r\n", "application", "octet-stream"),
            ("winmail.dat", b'x\x9f>"', "application", "ms-tnef"),
        ):
            with self.subTest(file[0]):
                self.assertFalse(self.waiting(file))
                self.assertEqual(self.waiting(file, PDF, picture=LOGO), ["act.pdf"])

    def test_logo_does_not_wait_and_a_photograph_does(self):
        self.assertFalse(self.waiting(picture=LOGO))
        self.assertEqual(self.waiting(picture=PHOTO), ["image001.png"])
        self.assertEqual(self.waiting(("scan.png", LOGO, "image", "png")), ["scan.png"])

    def test_automatic_reply_does_not_wait(self):
        self.assertFalse(self.waiting(PDF, **{"Auto-Submitted": "auto-replied"}))
        self.assertEqual(self.waiting(PDF), ["act.pdf"])
