import json

from odoo.exceptions import ValidationError
from odoo.tests.common import new_test_user, tagged

from .tagging_common import TaggingCase


@tagged("post_install", "-at_install")
class TestInteractionLive(TaggingCase):
    """Test notifications of other open pages, with the access rights of their users."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.message = cls.post()
        cls.interaction = cls.message.sudo().interaction_ids

    def heard(self):
        """Return what the addon has told the open pages since the last call, with the channels."""
        self.env.cr.precommit.run()
        notes = self.env["bus.bus"].search([("message", "like", "crm_interaction/changed")])
        heard = [(json.loads(note.channel), json.loads(note.message)["payload"]) for note in notes]
        notes.unlink()
        return heard

    def test_staff_hear_ids_only(self):
        self.heard()
        group = self.env.ref("crm_outsourcing_interactions.group_user")
        page = self.env["crm.interaction"].with_user(self.colleague).with_context(interaction_page="page-7")
        page.tag_message(self.message.id, {"type_id": self.type_("1.2.4").id})
        ((channel, payload),) = self.heard()
        self.assertEqual(channel[1:], ["res.groups", group.id])
        self.assertEqual(
            payload,
            {"message_ids": self.message.ids, "user_ids": self.staff.ids, "pages": [f"{self.colleague.id}:page-7"]},
        )

    def test_nobody_names_the_page_of_a_colleague(self):
        self.heard()
        for forged in ([], {"a": 1}, True, 7, "x" * 10_000):
            page = self.env["crm.interaction"].with_user(self.colleague).with_context(interaction_page=forged)
            page.tag_message(self.message.id, {"state": "ignored"})
            page.tag_message(self.message.id, {"state": "to_review"})
            ((_channel, payload),) = self.heard()
            self.assertEqual(payload["message_ids"], self.message.ids)
            for name in payload["pages"]:
                self.assertRegex(name, f"^{self.colleague.id}:x{{64}}$")

    def test_change_in_a_list_or_a_form_is_heard_once_for_all(self):
        other = self.log(user_id=self.staff.id)
        self.heard()
        (self.interaction | other).write({"state": "ignored"})
        self.interaction.write({"state": "to_review"})
        ((_channel, payload),) = self.heard()
        self.assertEqual(payload["message_ids"], self.message.ids)
        self.interaction.subject = "Nothing that a badge shows"
        self.assertFalse(self.heard())

    def test_split_and_its_undo_are_heard(self):
        model = self.env["crm.interaction"].with_user(self.staff)
        self.heard()
        undo = model.tag_message(self.message.id, {"type_id": self.type_("3.2.1.2").id}, split=True)["undo"]
        self.assertTrue(self.heard())
        model.undo_tag(undo)
        self.assertTrue(self.heard())

    def test_page_asks_for_badges_with_the_rights_of_its_user(self):
        self.assertEqual(len(self.badges(self.colleague)), 1)
        self.task.project_id.privacy_visibility = "followers"
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(self.badges(self.colleague))
        self.assertEqual(len(self.badges(self.staff)), 1)
        for group in ("base.group_portal", "project.group_project_user"):
            self.assertFalse(self.badges(new_test_user(self.env, f"of {group}", groups=group)))

    def badges(self, user):
        data = self.env["crm.interaction"].with_user(user).message_badges(self.message.ids)
        return data.get("mail.message", [])

    def test_answer_to_a_tag_holds_what_is_left_to_review(self):
        model = self.env["crm.interaction"].with_user(self.staff)
        before = model.review_counts()["mine"]
        answer = model.tag_message(self.message.id, {"state": "confirmed"})
        self.assertEqual(answer["counts"]["mine"], before - 1)
        self.assertEqual(model.undo_tag(answer["undo"])["counts"]["mine"], before)
        self.assertEqual(self.interaction.with_user(self.staff).tag({"state": "ignored"})["counts"]["mine"], before - 1)

    # --- nothing leaves the queue untagged --------------------------------------------

    def test_archiving_what_waits_is_not_an_interaction_and_recorded(self):
        changes = len(self.interaction.type_change_ids)
        self.interaction.with_user(self.staff).action_archive()
        self.assertRecordValues(self.interaction, [{"state": "ignored", "active": False}])
        self.assertEqual(len(self.interaction.type_change_ids), changes + 1)
        self.interaction.with_user(self.staff).action_unarchive()
        self.assertRecordValues(self.interaction, [{"state": "to_review", "active": True}])

    def test_nothing_is_confirmed_without_a_type(self):
        self.interaction.type_id = False
        self.assertEqual(self.interaction.state, "to_review")
        with self.assertRaisesRegex(ValidationError, "Choose a type"), self.env.cr.savepoint():
            self.interaction.state = "confirmed"

    def test_bulk_tag_costs_the_same_queries_however_many(self):
        first, few, many = (self.env["crm.interaction"].concat(*(self.log() for _i in range(n))) for n in (1, 2, 12))
        costs = []
        for interactions in (first, few, many):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            interactions.with_user(self.manager).tag({"type_id": self.type_("1.1.3").id})
            costs.append(self.env.cr.sql_log_count - before)
        self.assertEqual(costs[1], costs[2])
