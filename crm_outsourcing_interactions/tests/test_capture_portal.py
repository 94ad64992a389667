from odoo.http import Request
from odoo.tests.common import HttpCase, new_test_user, tagged

from .common import InteractionCase


@tagged("post_install", "-at_install")
class TestCapturePortal(InteractionCase, HttpCase):
    """People without any right of the addon, over HTTP as their browsers do."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_company = cls.make_client()
        cls.contact = cls.make_contact(parent_id=cls.client_company.id)
        project = cls.make_project(partner_id=cls.client_company.id, privacy_visibility="portal")
        cls.task = cls.make_task(project_id=project.id, partner_id=cls.contact.id, user_ids=cls.staff.ids)

    def post(self, **kwargs):
        """Post a message as the portal's page does."""
        data = {"body": "Where is our return?", "message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
        params = {"thread_model": "project.task", "thread_id": self.task.id, "post_data": data, **kwargs}
        return self.make_jsonrpc_request("/mail/message/post", params)

    def test_visitor_with_the_link_of_a_task(self):
        self.post(token=self.task._portal_ensure_token())
        self.assertRecordValues(
            self.captured(self.task),
            [{"event": "message_in", "partner_id": self.contact.id, "channel": "portal", "user_id": self.staff.id}],
        )

    def test_portal_user_on_a_task(self):
        portal = new_test_user(self.env, "client.portal", groups="base.group_portal")
        portal.partner_id.parent_id = self.client_company
        self.task.message_subscribe(portal.partner_id.ids)
        self.authenticate("client.portal", "client.portal")
        self.post()
        self.assertRecordValues(
            self.captured(self.task),
            [{"event": "message_in", "partner_id": portal.partner_id.id, "channel": "portal"}],
        )

    def test_visitor_with_the_link_of_a_rating(self):
        token = self.task._rating_get_access_token()
        self.authenticate(None, None)
        form = {"rate": 1, "feedback": "Late again", "csrf_token": Request.csrf_token(self)}
        for _click in range(2):
            self.url_open(f"/rate/{token}/submit_feedback", data=form, method="POST").raise_for_status()
        self.assertRecordValues(
            self.captured(self.task),
            [{"event": "feedback_given", "partner_id": self.contact.id, "polarity": "negative"}],
        )
