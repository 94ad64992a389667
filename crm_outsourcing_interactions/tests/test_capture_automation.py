from odoo.tests.common import tagged

from .common import InteractionCase


@tagged("post_install", "-at_install")
class TestCaptureAutomation(InteractionCase):
    """Test the server action *Log Interaction*."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contact = cls.make_contact(parent_id=cls.make_client().id)
        cls.task = cls.make_task(partner_id=cls.contact.id)
        cls.action = cls.env["ir.actions.server"].create(
            {
                "name": "Log",
                "model_id": cls.env["ir.model"]._get_id("project.task"),
                "state": "interaction",
                "interaction_type_id": cls.type_("1.2.4").id,
            }
        )

    def run_action(self):
        self.action.with_context(active_model="project.task", active_ids=self.task.ids, active_id=self.task.id).run()
        return self.env["crm.interaction"].search([("res_id", "=", self.task.id)])

    def test_logs_a_contact(self):
        self.assertRecordValues(
            self.run_action(),
            [{"event": "automation", "type_id": self.type_("1.2.4").id, "partner_id": self.contact.id}],
        )

    def test_gives_its_type_to_the_message_just_captured(self):
        self.task.message_post(
            body="Hello", message_type="comment", subtype_xmlid="mail.mt_comment", partner_ids=self.contact.ids
        )
        self.assertRecordValues(
            self.run_action(), [{"event": "message_out", "type_id": self.type_("1.2.4").id, "state": "confirmed"}]
        )

    def test_leaves_a_persons_word(self):
        self.task.message_post(
            body="Hello", message_type="comment", subtype_xmlid="mail.mt_comment", partner_ids=self.contact.ids
        )
        interaction = self.env["crm.interaction"].search([("res_id", "=", self.task.id)])
        interaction.type_id = self.type_("1.2.1")
        self.run_action()
        self.assertEqual(interaction.type_id, self.type_("1.2.1"))

    def test_name_says_what_it_logs(self):
        self.assertIn("1.2.4", self.action._generate_action_name())
