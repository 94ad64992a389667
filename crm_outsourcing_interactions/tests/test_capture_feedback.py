from datetime import timedelta

from odoo import fields
from odoo.tests.common import new_test_user, tagged

from ..models.events.marks import marked
from .common import InteractionCase


@tagged("post_install", "-at_install")
class TestCaptureFeedback(InteractionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contact = cls.make_contact(parent_id=cls.make_client().id)
        cls.task = cls.make_task(partner_id=cls.contact.id, user_ids=cls.staff.ids)

    def interactions(self):
        return self.env["crm.interaction"].search([("event", "!=", False)], order="id")

    def test_asking_for_a_rating_is_feedback(self):
        self.task.rating_send_request(self.env.ref("project.rating_project_request_email_template"))
        self.assertRecordValues(
            self.interactions(),
            [{"event": "feedback_asked", "type_id": self.type_("2.2.1").id, "partner_id": self.contact.id}],
        )

    def test_postponed_request_for_a_rating_is_feedback_when_it_leaves(self):
        later = fields.Datetime.now() + timedelta(days=1)
        task = marked(self.task, "interaction_event", "feedback_asked")
        task = task.with_context(default_interaction_marks={"interaction_event": "invoice_paid"})
        message = task.message_post(body="How was it?", partner_ids=self.contact.ids, scheduled_date=later)
        self.assertFalse(self.interactions())
        self.env["mail.message.schedule"].sudo()._send_message_notifications(message)
        self.assertRecordValues(self.interactions(), [{"event": "feedback_asked", "partner_id": self.contact.id}])

    def test_rating_given_is_one_complaint_or_gratitude(self):
        for value, polarity in ((1, "negative"), (3, False), (5, "positive")):
            with self.subTest(value=value):
                task = self.make_task(partner_id=self.contact.id)
                token = task._rating_get_access_token()
                task.rating_apply(value, token=token, feedback="As promised")
                task.rating_apply(value, token=token, feedback="As promised, once more")
                interaction = self.env["crm.interaction"].search([("res_id", "=", task.id)])
                self.assertRecordValues(
                    interaction,
                    [{"event": "feedback_given", "type_id": self.type_("2.1.1").id, "polarity": polarity}],
                )

    def test_rating_with_a_portal_message_is_one_contact(self):
        portal = new_test_user(self.env, "client.portal", groups="base.group_portal")
        portal.partner_id.parent_id = self.contact.parent_id
        self.task.sudo().with_user(portal).sudo().message_post(
            body="Very good", message_type="comment", subtype_xmlid="mail.mt_comment", rating_value=5
        )
        self.assertEqual(self.interactions().mapped("event"), ["feedback_given"])
