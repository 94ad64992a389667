from time import perf_counter

from odoo.tests.common import TransactionCase, tagged

from ..models.events.message_text import body_text, message_text


@tagged("post_install", "-at_install")
class TestCaptureText(TransactionCase):
    """Test that reading a message takes time proportional to its length."""

    def test_tags_that_are_never_closed(self):
        for part in ("<", "<a ", "</b <"):
            with self.subTest(part=part):
                start = perf_counter()
                body_text(part * 40_000)
                self.assertLess(perf_counter() - start, 1)

    def test_what_is_no_tag_stays(self):
        self.assertEqual(message_text("", "<p>5 &lt; 7 &gt; 6</p>"), "5 < 7 > 6")
        self.assertEqual(body_text("<p>sum < 7<br>and <b>more</b></p>"), "sum < 7\nand more")
