from contextlib import suppress
from unittest.mock import patch

from odoo.http import Request
from odoo.tests.common import HttpCase, JsonRpcException, new_test_user, tagged

from ..models.events.marks import marked
from .common import InteractionCase

FORGED = {
    "interaction_skip": True,
    "interaction_automatic": "Auto-Submitted: auto-replied",
    "interaction_event": "invoice_paid",
    "interaction_quoted": True,
    "interaction_template": True,
    "interaction_date": "2001-01-01 00:00:00",
    "interaction_visitor_id": 1,
    "interaction_strict": True,
    "interaction_requests": {"a": 1},
    "tracking_disable": True,
    "active_test": False,
    "default_state": "ignored",
    "default_active": False,
    "default_type_id": 1,
    "default_interaction_marks": {"interaction_event": "invoice_paid"},
}
"""What a request may say of itself, as its context."""
TYPES = [
    ("notification", "mail.mt_note"),
    ("auto_comment", "mail.mt_note"),
    ("out_of_office", "mail.mt_comment"),
    ("email", "mail.mt_comment"),
    ("sms", "mail.mt_note"),
    ("comment", "mail.mt_note"),
    ("comment", "mail.mt_activities"),
]


@tagged("post_install", "-at_install")
class TestCapturePortal(InteractionCase, HttpCase):
    """Test people without rights of the addon, over HTTP as in their browsers."""

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

    def make_portal_user(self):
        portal = new_test_user(self.env, "client.portal", groups="base.group_portal")
        portal.partner_id.parent_id = self.client_company
        self.task.message_subscribe(portal.partner_id.ids)
        self.authenticate("client.portal", "client.portal")
        return portal

    def test_portal_user_on_a_task(self):
        portal = self.make_portal_user()
        self.post()
        self.assertRecordValues(
            self.captured(self.task),
            [{"event": "message_in", "partner_id": portal.partner_id.id, "channel": "portal"}],
        )

    # --- ratings that come with a message ---------------------------------------------

    def post_rated(self, value=1, **kwargs):
        data = {"body": "Late again", "message_type": "comment", "rating_value": value}
        self.post(post_data=data, **kwargs)

    def assert_no_client_is_technical(self):
        public = self.env.ref("base.public_user").partner_id
        found = self.env["crm.interaction"].with_context(active_test=False).search([("partner_id", "=", public.id)])
        self.assertFalse(found)

    def test_visitor_who_rates_with_the_link_of_a_task(self):
        self.authenticate(None, None)
        self.post_rated(token=self.task._portal_ensure_token())
        self.assertRecordValues(
            self.captured(),
            [{"event": "message_in", "partner_id": self.contact.id, "polarity": "negative", "rating_value": 1}],
        )
        self.assertEqual(self.captured().message_id.author_id, self.contact)
        self.assertNotEqual(self.captured().state, "confirmed")
        self.assert_no_client_is_technical()

    def test_visitor_who_rates_with_the_personal_link_of_an_invoice(self):
        self.setup_accounting()
        invoice = self.make_invoice(partner_id=self.client_company.id)
        author = {"pid": self.contact.id, "hash": invoice._sign_token(self.contact.id)}
        self.authenticate(None, None)
        self.post_rated(thread_model="account.move", thread_id=invoice.id, **author)
        messages = self.captured(invoice)
        self.assertRecordValues(messages, [{"event": "message_in", "partner_id": self.contact.id, "rating_value": 1}])
        self.assert_no_client_is_technical()

    def test_visitor_whom_nobody_knows(self):
        task = self.make_task(partner_id=False)
        self.authenticate(None, None)
        self.post_rated(thread_id=task.id, token=task._portal_ensure_token())
        self.assertRecordValues(
            self.unknown_senders(),
            [{"event": "message_in", "partner_id": False, "state": "to_review", "rating_value": 1}],
        )
        self.assert_no_client_is_technical()

    def test_portal_user_who_rates_with_a_message(self):
        """One contact however it is posted, and replayed."""
        portal = self.make_portal_user()
        self.post_rated()
        values = {"event": "feedback_given", "partner_id": portal.partner_id.id, "rating_value": 1}
        self.assertRecordValues(self.captured(), [values])
        self.replay()
        self.assertRecordValues(self.captured(), [values])

    def test_portal_user_hides_no_message_behind_a_rating(self):
        portal = self.make_portal_user()
        self.post_rated()
        rating = self.env["rating.rating"].search([("res_id", "=", self.task.id)])
        rating.create_date = "2026-01-01"
        task = marked(self.task, "interaction_visitor_id", portal.partner_id.id).with_user(portal).sudo()
        task.message_post(body="A complaint", message_type="comment", rating_id=rating.id)
        self.assertEqual(sorted(self.captured().mapped("event")), ["feedback_given", "message_in"])
        self.assertEqual(self.captured().partner_id, portal.partner_id)

    def test_partners_of_visitors_are_no_clients(self):
        people = self.env["crm.interaction.people"]
        public = self.env.ref("base.public_user")
        template = self.env.ref("base.template_portal_user_id")
        (public | template).partner_id.is_outsourcing_client = True
        for partner in (public | template).partner_id:
            self.assertFalse(people._is_client(partner))
        website = public.copy({"login": "visitor.of.a.website", "partner_id": self.make_contact().id, "active": False})
        self.assertFalse(people._is_client(website.partner_id))
        portal = self.make_portal_user()
        portal.active = False  # whose access was taken away is a client's contact still
        self.assertTrue(people._is_client(portal.partner_id))
        self.assertTrue(people._is_client(self.contact))

    def test_replay_logs_a_visitor_s_rating_once(self):
        self.authenticate(None, None)
        self.post_rated(token=self.task._portal_ensure_token())
        before = self.captured()
        self.replay()
        self.assertEqual(self.captured(), before)

    def replay(self):
        replay = self.env["crm.interaction.replay"].with_user(self.manager).create({})
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 60):
            replay.action_run()
            self.env["crm.interaction.replay"]._cron_run()

    # --- what a request says of itself ------------------------------------------------

    def post_forged(self, **kwargs):
        """Post once for each type that a request may name, with all that a context may hold."""
        for message_type, subtype in TYPES:
            data = {"body": f"A complaint as {message_type}", "message_type": message_type, "subtype_xmlid": subtype}
            data |= {"interaction_type_id": self.type_("2.1.1").id, "author_id": self.staff.partner_id.id}
            self.post(post_data=data, context=FORGED, **kwargs)

    def assert_captured_as_messages_of(self, person, count):
        values = {
            "event": "message_in",
            "direction": "incoming",
            "partner_id": person.id,
            "commercial_partner_id": self.client_company.id,
            "channel": "portal",
            "active": True,
            "company_id": self.env.company.id,
        }
        found = self.env["crm.interaction"].with_context(active_test=False).search([("res_id", "=", self.task.id)])
        self.assertRecordValues(found, [values] * count)
        self.assertNotIn("confirmed", found.mapped("state"))
        self.assertFalse(found.filtered(lambda interaction: interaction.date.year < 2026))

    def test_visitor_forges_context_and_type(self):
        self.authenticate(None, None)
        self.post_forged(token=self.task._portal_ensure_token())
        self.assert_captured_as_messages_of(self.contact, len(TYPES))

    def test_portal_user_forges_context_and_type(self):
        portal = self.make_portal_user()
        self.post_forged()
        self.assert_captured_as_messages_of(portal.partner_id, len(TYPES))

    def test_portal_user_posts_by_rpc(self):
        portal = self.make_portal_user()
        posted = 0
        for message_type, subtype in TYPES:
            kwargs = {"body": "A complaint", "message_type": message_type, "subtype_xmlid": subtype, "context": FORGED}
            params = {"model": "project.task", "method": "message_post", "args": [self.task.ids], "kwargs": kwargs}
            with suppress(JsonRpcException):  # Odoo itself refuses some
                self.make_jsonrpc_request("/web/dataset/call_kw/project.task/message_post", params)
                posted += 1
        self.assertGreater(posted, 1)
        self.assert_captured_as_messages_of(portal.partner_id, posted)

    def test_notice_of_what_a_portal_user_changes_is_no_message(self):
        portal = self.make_portal_user()
        notice = self.task.with_user(portal).sudo().message_post(body="Stage changed", partner_ids=self.contact.ids)
        self.assertEqual(notice.message_type, "notification")
        self.assertFalse(self.captured(self.task))

    def test_visitor_works_in_no_other_company(self):
        other = self.env["res.company"].create({"name": "Another Firm"})
        task = self.make_task(partner_id=self.contact.id, project_id=self.make_project(company_id=False).id)
        context = {"allowed_company_ids": [other.id]}
        self.authenticate(None, None)
        self.post(thread_id=task.id, token=task._portal_ensure_token(), context=context)
        self.assertEqual(self.captured(task).company_id, self.env.ref("base.public_user").company_id)

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
