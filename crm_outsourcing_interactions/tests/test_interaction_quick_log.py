from odoo.exceptions import AccessError
from odoo.tests.common import tagged

from .tagging_common import TaggingCase


@tagged("post_install", "-at_install")
class TestInteractionQuickLog(TaggingCase):
    """Test the card that logs interactions outside Odoo, with the rights of its user."""

    def quick_log(self, user=None, interaction_id=False, **values):
        model = self.env["crm.interaction"].with_user(user or self.staff)
        return model.quick_log(values, interaction_id)

    def test_call_is_logged_as_confirmed(self):
        values = {"partner_id": self.contact.id, "type_id": self.type_("1.1.3").id, "duration": 0.25}
        answer = self.quick_log(state="ignored", user_id=self.manager.id, **values)
        logged = self.env["crm.interaction"].browse(answer["id"])
        self.assertRecordValues(logged, [{**values, "state": "confirmed", "user_id": self.staff.id}])
        self.assertEqual(answer["undo"], [])
        logged.with_user(self.staff).unlink()
        self.assertFalse(logged.exists())

    def test_strangers_log_nothing(self):
        stranger = self.make_staff(login="stranger", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.quick_log(stranger, partner_id=self.contact.id, type_id=self.type_("1.1.3").id)

    def test_card_is_filled_from_readable_documents_only(self):
        model = self.env["crm.interaction"]
        defaults = {"partner_id": self.contact.id, "subject": "Month end"}
        self.assertEqual(model.with_user(self.staff).quick_log_defaults("project.task", self.task.id), defaults)
        self.task.project_id.privacy_visibility = "followers"
        outsider = self.make_staff(login="outsider", groups="crm_outsourcing_interactions.group_user")
        self.assertEqual(model.with_user(outsider).quick_log_defaults("project.task", self.task.id), {})

    def test_call_done_is_completed(self):
        activity = self.task.with_user(self.staff).activity_schedule("mail.mail_activity_data_call")
        model = self.env["crm.interaction"].with_user(self.staff)
        self.assertFalse(model.logged_call("project.task", self.task.id))
        activity.action_feedback("They asked about VAT")
        call = model.logged_call("project.task", self.task.id)
        self.assertEqual(call["partner_id"], self.contact.id)
        answer = self.quick_log(interaction_id=call["id"], duration=0.5, note="VAT", type_id=self.type_("1.1.3").id)
        interaction = self.env["crm.interaction"].browse(call["id"])
        self.assertRecordValues(interaction, [{"duration": 0.5, "note": "VAT", "state": "confirmed"}])
        model.undo_tag(answer["undo"])
        self.assertEqual(interaction.duration, call["duration"])
        self.assertFalse(
            self.env["crm.interaction"].with_user(self.colleague).logged_call("project.task", self.task.id)
        )

    def test_colleagues_interactions_are_not_written(self):
        others = self.log(partner_id=self.make_client(user_id=self.manager.id).id, user_id=self.manager.id)
        with self.assertRaises(AccessError):
            self.quick_log(interaction_id=others.id, duration=1.0)
