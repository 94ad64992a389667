from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tests.common import tagged
from odoo.tools import mute_logger

from .common import InteractionCase

LOGGERS = (
    "odoo.addons.crm_outsourcing_interactions.models.interaction.upkeep.crm_interaction_capture_error",
    "odoo.sql_db",
)
DELIVERED = {"method": "_documents", "args": ["task_delivered"], "model": "project.task"}


@tagged("post_install", "-at_install")
class TestCaptureErrors(InteractionCase):
    """Test that a fault in any step does not block the user's work and that the event can be retried."""

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
        capture_errors = self.env["crm.interaction.capture.error"].search([])
        self.assertEqual(len(capture_errors), count)
        capture_errors.with_user(self.manager).action_retry()
        self.assertFalse(capture_errors.filtered("active"))
        self.assertEqual(self.interactions().partner_id, self.contact)

    def test_fault_while_reading_the_message(self):
        self.assert_kept_and_retried(self.broken("crm.interaction.people", "_client_of"))

    def test_fault_in_classification(self):
        self.assert_kept_and_retried(self.broken("crm.interaction.rule", "_classify"))

    def test_fault_in_preparation(self):
        self.assert_kept_and_retried(self.broken("crm.interaction", "_prepare_interaction_vals"))

    def test_recursion_in_classification(self):
        self.assert_kept_and_retried(self.broken("crm.interaction.rule", "_classify", RecursionError("too deep")))

    def test_fault_of_the_database(self):
        def classify(_rules, events):
            for event in events:
                event.vals |= {"type_id": 2**30, "state": "to_review"}
            return events

        self.assert_kept_and_retried(patch.object(type(self.env["crm.interaction.rule"]), "_classified", classify))

    def test_retry_that_fails_says_why_and_stays_open(self):
        with mute_logger(*LOGGERS), self.broken("crm.interaction.rule", "_classify"):
            self.post()
            capture_error = self.env["crm.interaction.capture.error"].search([])
            with self.assertRaisesRegex(UserError, "broken"):
                capture_error.action_retry()
        self.assertTrue(capture_error.active)

    def test_retry_twice_counts_once(self):
        with mute_logger(*LOGGERS), self.broken("crm.interaction.rule", "_classify"):
            self.post()
        capture_error = self.env["crm.interaction.capture.error"].search([])
        capture_error.action_retry()
        capture_error.action_retry()
        self.assertEqual(len(self.interactions()), 1)

    def test_only_managers_see_capture_errors(self):
        capture_errors = self.env["crm.interaction.capture.error"]
        self.assertTrue(capture_errors.with_user(self.manager).has_access("read"))
        self.assertFalse(capture_errors.with_user(self.staff).has_access("read"))

    def test_document_fault_is_kept_and_retried(self):
        with mute_logger(*LOGGERS), self.broken("crm.interaction.capture", "_prepare_document_event"):
            self.task.state = "1_done"
        self.env["crm.interaction.capture.error"].search([]).action_retry()
        self.assertEqual(self.interactions().type_id, self.type_("1.2.3"))

    def test_fault_while_a_rating_is_asked_for_is_retried_as_such(self):
        with mute_logger(*LOGGERS), self.broken("crm.interaction.people", "_client_of"):
            self.task.rating_send_request(self.env.ref("project.rating_project_request_email_template"))
        self.env["crm.interaction.capture.error"].search([]).action_retry()
        self.assertEqual(self.interactions().mapped("event"), ["feedback_asked"])

    def test_fault_in_what_the_company_wants_does_not_block_a_task(self):
        with mute_logger(*LOGGERS), self.broken("res.company", "_interaction_settings"):
            self.task.state = "1_done"
            self.post()
            self.env.flush_all()
        self.assertEqual(self.task.state, "1_done")
        self.env["crm.interaction.capture.error"].search([]).action_retry()
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
        self.env["crm.interaction.capture.error"].search([]).action_retry()
        self.assertEqual(self.interactions().mapped("event"), ["campaign"])

    # --- whose they are, and what they may do -----------------------------------------

    def break_classification(self, action):
        with mute_logger(*LOGGERS), self.broken("crm.interaction.rule", "_classify"):
            action()
            self.env.flush_all()
        return self.env["crm.interaction.capture.error"].search([])

    def test_nobody_writes_or_reads_what_a_retry_does(self):
        capture_error = self.break_classification(self.post).with_user(self.manager)
        forged = {"method": "unlink", "model": "res.partner", "ids": self.contact.ids}
        for vals in ({"payload": forged}, {"error": "x"}, {"company_id": self.env.company.id}, {"res_id": 1}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                capture_error.write(vals)
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                capture_error.with_context(interaction_by_code=True).sudo().write(vals)
        with self.assertRaises(AccessError):
            capture_error.sudo().create({"error": "x", "payload": forged})
        with self.assertRaises(AccessError):
            capture_error.read(["payload"])
        self.assertNotIn("payload", capture_error.read()[0])

    def test_retry_does_nothing_but_what_is_named(self):
        capture_error = self.break_classification(self.post)
        for method in ("unlink", "_invoices", "_never_block", "__init__", ""):
            forged = {"method": method, "model": "res.partner", "ids": self.contact.ids}
            capture_error.sudo()._by_code().payload = forged
            with self.subTest(method=method), self.assertRaisesRegex(UserError, "by hand"), mute_logger(*LOGGERS):
                capture_error.with_user(self.manager).action_retry()
        self.assertTrue(self.contact.exists())

    def test_marks_of_a_payload_are_those_of_a_message(self):
        with mute_logger(*LOGGERS), self.broken("crm.interaction.people", "_client_of"):
            self.post()
        capture_error = self.env["crm.interaction.capture.error"].search([])
        marks = {"interaction_skip": True, "interaction_by_code": True, "interaction_event": {"a": 1}}
        capture_error.sudo()._by_code().payload = {**capture_error.sudo().payload, "marks": marks}
        capture_error.action_retry()
        self.assertEqual(self.interactions().mapped("event"), ["message_out"])

    def test_capture_error_belongs_to_the_company_of_the_document(self):
        other = self.env["res.company"].create({"name": "Other Firm"})
        foreign = self.make_task(partner_id=self.contact.id, project_id=self.make_project(company_id=other.id).id)
        tasks = self.task | foreign
        with mute_logger(*LOGGERS), self.broken("crm.interaction.capture", "_prepare_document_event"):
            tasks.state = "1_done"
        capture_errors = self.env["crm.interaction.capture.error"].search([])
        of_other = capture_errors.filtered(lambda capture_error: capture_error.company_id == other)
        self.assertEqual(of_other.res_id, foreign.id)
        self.assertEqual((capture_errors - of_other).mapped("company_id"), self.env.company)
        self.assertNotIn(of_other, capture_errors.with_user(self.manager).search([]))
        with self.assertRaises(AccessError):
            of_other.with_user(self.manager).action_retry()
        self.assertFalse(self.interactions())
        self.manager.company_ids += other
        of_other.with_user(self.manager).with_context(allowed_company_ids=other.ids).action_retry()
        self.assertEqual(self.interactions().company_id, other)

    def test_document_that_moved_to_another_company_is_its_managers(self):
        capture_error = self.break_classification(lambda: self.task.write({"state": "1_done"}))
        other = self.env["res.company"].create({"name": "Other Firm"})
        self.task.project_id = self.make_project(company_id=other.id)
        with self.assertRaisesRegex(AccessError, "its manager"):
            capture_error.with_user(self.manager).action_retry()

    def test_retry_of_what_was_deleted_says_what_to_do(self):
        capture_error = self.break_classification(self.post)
        with mute_logger(*LOGGERS), self.broken("crm.interaction.people", "_client_of"):
            message = self.post()
        unread = self.env["crm.interaction.capture.error"].search([]) - capture_error
        message.unlink()
        with self.assertRaisesRegex(UserError, "message was deleted.*by hand"), mute_logger(*LOGGERS):
            unread.action_retry()
        self.task.unlink()
        with self.assertRaisesRegex(UserError, "document was deleted.*by hand"), mute_logger(*LOGGERS):
            capture_error.action_retry()
        self.assertEqual(capture_error.action_open_document()["params"]["message"], "Document deleted")

    def test_document_counts_when_it_happened_not_when_it_is_retried(self):
        with freeze_time("2026-10-31 10:00:00"):
            capture_error = self.break_classification(lambda: self.task.write({"state": "1_done"}))
        capture_error.sudo()._by_code().payload = {**DELIVERED, "ids": self.task.ids}
        self.env.cr.execute("UPDATE crm_interaction_capture_error SET create_date = '2026-10-31 10:00:00'")
        capture_error.invalidate_recordset()
        capture_error.action_retry()
        self.assertEqual(str(self.interactions().date), "2026-10-31 10:00:00")

    def test_fault_of_the_database_quotes_no_row(self):
        def classify(_rules, events):
            for event in events:
                event.vals |= {"type_id": 2**30, "state": "nonsense", "subject": "Secret", "channel": None}
            return events

        with mute_logger(*LOGGERS), patch.object(type(self.env["crm.interaction.rule"]), "_classified", classify):
            self.post()
        capture_error = self.env["crm.interaction.capture.error"].search([])
        self.assertNotIn("Secret", capture_error.error)
        self.assertNotIn("DETAIL", capture_error.error)

    def test_fault_of_the_database_in_any_step_blocks_nothing(self):
        for model, method in (("crm.interaction.event", "_wanted"), ("crm.interaction", "_announced")):
            with self.subTest(method):
                self.assert_kept_and_retried(
                    patch.object(
                        type(self.env[model]), method, lambda steps, _events: steps.env.cr.execute("SELECT 1/0")
                    )
                )
                self.interactions()._by_code().unlink()
                self.env["crm.interaction.capture.error"].with_context(active_test=False).search(Domain.TRUE).unlink()
