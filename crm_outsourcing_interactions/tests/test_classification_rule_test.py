from odoo.tests import Form, tagged

from .common import InteractionCase
from .unknown_sender_common import UnknownSenderCase


@tagged("post_install", "-at_install")
class TestClassificationRuleTest(InteractionCase):
    """Test the wizard that shows which rule matches, and why."""

    def wizard(self):
        return Form(self.env["crm.interaction.rule.test"].with_user(self.manager))

    def test_pasted_text_shows_which_rule_fires(self):
        wizard = self.wizard()
        wizard.event = "message_in"
        wizard.body = "I must complain about the delay"
        self.assertEqual(wizard.type_id, self.type_("2.1.1"))
        self.assertEqual(wizard.rule_id, self.env.ref("crm_outsourcing_interactions.rule_complaint"))

    def test_picked_message_fills_the_facts(self):
        contact = self.make_contact(parent_id=self.make_client().id)
        message = self.make_task(partner_id=contact.id).message_post(
            body="Документы", author_id=contact.id, message_type="email", subtype_xmlid="mail.mt_comment"
        )
        wizard = self.wizard()
        wizard.message_id = message
        self.assertEqual(wizard.model_name, "project.task")
        self.assertEqual(wizard.type_id, self.type_("1.1.2"))

    def test_saved_test_is_read_again(self):
        wizard = self.wizard()
        wizard.body = "I must complain about the delay"
        test = wizard.save()
        for body, code in (("I must complain about the delay", "2.1.1"), ("Hello", False)):
            test.body = body
            self.env.flush_all()
            self.env.invalidate_all()
            self.assertEqual(test.type_id.code, code)
            self.assertEqual(test.rule_id.type_id, test.type_id)
            self.assertEqual("Fires" in test.line_ids.mapped("verdict"), bool(code))
            test.web_read({"rule_id": {}, "type_id": {}, "line_ids": {"fields": {"verdict": {}}}})

    def test_other_rules_say_why_they_do_not_fire(self):
        test = self.env["crm.interaction.rule.test"].create({"event": "message_in", "body": "Hello"})
        verdicts = {line.rule_id: line.verdict for line in test.line_ids}
        self.assertIn("Words", verdicts[self.env.ref("crm_outsourcing_interactions.rule_complaint")])
        self.assertIn("Document", verdicts[self.env.ref("crm_outsourcing_interactions.rule_task_request")])

    def test_rule_for_client_process_and_language(self):
        client = self.make_client(lang="en_US")
        project = self.make_project(partner_id=client.id)
        rule = self.env["crm.interaction.rule"].create(
            {"name": "Own", "event": "message_in", "sequence": 1, "type_id": self.type_("4.1.1").id}
        )
        task = self.make_task(project_id=project.id, partner_id=client.id)
        other = self.make_task(partner_id=self.make_client(name="Vector").id)
        for condition in (
            {"client_id": client.id},
            {"project_id": project.id},
            {"domain": f"[('id', '=', {task.id})]"},
        ):
            with self.subTest(condition=condition):
                rule.write({"client_id": False, "project_id": False, "domain": False, "model_name": False})
                model = "project.task" if "domain" in condition else False
                rule.write({"model_name": model, **condition})
                for record, fits in ((task, True), (other, False)):
                    message = record.message_post(
                        body="Hi", author_id=record.partner_id.id, message_type="email", subtype_xmlid="mail.mt_comment"
                    )
                    interaction = self.env["crm.interaction"].search([("message_id", "=", message.id)])
                    self.assertEqual(interaction.rule_id == rule, fits)

    def test_picked_message_of_staff_is_tested_as_outgoing(self):
        contact = self.make_contact(parent_id=self.make_client().id)
        message = self.make_task(partner_id=contact.id).message_post(
            body="Please send the statements", partner_ids=contact.ids, subtype_xmlid="mail.mt_comment"
        )
        wizard = self.wizard()
        wizard.message_id = message
        self.assertEqual((wizard.event, wizard.partner_id), ("message_out", contact))


@tagged("post_install", "-at_install")
class TestClassificationRuleTestOfUnknownSenders(UnknownSenderCase):
    """The test of rules reads a chosen message as capture does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager.group_ids |= cls.env.ref("sales_team.group_sale_salesman_all_leads")

    def event_of(self, interaction):
        wizard = Form(self.env["crm.interaction.rule.test"].with_user(self.manager))
        wizard.message_id = interaction.message_id
        return wizard.event, wizard.partner_id

    def test_message_of_a_stranger_is_incoming(self):
        self.assertEqual(self.event_of(self.wait()), ("message_in", self.env["res.partner"]))

    def test_forwarded_mail_is_incoming_from_the_quoted_client(self):
        body = (
            "FYI\n\n---------- Forwarded message ---------\nFrom: Anna <anna@client.example.com>\n"
            "Date: Mon, 2 Nov 2026 at 09:00\nSubject: Invoice\nTo: <staff@firm.example.com>\n\nPlease send it again."
        )
        forwarded = self.wait(sender="staff@firm.example.com", subject="Fwd: Invoice", body=body)
        self.assertEqual(forwarded.partner_id, self.anna)
        self.assertEqual(self.event_of(forwarded), ("message_in", self.anna))
