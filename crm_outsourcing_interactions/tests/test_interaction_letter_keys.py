from odoo.exceptions import AccessError
from odoo.tests.common import HttpCase, tagged

from .common import InteractionCase


@tagged("post_install", "-at_install")
class TestInteractionLetterKeys(InteractionCase, HttpCase):
    """Test that each user can switch off the single-character keys of the review queue."""

    def sent(self):
        """Return whether the page says that letters are keys."""
        self.authenticate(self.staff.login, self.staff.login)
        info = self.make_jsonrpc_request("/web/session/get_session_info")
        return info["interaction_letter_keys"]

    def test_on_by_default_and_off_by_the_users_own_preference(self):
        self.assertTrue(self.sent())
        self.staff.with_user(self.staff).write({"interaction_letter_keys": False})
        self.assertFalse(self.sent())
        self.assertFalse(
            self.staff.with_user(self.staff).read(["interaction_letter_keys"])[0]["interaction_letter_keys"]
        )

    def test_is_not_set_for_others(self):
        with self.assertRaises(AccessError):
            self.manager.with_user(self.staff).write({"interaction_letter_keys": False})

    def test_is_among_the_preferences(self):
        view = self.env.ref("base.view_users_form_simple_modif")
        arch = self.env["res.users"].with_user(self.staff).get_view(view.id, "form")["arch"]
        self.assertIn('name="interaction_letter_keys"', arch)
        self.assertIn('name="interaction_badge_names"', arch)
