import email
import re
from email import policy
from email.header import decode_header, make_header

from odoo.tests.common import tagged

from .requests_common import MONDAY, WEEK, LetterCase

LONG = "Напоминание: документы за III квартал 2026 г., октябрь 2026, ноябрь 2026"


@tagged("post_install", "-at_install")
class TestRequestSubjects(LetterCase):
    """Test that the bytes of a mail give its subject to all mail programs, however long it is."""

    def sent(self, subject):
        """Return the bytes that Odoo sends."""
        servers = self.env["ir.mail_server"].with_user(self.accountant)
        return servers._build_email__(
            "staff@firm.example.com", ["ivan@vector.example.com"], subject, "<p>Hello</p>", subtype="html"
        ).as_bytes()

    def subjects(self, sent):
        """Return the subject as Python and as mail programs read it, which drop space between encoded words."""
        header = re.search(rb"^Subject:(.*?)\r\n(?![ \t])", sent, re.DOTALL | re.MULTILINE)[1].decode()
        unfolded = re.sub(r"\r\n(?=[ \t])", "", header).strip()
        modern = email.message_from_bytes(sent, policy=policy.default)["Subject"]
        return modern, str(make_header(decode_header(unfolded)))

    def test_subjects_of_every_length_keep_their_spaces(self):
        for subject in (
            LONG,
            f"Re: {LONG}",
            "Обновление по вашим документам",
            "Documents for Zoë " * 9 + ".",
            "October",
        ):
            for end in range(len(subject), 0, -1):
                if not subject[:end].endswith(" "):
                    sent = self.sent(subject[:end])
                    self.assertEqual(self.subjects(sent), (subject[:end],) * 2)
                    self.assertLessEqual(max(map(len, sent.split(b"\r\n"))), 78)

    def test_letter_and_interaction_have_the_same_subject(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.ivan.lang = "ru_RU"
        self.make_list(period="2026-07-01", period_length="quarter", names=("Act",))
        self.make_list(period="2026-09-01", names=("Contract",))
        self.run_job()
        letter = self.run_job(MONDAY + WEEK)
        self.assertIn("документы за III", letter.subject)
        self.assertEqual(letter.interaction_id.subject, letter.subject)
        self.assertEqual(self.subjects(self.sent(letter.subject)), (letter.subject,) * 2)
