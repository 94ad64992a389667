from unittest.mock import patch

from odoo.tests.common import tagged
from odoo.tools import mute_logger

from ..models.events.marks import marked
from .common import INSERT, InteractionCase


@tagged("post_install", "-at_install")
class TestCaptureTemplates(InteractionCase):
    """Test mail sent directly from a template, without a message on the document and often deleted after sending."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contact = cls.make_contact(parent_id=cls.make_client().id)
        cls.task = cls.make_task(partner_id=cls.contact.id)

    def template(self, **vals):
        defaults = {
            "name": "Month end",
            "model_id": self.env["ir.model"]._get_id("project.task"),
            "subject": "Month end",
            "auto_delete": True,
            "use_default_to": False,
            "partner_to": "{{ object.partner_id.id }}",
        }
        return self.env["mail.template"].create({**defaults, **vals}).with_user(self.staff)

    def test_it_is_outgoing_whenever_it_leaves(self):
        for force_send in (False, True):
            with self.subTest(force_send=force_send):
                task = self.make_task(partner_id=self.contact.id)
                self.template().send_mail(task.id, force_send=force_send)
                expected = {"event": "message_out", "partner_id": self.contact.id, "channel": "email"}
                self.assertRecordValues(self.captured(task), [{**expected, "subject": "Month end"}])

    def test_address_of_the_documents_contact_is_enough(self):
        self.template(partner_to="", email_to="{{ object.partner_id.email }}").send_mail(self.task.id)
        self.assertEqual(self.captured(self.task).partner_id, self.contact)

    def test_mail_to_staff_is_none(self):
        self.template(partner_to=str(self.staff.partner_id.id)).send_mail(self.task.id)
        self.assertFalse(self.captured(self.task))

    def test_action_that_sends_mails_counts_each(self):
        tasks = self.task | self.make_task(partner_id=self.contact.id)
        action = self.env["ir.actions.server"].create(
            {
                "name": "Send",
                "model_id": self.env["ir.model"]._get_id("project.task"),
                "state": "mail_post",
                "mail_post_method": "email",
                "template_id": self.template().id,
            }
        )
        action.with_context(active_model="project.task", active_ids=tasks.ids, active_id=tasks[0].id).run()
        for task in tasks:
            self.assertEqual(self.captured(task).mapped("event"), ["message_out"])

    def test_several_documents_mailed_together_count_each(self):
        other = self.make_contact(parent_id=self.make_client(name="Vector").id, email="boris@example.com")
        tasks = self.task | self.make_task(partner_id=other.id)
        tasks.with_user(self.staff).message_mail_with_source(self.template())
        for task in tasks:
            self.assertEqual(self.captured(task).mapped("event"), ["message_out"])

    def test_contact_outlives_a_fault_and_its_mail(self):
        people = type(self.env["crm.interaction.people"])
        with (
            patch.object(people, "_is_client", side_effect=KeyError("broken")),
            mute_logger(
                "odoo.addons.crm_outsourcing_interactions.models.interaction.upkeep.crm_interaction_capture_error"
            ),
        ):
            mail_id = self.template().send_mail(self.task.id)
        self.env["mail.mail"].browse(mail_id).unlink()
        self.assertFalse(self.captured(self.task))
        self.env["crm.interaction.capture.error"].search([("res_model", "=", "project.task")]).action_retry()
        expected = {"event": "message_out", "partner_id": self.contact.id, "user_id": self.staff.id}
        self.assertRecordValues(self.captured(self.task), [{**expected, "subject": "Month end", "message_id": False}])

    def test_fault_before_a_mail_is_recognised_is_kept_and_retried(self):
        with (
            patch.object(type(self.task), "_interaction_is_captured", side_effect=KeyError("broken")),
            mute_logger(
                "odoo.addons.crm_outsourcing_interactions.models.interaction.upkeep.crm_interaction_capture_error"
            ),
        ):
            mail_id = self.template().send_mail(self.task.id)
        self.env["mail.mail"].browse(mail_id).unlink()
        self.assertFalse(self.captured(self.task))
        [capture_error] = self.env["crm.interaction.capture.error"].search([("res_model", "=", "project.task")])
        capture_error.action_retry()
        self.assertFalse(capture_error.active)
        self.assertRecordValues(self.captured(self.task), [{"event": "message_out", "partner_id": self.contact.id}])

    def test_retry_logs_no_mail_that_does_not_count(self):
        fault = patch.object(type(self.task), "_interaction_is_captured", side_effect=[KeyError("broken"), False])
        with (
            fault,
            mute_logger(
                "odoo.addons.crm_outsourcing_interactions.models.interaction.upkeep.crm_interaction_capture_error"
            ),
        ):
            self.template().send_mail(self.task.id)
            self.env["crm.interaction.capture.error"].search([("res_model", "=", "project.task")]).action_retry()
        self.assertFalse(self.captured(self.task))

    def test_template_mail_costs_four_statements(self):
        template = self.template()
        for _warm in range(2):
            counts = [
                self.count_statements(lambda: marked(template, "interaction_skip", skip).send_mail(self.task.id))  # noqa: B023
                for skip in (True, False)
            ]
        self.assertEqual(counts[1] - counts[0], INSERT + 1)

    def test_report_of_the_template_is_an_attachment(self):
        rule = self.env["crm.interaction.rule"].create(
            {
                "name": "Reports",
                "sequence": 1,
                "event": "message_out",
                "attachment": "yes",
                "type_id": self.type_("1.2.1").id,
            }
        )
        report = self.env["ir.actions.report"].create(
            {"name": "Tasks", "model": "project.task", "report_type": "qweb-text", "report_name": "base.contact_name"}
        )
        with patch.object(type(report), "_render", return_value=(b"text", "text")):
            self.template(report_template_ids=report.ids).send_mail(self.task.id)
        self.assertEqual(self.captured(self.task).rule_id, rule)

    def test_stage_mail_of_each_task_counts(self):
        stage = self.env["project.task.type"].create({"name": "Sent", "mail_template_id": self.template().id})
        tasks = self.task | self.make_task(partner_id=self.contact.id)
        self.flush()
        tasks.with_user(self.staff).stage_id = stage
        self.flush()
        for task in tasks:
            self.assertEqual(self.captured(task).mapped("event"), ["message_out"])

    def flush(self):
        """Do what a commit does before it: tracked changes post their messages."""
        self.env.flush_all()
        self.env.cr.precommit.run()
