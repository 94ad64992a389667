from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests.common import tagged
from odoo.tools import mute_logger

from .common import InteractionCase

LOGGERS = ("odoo.addons.crm_outsourcing_interactions.models.interaction.crm_interaction_problem", "odoo.sql_db")
DELIVERED = {"method": "_documents", "args": ["task_delivered"], "model": "project.task"}


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

    # --- whose they are, and what they may do -----------------------------------------

    def break_classification(self, action):
        with mute_logger(*LOGGERS), self.broken("crm.interaction.rule", "_classify"):
            action()
            self.env.flush_all()
        return self.env["crm.interaction.problem"].search([])

    def test_nobody_writes_or_reads_what_a_retry_does(self):
        problem = self.break_classification(self.post).with_user(self.manager)
        forged = {"method": "unlink", "model": "res.partner", "ids": self.contact.ids}
        for vals in ({"payload": forged}, {"error": "x"}, {"company_id": self.env.company.id}, {"res_id": 1}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                problem.write(vals)
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                problem.with_context(interaction_by_code=True).sudo().write(vals)
        with self.assertRaises(AccessError):
            problem.sudo().create({"error": "x", "payload": forged})
        with self.assertRaises(AccessError):
            problem.read(["payload"])
        self.assertNotIn("payload", problem.read()[0])

    def test_retry_does_nothing_but_what_is_named(self):
        problem = self.break_classification(self.post)
        for method in ("unlink", "_invoices", "_never_block", "__init__", ""):
            forged = {"method": method, "model": "res.partner", "ids": self.contact.ids}
            problem.sudo()._by_code().payload = forged
            with self.subTest(method=method), self.assertRaisesRegex(UserError, "by hand"), mute_logger(*LOGGERS):
                problem.with_user(self.manager).action_retry()
        self.assertTrue(self.contact.exists())

    def test_marks_of_a_payload_are_those_of_a_message(self):
        with mute_logger(*LOGGERS), self.broken("crm.interaction.capture", "_client_of"):
            self.post()
        problem = self.env["crm.interaction.problem"].search([])
        marks = {"interaction_skip": True, "interaction_by_code": True, "interaction_event": {"a": 1}}
        problem.sudo()._by_code().payload = {**problem.sudo().payload, "marks": marks}
        problem.action_retry()
        self.assertEqual(self.interactions().mapped("event"), ["message_out"])

    def test_problem_belongs_to_the_company_of_the_document(self):
        other = self.env["res.company"].create({"name": "Other Firm"})
        foreign = self.make_task(partner_id=self.contact.id, project_id=self.make_project(company_id=other.id).id)
        tasks = self.task | foreign
        with mute_logger(*LOGGERS), self.broken("crm.interaction.capture", "_prepare_document_event"):
            tasks.state = "1_done"
        problems = self.env["crm.interaction.problem"].search([])
        of_other = problems.filtered(lambda problem: problem.company_id == other)
        self.assertEqual(of_other.res_id, foreign.id)
        self.assertEqual((problems - of_other).mapped("company_id"), self.env.company)
        self.assertNotIn(of_other, problems.with_user(self.manager).search([]))
        with self.assertRaises(AccessError):
            of_other.with_user(self.manager).action_retry()
        self.assertFalse(self.interactions())
        self.manager.company_ids += other
        of_other.with_user(self.manager).with_context(allowed_company_ids=other.ids).action_retry()
        self.assertEqual(self.interactions().company_id, other)

    def test_document_that_moved_to_another_company_is_its_managers(self):
        problem = self.break_classification(lambda: self.task.write({"state": "1_done"}))
        other = self.env["res.company"].create({"name": "Other Firm"})
        self.task.project_id = self.make_project(company_id=other.id)
        with self.assertRaisesRegex(AccessError, "its manager"):
            problem.with_user(self.manager).action_retry()

    def test_retry_of_what_was_deleted_says_what_to_do(self):
        problem = self.break_classification(self.post)
        with mute_logger(*LOGGERS), self.broken("crm.interaction.capture", "_client_of"):
            message = self.post()
        unread = self.env["crm.interaction.problem"].search([]) - problem
        message.unlink()
        with self.assertRaisesRegex(UserError, "message was deleted.*by hand"), mute_logger(*LOGGERS):
            unread.action_retry()
        self.task.unlink()
        with self.assertRaisesRegex(UserError, "document was deleted.*by hand"), mute_logger(*LOGGERS):
            problem.action_retry()
        with self.assertRaises(UserError):
            problem.action_open_document()

    def test_document_counts_when_it_happened_not_when_it_is_retried(self):
        with freeze_time("2026-10-31 10:00:00"):
            problem = self.break_classification(lambda: self.task.write({"state": "1_done"}))
        problem.sudo()._by_code().payload = {**DELIVERED, "ids": self.task.ids}
        self.env.cr.execute("UPDATE crm_interaction_problem SET create_date = '2026-10-31 10:00:00'")
        problem.invalidate_recordset()
        problem.action_retry()
        self.assertEqual(str(self.interactions().date), "2026-10-31 10:00:00")

    def test_fault_of_the_database_quotes_no_row(self):
        def vals(*args):
            return {"type_id": 2**30, "state": "nonsense", "subject": "Secret", "direction": None, "channel": None}

        with mute_logger(*LOGGERS), patch.object(type(self.env["crm.interaction"]), "_prepare_type_vals", vals):
            self.post()
        problem = self.env["crm.interaction.problem"].search([])
        self.assertNotIn("Secret", problem.error)
        self.assertNotIn("DETAIL", problem.error)
