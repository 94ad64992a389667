from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests.common import tagged
from odoo.tools import mute_logger

from .common import InteractionCase

LOGGERS = ("odoo.addons.crm_outsourcing_interactions.models.interaction.crm_interaction_problem", "odoo.sql_db")


@tagged("post_install", "-at_install")
class TestCaptureProblems(InteractionCase):
    """A fault at any step leaves the work alone and keeps the contact for a retry."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contact = cls.make_contact(parent_id=cls.make_client().id)
        cls.task = cls.make_task(partner_id=cls.contact.id)

    def post(self):
        return self.task.message_post(
            body="Hello", message_type="comment", subtype_xmlid="mail.mt_comment", partner_ids=self.contact.ids
        )

    def interactions(self):
        return self.env["crm.interaction"].search([("event", "!=", False)])

    def broken(self, model, method, error=None):
        def fail(*args, **kwargs):
            raise error or ValueError("broken")

        return patch.object(type(self.env[model]), method, fail)

    def assert_kept_and_retried(self, fault, count=1):
        with mute_logger(*LOGGERS), fault:
            message = self.post()
            self.env.flush_all()
        self.assertTrue(message.exists())
        self.assertFalse(self.interactions())
        problems = self.env["crm.interaction.problem"].search([])
        self.assertEqual(len(problems), count)
        problems.with_user(self.manager).action_retry()
        self.assertFalse(problems.filtered("active"))
        self.assertEqual(self.interactions().partner_id, self.contact)

    def test_fault_while_reading_the_message(self):
        self.assert_kept_and_retried(self.broken("crm.interaction.capture", "_client_of"))

    def test_fault_in_classification(self):
        self.assert_kept_and_retried(self.broken("crm.interaction.rule", "_classify"))

    def test_fault_in_preparation(self):
        self.assert_kept_and_retried(self.broken("crm.interaction", "_prepare_interaction_vals"))

    def test_recursion_in_classification(self):
        self.assert_kept_and_retried(self.broken("crm.interaction.rule", "_classify", RecursionError("too deep")))

    def test_fault_of_the_database(self):
        def vals(*args):
            return {"type_id": 2**30, "state": "to_review"}

        self.assert_kept_and_retried(patch.object(type(self.env["crm.interaction"]), "_prepare_type_vals", vals))

    def test_retry_that_fails_says_why_and_stays_open(self):
        with mute_logger(*LOGGERS), self.broken("crm.interaction.rule", "_classify"):
            self.post()
            problem = self.env["crm.interaction.problem"].search([])
            with self.assertRaisesRegex(UserError, "broken"):
                problem.action_retry()
        self.assertTrue(problem.active)

    def test_retry_twice_counts_once(self):
        with mute_logger(*LOGGERS), self.broken("crm.interaction.rule", "_classify"):
            self.post()
        problem = self.env["crm.interaction.problem"].search([])
        problem.action_retry()
        problem.action_retry()
        self.assertEqual(len(self.interactions()), 1)

    def test_only_managers_see_problems(self):
        problems = self.env["crm.interaction.problem"]
        self.assertTrue(problems.with_user(self.manager).has_access("read"))
        self.assertFalse(problems.with_user(self.staff).has_access("read"))

    def test_document_fault_is_kept_and_retried(self):
        with mute_logger(*LOGGERS), self.broken("crm.interaction.capture", "_prepare_document_event"):
            self.task.state = "1_done"
        self.env["crm.interaction.problem"].search([]).action_retry()
        self.assertEqual(self.interactions().type_id, self.type_("1.2.3"))

    def test_fault_while_a_rating_is_asked_for_is_retried_as_such(self):
        with mute_logger(*LOGGERS), self.broken("crm.interaction.capture", "_client_of"):
            self.task.rating_send_request(self.env.ref("project.rating_project_request_email_template"))
        self.env["crm.interaction.problem"].search([]).action_retry()
        self.assertEqual(self.interactions().mapped("event"), ["feedback_asked"])

    def test_fault_in_what_the_company_wants_does_not_block_a_task(self):
        with mute_logger(*LOGGERS), self.broken("res.company", "_interaction_settings"):
            self.task.state = "1_done"
            self.post()
            self.env.flush_all()
        self.assertEqual(self.task.state, "1_done")
        self.env["crm.interaction.problem"].search([]).action_retry()
        self.assertCountEqual(self.interactions().mapped("event"), ["task_delivered", "message_out"])

    def test_fault_while_a_mailing_is_read_does_not_block_it(self):
        self.env.company.interaction_log_campaign = True
        with mute_logger(*LOGGERS), self.broken("res.company", "_interaction_settings"):
            composer = self.env["mail.compose.message"].create(
                {
                    "composition_mode": "mass_mail",
                    "model": "res.partner",
                    "res_ids": self.contact.ids,
                    "subject": "News",
                    "body": "<p>News</p>",
                }
            )
            composer._action_send_mail()
        self.env["crm.interaction.problem"].search([]).action_retry()
        self.assertEqual(self.interactions().mapped("event"), ["campaign"])
