from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests.common import tagged

from .tagging_common import TaggingCase


@tagged("post_install", "-at_install")
class TestInteractionUndo(TaggingCase):
    """Test that each change is recorded and can be undone until a colleague builds on it."""

    def test_each_change_is_recorded(self):
        message = self.post()
        before = self.captured(self.task).type_id
        self.tag(message, type_id=self.type_("1.2.4").id)
        self.assertRecordValues(
            self.captured(self.task).type_change_ids,
            [
                {
                    "user_id": self.staff.id,
                    "type_before_id": before.id,
                    "type_after_id": self.type_("1.2.4").id,
                    "state_before": "to_review",
                    "state_after": "confirmed",
                }
            ],
        )

    def test_undo_restores_everything(self):
        message = self.post()
        interaction = self.captured(self.task)
        names = ["type_id", "state", "direction", "classified_by", "rule_id", "why", "active"]
        for values in ({"type_id": self.type_("1.2.4").id}, {"state": "ignored"}, {"direction": "incoming"}):
            with self.subTest(values=values):
                before = interaction.read(names)
                answer = self.tag(message, interaction=interaction, **values)
                self.assertNotEqual(interaction.read(names), before)
                self.env["crm.interaction"].with_user(self.staff).undo_tag(answer["undo"])
                self.assertEqual(interaction.read(names), before)

    def test_undo_of_a_split_removes_it(self):
        message = self.post()
        answer = self.tag(message, split=True, type_id=self.type_("3.2.1.2").id)
        self.env["crm.interaction"].with_user(self.staff).undo_tag(answer["undo"])
        self.assertEqual(len(message.sudo().interaction_ids), 1)

    def test_undo_after_somebody_else_changed_it_is_refused(self):
        message = self.post()
        answer = self.tag(message, type_id=self.type_("1.2.4").id)
        self.captured(self.task).with_user(self.manager).type_id = self.type_("1.2.1")
        with self.assertRaisesRegex(UserError, "in the meantime"):
            self.env["crm.interaction"].with_user(self.staff).undo_tag(answer["undo"])
        with self.assertRaises(UserError):
            self.env["crm.interaction"].with_user(self.colleague).undo_tag(answer["undo"])

    def undo_in_badge(self, message, user):
        """Return the id that the badge of a message offers ``user`` to undo, or None."""
        return message.with_user(user)._interaction_badges()[message.id][0]["undo"]

    def test_badge_offers_to_undo_the_own_last_change(self):
        message = self.post()
        self.assertIsNone(self.undo_in_badge(message, self.staff))
        undo = self.tag(message, type_id=self.type_("1.2.4").id)["undo"]
        self.assertEqual(self.undo_in_badge(message, self.staff), undo[0])
        self.assertIsNone(self.undo_in_badge(message, self.manager))
        self.env["crm.interaction"].with_user(self.staff).undo_tag(undo)
        self.assertEqual(self.captured(self.task).state, "to_review")

    def test_other_changes_are_not_undone_from_the_badge(self):
        message = self.post()
        self.captured(self.task).with_user(self.staff).duration = 0.5
        self.assertIsNone(self.undo_in_badge(message, self.staff))

    def test_ignored_message_is_counted_again(self):
        message = self.post()
        self.tag(message, state="ignored")
        self.tag(message, state="to_review")
        self.assertRecordValues(self.captured(self.task), [{"state": "to_review", "active": True}])

    def note(self):
        """Return a note of a call, which is not captured, and what its tag answers."""
        note = self.task.with_user(self.staff).message_post(body="Called", subtype_xmlid="mail.mt_note")
        return note, self.tag(note, type_id=self.type_("1.1.3").id)

    def test_undo_leaves_what_a_colleague_added(self):
        note, answer = self.note()
        self.env["crm.interaction"].with_user(self.manager).tag_message(
            note.id, {"type_id": self.type_("3.1.1").id}, split=True
        )
        with self.assertRaisesRegex(UserError, "in the meantime"):
            self.env["crm.interaction"].with_user(self.staff).undo_tag(answer["undo"])
        self.assertEqual(len(note.sudo().interaction_ids), 2)

    def test_late_undo_ignores_what_the_tag_made(self):
        note, answer = self.note()
        interaction = note.sudo().interaction_ids
        change = self.env["crm.interaction.type.change"].browse(answer["undo"])
        change.sudo()._by_code().date = change.date - timedelta(days=2)
        self.env["crm.interaction"].with_user(self.staff).undo_tag(change.ids)
        self.assertRecordValues(interaction, [{"state": "ignored", "active": False}])
        self.assertEqual(interaction.type_change_ids.sorted("id")[-1:].state_after, "ignored")

    def test_author_does_not_delete_what_a_colleague_changed(self):
        client = self.make_client(user_id=self.staff.id)
        vals = {"partner_id": client.id, "type_id": self.type_("1.1.3").id}
        own = self.env["crm.interaction"].with_user(self.staff).create([vals, vals])
        own[0].with_user(self.manager).type_id = self.type_("1.1.2")
        with self.assertRaisesRegex(UserError, "nobody else has changed"):
            own[0].unlink()
        own[1].unlink()

    def test_mark_given_and_taken_back_is_recorded(self):
        question = self.log(type_id=self.type_("1.1.2").id, user_id=self.staff.id).with_user(self.staff)
        question.mark_matter("withdrawn")
        question.mark_matter(False)
        given, taken_back = question.type_change_ids.sorted("id").mapped("summary")
        self.assertIn("Answer: – → Withdrawn", given)
        self.assertIn("Answer: Withdrawn → –", taken_back)

    def test_reason_says_who_ignored_it_and_who_put_it_back(self):
        self.post()
        interaction = self.captured(self.task).with_user(self.staff)
        interaction.action_ignore()
        self.assertEqual(interaction.reason, f"Marked as “Not an interaction” by {self.staff.name}")
        interaction.action_reset()
        self.assertEqual(interaction.reason, f"Returned to review by {self.staff.name}")
