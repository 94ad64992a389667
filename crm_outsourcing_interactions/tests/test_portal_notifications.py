from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests.common import tagged
from odoo.tools import mute_logger

from .portal_common import AccountCase

URL = "/my/interactions/notifications"


@tagged("post_install", "-at_install")
class TestPortalNotifications(AccountCase):
    """Test that a person chooses how he or she is notified, and nobody else's choice."""

    def choices(self):
        people = (self.anna, self.boris, self.vera)
        self.env.invalidate_all()
        return [user.partner_id.interaction_notify for user in people]

    def test_default_is_weekly_and_the_page_shows_it(self):
        self.assertEqual(self.choices(), ["weekly"] * 3)
        page = self.page(URL, self.anna)
        self.assertRegex(page, r'id="choice_weekly"[^>]*checked')

    def test_person_sets_the_own_choice(self):
        self.post(URL, self.anna, choice="at_once", partner_id=self.boris.partner_id.id)
        self.assertEqual(self.choices(), ["at_once", "weekly", "weekly"])
        self.assertIn("Saved.", self.page(f"{URL}?sent=1", self.anna))

    def test_unknown_choices_change_nothing(self):
        for choice in ("", "daily", "1; DROP"):
            self.post(URL, self.anna, status=200, choice=choice)
        self.assertEqual(self.choices(), ["weekly"] * 3)

    @mute_logger("odoo.http")
    def test_get_and_posts_without_token_change_nothing(self):
        self.page(f"{URL}?choice=never", self.anna)
        self.authenticate(self.anna.login, self.anna.login)
        self.assertEqual(self.url_open(URL, data={"choice": "never"}).status_code, 400)
        self.assertEqual(self.choices(), ["weekly"] * 3)

    def test_visitors_and_former_clients_have_no_page(self):
        self.page(URL, None, status=303)
        self.alfa.interaction_client_until = self.ended
        self.page(URL, self.anna, status=404)
        self.post(URL, self.anna, status=404, choice="never")
        self.assertEqual(self.choices()[0], "weekly")

    def test_clients_neither_read_nor_write_it_by_rpc(self):
        person = self.anna.partner_id
        for user in (self.anna, self.boris, self.vera):
            contacts = self.env["res.partner"].with_user(user)
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    call_kw(contacts, "write", [person.ids, {"interaction_notify": "never"}], {})
                with self.assertRaises(AccessError):
                    call_kw(contacts, "read", [person.ids, ["interaction_notify"]], {})
                with self.assertRaises(AccessError):
                    call_kw(contacts, "_interaction_choose_notify", [person.ids, "never"], {})
        self.assertEqual(self.choices(), ["weekly"] * 3)

    def test_staff_see_and_set_it(self):
        editor = self.make_staff(login="editor", groups="base.group_user,base.group_partner_manager")
        self.anna.partner_id.with_user(editor).interaction_notify = "at_once"
        self.assertIn("At once", self.page(URL, self.anna))
        self.assertEqual(self.choices()[0], "at_once")

    def test_mail_leads_people_with_a_login_to_the_account(self):
        lists = self.env["crm.interaction.request.list"].with_user(self.accountant)
        item = {"name": "Bank statement", "partner_id": self.anna.partner_id.id}
        list_ = lists.create({"commercial_partner_id": self.alfa.id, "item_ids": [(0, 0, item)]})
        list_.action_open()
        list_.item_ids.action_accept()
        notices = self.env["crm.interaction.notice"].search([("item_id", "in", list_.item_ids.ids)])
        notices._send(self.env.company)
        body = notices.message_id.mail_ids.body_html
        self.assertIn('/my/interactions"', body)
        self.assertIn(URL, body)
        self.assertFalse(self.env["crm.interaction.portal.link"].search([("partner_id", "=", self.anna.partner_id.id)]))
