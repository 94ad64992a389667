from odoo.tests.common import HttpCase, tagged

SUITE = "@crm_outsourcing_interactions"
BITS = 0xFFFFFFFF


def hoot_id(name):
    """Return the id under which Odoo's JavaScript tests know a suite.

    >>> hoot_id("@web/core")
    'e39ce9ba'
    """
    number = 0
    for letter in name:
        number = (number * 31 + ord(letter)) & BITS
    return f"{number:08x}"


@tagged("post_install", "-at_install")
class TestJavascript(HttpCase):
    def test_id_of_a_suite(self):
        self.assertEqual(hoot_id("@web/core"), "e39ce9ba")

    def test_components(self):
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset=desktop&timeout=15000&id={hoot_id(SUITE)}",
            "",
            "",
            login="admin",
            timeout=300,
            success_signal="[HOOT] Test suite succeeded",
        )
