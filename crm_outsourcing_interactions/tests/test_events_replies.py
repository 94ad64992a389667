from pathlib import Path
from time import perf_counter

from odoo.tests.common import TransactionCase, tagged
from odoo.tools.mail import append_content_to_html, html_sanitize

from ..models.events.message_text import LONGEST_BODY, beginning, message_text
from ..models.events.reply_text import new_text

REPLIES = Path(__file__).parent / "replies"
RIGHT = {"open": 0.97, "held_out": 0.95}
"""Least share of right cuts. The held-out replies were written before the code, and their failures never looked at."""


def replies(half):
    """Yield ``(name, kind, body, new text)`` of a file of replies.

    Each begins with ``=== name language kind``, where the kind is *html* or *plain*; ``--- new`` stands before the
    text that the person wrote.
    """
    for part in ("\n" + (REPLIES / f"{half}.txt").read_text("utf-8")).split("\n=== ")[1:]:
        title, _, rest = part.partition("\n")
        name, _language, kind = title.split()
        body, _, new = rest.partition("--- new\n")
        yield name, kind, body, words(new)


def words(text):
    """Return ``text`` with its white space normalised."""
    return " ".join(text.split())


def received(kind, body):
    """Return a body as Odoo's gateway hands it to a message."""
    if kind == "plain":
        return append_content_to_html("", body, preserve=True)
    return html_sanitize(body, sanitize_tags=False, strip_classes=True)


def stored(body):
    """Return a body as the field of the message stores it."""
    return html_sanitize(body, sanitize_attributes=True, sanitize_style=True)


@tagged("post_install", "-at_install")
class TestEventsReplies(TransactionCase):
    """Test that the text added by the writer of a reply is found."""

    def wrong(self, half):
        """Return the names of the replies cut wrongly, as received or as stored, and the number of all."""
        wrong, count = [], 0
        for name, kind, body, new in replies(half):
            mail = received(kind, body)
            count += 1
            if {words(message_text("", mail)), words(message_text("", stored(mail)))} != {new}:
                wrong.append(name)
        return wrong, count

    def test_rates_of_right_cuts(self):
        total = 0
        for half, least in RIGHT.items():
            wrong, count = self.wrong(half)
            total += count
            self.assertGreaterEqual(1 - len(wrong) / count, least, wrong)
        self.assertGreaterEqual(total, 220)

    def test_quotes_are_read_as_quotes_as_typed_too(self):
        self.assertEqual(new_text("Thank you\r\n\r\nAnna wrote:\r\n> I complain"), "Thank you")

    def test_time_grows_with_the_text_only(self):
        for name, part in (
            ("quoted lines", "&gt; we got your complaint\n"),
            ("one line", "word "),
            ("labels", "From: Anna\n"),
            ("attributions", "On 23 Nov 2026 Anna\n"),
            ("open quotations", "<blockquote>"),
            ("quotations", "<blockquote><div data-o-mail-quote='1'>no</blockquote>"),
            ("nested", "<div>"),
            ("comments", "<!-- <b>"),
            ("styles", "<style>"),
            ("signatures", "Best regards,\nP.S.\n"),
            ("rules", "-----\n"),
            ("signs", "@" * 299 + "\n"),
            ("tags", "</b <"),
        ):
            with self.subTest(name):
                body = f"<pre>Yes\n{part * 20_000}"
                start = perf_counter()
                message_text("", body)
                self.assertLess(perf_counter() - start, 5)

    def test_five_megabytes_are_read_up_to_a_limit(self):
        for part in ("On 23 Nov 2026<br>", "From: Anna<br>", "<", "<style>a</style>", "<p>word</p>"):
            with self.subTest(part):
                start = perf_counter()
                text = message_text("", f"<p>Yes</p>{part * (5_000_000 // len(part))}")
                self.assertLess(perf_counter() - start, 3)
                self.assertLess(len(text), LONGEST_BODY + 1)
                self.assertTrue(text.startswith("Yes"))

    def test_style_sheet_leaves_the_letter_its_room(self):
        self.assertEqual(message_text("", f"<style>{'p {} ' * LONGEST_BODY}</style><p>Yes</p>"), "Yes")
        self.assertEqual(beginning("a" * (LONGEST_BODY - 2) + "<span>b</span>"), "a" * (LONGEST_BODY - 2))
