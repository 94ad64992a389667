from odoo.tests.common import HttpCase, new_test_user, tagged

from .common import InteractionCase


@tagged("post_install", "-at_install")
class TestInteractionPortalData(InteractionCase, HttpCase):
    """Test the data sent to browsers of clients, of employees without the addon, and of staff."""

    def setUp(self):
        super().setUp()
        self.portal = new_test_user(self.env, "client.portal", groups="base.group_portal", password="client.portal")
        self.task = self.make_task(partner_id=self.portal.partner_id.id, user_ids=self.staff.ids)
        self.task.project_id.privacy_visibility = "portal"
        self.task.message_subscribe(self.portal.partner_id.ids)
        self.task.with_user(self.staff).message_post(
            body="Hello",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.portal.partner_id.ids,
        )
        self.assertTrue(self.captured(self.task))

    def received(self, login, route):
        self.authenticate(login, login)
        params = {"thread_model": "project.task", "thread_id": self.task.id}
        data = self.make_jsonrpc_request(route, params)
        message = next(values for values in data["data"]["mail.message"] if "Hello" in str(values.get("body")))
        return "interactions" in message

    def test_chatter(self):
        new_test_user(self.env, "plain.employee", groups="project.group_project_user", password="plain.employee")
        self.assertTrue(self.received(self.staff.login, "/mail/thread/messages"))
        self.assertFalse(self.received("plain.employee", "/mail/thread/messages"))
        self.assertFalse(self.received("client.portal", "/mail/chatter_fetch"))

    def test_types_come_with_the_page_of_staff_only(self):
        for login, gets in ((self.staff.login, True), ("client.portal", False)):
            with self.subTest(login=login):
                self.authenticate(login, login)
                page = self.url_open("/odoo/discuss" if gets else f"/my/tasks/{self.task.id}")
                self.assertEqual(page.status_code, 200)
                self.assertEqual('"interaction_types"' in page.text, gets)

    def test_client_hears_nothing_of_changes(self):
        group = self.env.ref("crm_outsourcing_interactions.group_user")
        self.assertIn(group, self.staff.all_group_ids)  # the channels that a browser hears
        self.assertNotIn(group, self.portal.all_group_ids)
