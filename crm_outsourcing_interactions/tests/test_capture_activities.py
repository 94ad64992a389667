from datetime import datetime, timedelta
from unittest.mock import patch

from odoo import Command
from odoo.tests.common import tagged

from .common import InteractionCase


@tagged("post_install", "-at_install")
class TestCaptureActivities(InteractionCase):
    """Test activities done and meetings held."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_company = cls.make_client()
        cls.contact = cls.make_contact(parent_id=cls.client_company.id)
        cls.task = cls.make_task(partner_id=cls.contact.id)
        cls.call = cls.env.ref("mail.mail_activity_data_call")

    def interactions(self):
        return self.env["crm.interaction"].search([("event", "!=", False)], order="id")

    def do(self, activity_type):
        activity = self.task.activity_schedule(activity_type_id=activity_type.id, user_id=self.staff.id)
        activity.with_user(self.staff).action_feedback(feedback="Spoke with Anna")

    def test_call_waits_for_review_with_the_type_of_its_rule(self):
        self.do(self.call)
        self.assertRecordValues(
            self.interactions(),
            [
                {
                    "event": "activity_done",
                    "type_id": self.type_("1.2.4").id,
                    "direction": "outgoing",
                    "state": "to_review",
                    "channel": "phone",
                    "partner_id": self.contact.id,
                    "user_id": self.staff.id,
                }
            ],
        )

    def test_activity_type_gives_type_and_direction(self):
        self.call.interaction_type_id = self.type_("1.1.3")
        self.do(self.call)
        self.assertRecordValues(
            self.interactions(),
            [{"type_id": self.type_("1.1.3").id, "direction": "incoming", "state": "confirmed"}],
        )

    def test_call_of_a_client_is_incoming(self):
        self.do(self.env.ref("crm_outsourcing_interactions.activity_type_call_in"))
        self.assertRecordValues(
            self.interactions(), [{"direction": "incoming", "channel": "phone", "state": "confirmed"}]
        )

    def test_without_a_rule_a_call_has_no_direction_yet(self):
        self.env.ref("crm_outsourcing_interactions.rule_call_made").active = False
        self.do(self.call)
        self.assertRecordValues(
            self.interactions(), [{"type_id": False, "direction": False, "state": "to_review", "channel": "phone"}]
        )

    def test_to_do_is_no_contact(self):
        self.do(self.env.ref("mail.mail_activity_data_todo"))
        self.assertFalse(self.interactions())

    def make_meeting(self, *partners, **vals):
        start = datetime.now() - timedelta(hours=5)
        defaults = {
            "name": "Monthly review",
            "start": start,
            "stop": start + timedelta(hours=1),
            "user_id": self.staff.id,
            "partner_ids": [Command.link(partner.id) for partner in (self.staff.partner_id, *partners)],
        }
        return self.env["calendar.event"].create({**defaults, **vals})

    def run_cron(self):
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 60):
            self.env["calendar.event"]._cron_capture_meetings()

    def test_past_meeting_counts_once_for_each_client(self):
        other = self.make_contact(name="Boris", parent_id=self.make_client(name="Vector").id, email="b@example.com")
        self.make_meeting(self.contact, other)
        self.run_cron()
        self.run_cron()
        interactions = self.interactions()
        self.assertEqual(len(interactions.commercial_partner_id), 2)
        self.assertEqual(interactions.mapped("channel"), ["meeting", "meeting"])
        self.assertEqual(interactions.mapped("duration"), [1.0, 1.0])

    def test_meeting_of_months_tells_no_duration(self):
        start = datetime.now() - timedelta(days=91)
        self.make_meeting(self.contact, start=start, stop=start + timedelta(days=90))
        self.run_cron()
        self.assertEqual(self.interactions().mapped("duration"), [0.0])
        self.assertFalse(self.env["crm.interaction.capture.error"].search([]))

    def test_future_declined_or_internal_meeting_is_none(self):
        start = datetime.now() + timedelta(days=1)
        self.make_meeting(self.contact, start=start, stop=start + timedelta(hours=1))
        self.make_meeting()
        declined = self.make_meeting(self.contact)
        declined.attendee_ids.filtered(lambda a: a.partner_id == self.contact).state = "declined"
        self.run_cron()
        self.assertFalse(self.interactions())

    def test_private_meeting_keeps_its_subject_to_itself(self):
        self.make_meeting(self.contact, privacy="private")
        self.run_cron()
        self.assertEqual(self.interactions().subject, "Meeting")
