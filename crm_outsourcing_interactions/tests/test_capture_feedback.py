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
        for value, polarity in ((1, "negative"), (3, "neutral"), (5, "positive")):
            with self.subTest(value=value):
                task = self.make_task(partner_id=self.contact.id)
                token = task._rating_get_access_token()
                task.rating_apply(value, token=token, feedback="As promised")
                task.rating_apply(value, token=token, feedback="As promised, once more")
                interaction = self.env["crm.interaction"].search([("res_id", "=", task.id)])
                self.assertRecordValues(
                    interaction,
                    [
                        {
                            "event": "feedback_given",
                            "type_id": self.type_("2.1.1").id,
                            "polarity": polarity,
                            "rating_value": value,
                        }
                    ],
                )

    def test_rating_with_a_portal_message_is_one_contact(self):
        portal = new_test_user(self.env, "client.portal", groups="base.group_portal")
        portal.partner_id.parent_id = self.contact.parent_id
        self.task.sudo().with_user(portal).sudo().message_post(
            body="Very good", message_type="comment", subtype_xmlid="mail.mt_comment", rating_value=5
        )
        self.assertEqual(self.interactions().mapped("event"), ["feedback_given"])

    def rate(self, *values):
        """Rate the task by the same link, once for each of ``values``, as a visitor with the link does."""
        ratings = self.env["rating.rating"].search([("res_id", "=", self.task.id)])
        token = ratings.access_token or self.task._rating_get_access_token()
        visitor = self.task.with_user(self.env.ref("base.public_user")).sudo()
        for value in values:
            visitor.rating_apply(value, token=token, feedback="As promised")
        return self.env["crm.interaction"].search([("event", "=", "feedback_given"), ("res_id", "=", self.task.id)])

    def test_rating_corrected_by_the_same_link(self):
        for values, polarity in (((5, 1), "negative"), ((1, 5), "positive"), ((5, 3), "neutral")):
            with self.subTest(values=values), self.env.cr.savepoint() as savepoint:
                interaction = self.rate(*values)
                self.assertRecordValues(interaction, [{"polarity": polarity, "rating_value": values[1]}])
                self.assertIn(f"from {values[0]} to {values[1]}", interaction.reason)
                self.assertEqual(interaction.type_change_ids.after["rating_value"], values[1])
                self.assertEqual(interaction.type_change_ids.after["polarity"], polarity)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_corrected_rating_leaves_a_person_s_word(self):
        interaction = self.rate(5)
        other = self.type_("1.1.3")
        interaction.with_user(self.manager).tag({"type_id": other.id})
        self.rate(1)
        self.assertRecordValues(
            interaction, [{"type_id": other.id, "classified_by": "person", "rating_value": 1, "polarity": "negative"}]
        )
        interaction.with_user(self.manager).polarity = "positive"
        self.rate(2)
        self.assertRecordValues(interaction, [{"rating_value": 2, "polarity": "positive"}])

    def test_ignored_rating_stays_ignored(self):
        interaction = self.rate(5)
        interaction.with_user(self.manager).action_ignore()
        self.rate(1)
        self.assertRecordValues(interaction, [{"state": "ignored", "active": False, "rating_value": 1}])

    def test_rating_repeated_after_a_reset_replaces_the_first(self):
        interaction = self.rate(5)
        self.env["rating.rating"].search([("res_id", "=", self.task.id)]).reset()
        self.assertEqual(interaction.rating_value, 5)
        self.assertEqual(self.rate(1), interaction)
        self.assertRecordValues(interaction, [{"polarity": "negative", "rating_value": 1}])

    def test_mean_and_number_of_ratings(self):
        client = self.contact.parent_id
        for value in (5, 4, 1):
            self.task = self.make_task(partner_id=self.contact.id)
            self.rate(value)
        self.log(partner_id=client.id, type_id=self.type_("1.1.3").id)
        groups = (
            self.env["crm.interaction"]
            .with_user(self.manager)
            ._read_group(
                [("commercial_partner_id", "=", client.id)],
                ["commercial_partner_id"],
                ["rating_value:avg", "rating_count:sum", "__count"],
            )
        )
        self.assertEqual(groups[0][1:], (10 / 3, 3, 4))
        self.assertEqual(client.with_user(self.manager).interaction_rating_text, "3.3 of 5, ratings: 3")

    def test_neutral_rating_is_no_complaint(self):
        self.rate(3)
        self.assertEqual(self.contact.parent_id.with_user(self.manager).interaction_open_complaints, 0)
