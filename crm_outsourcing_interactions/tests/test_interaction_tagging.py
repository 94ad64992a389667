from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests.common import new_test_user, tagged

from odoo.addons.crm_outsourcing_interactions.models.events.keys import captured_key, message_key
from odoo.addons.mail.tools.discuss import Store

from .tagging_common import TaggingCase


@tagged("post_install", "-at_install")
class TestInteractionTagging(TaggingCase):
    """Test tagging in the chatter, with one call per click."""

    def badges(self, answer):
        return answer["store"]["mail.message"][0]["interactions"]

    # --- tag, confirm, ignore, direction, split ---------------------------------------

    def test_messages_are_not_found_by_their_interactions(self):
        messages = self.env["mail.message"].with_user(self.staff)
        with self.assertRaises(AccessError):  # grouped by author they would be figures by person
            messages.search([("interaction_ids.kind_id", "!=", False)])

    def test_tag_is_a_persons_word(self):
        message = self.post()
        answer = self.tag(message, type_id=self.type_("1.2.4").id)
        self.assertRecordValues(
            self.captured(self.task),
            [{"type_id": self.type_("1.2.4").id, "state": "confirmed", "classified_by": "person", "rule_id": False}],
        )
        self.assertEqual(self.badges(answer)[0]["type_id"], self.type_("1.2.4").id)

    def test_confirm(self):
        self.tag(self.post(), state="confirmed")
        self.assertRecordValues(self.captured(self.task), [{"state": "confirmed", "classified_by": "person"}])

    def test_not_an_interaction_and_back(self):
        message = self.post()
        interaction = self.captured(self.task)
        answer = self.tag(message, state="ignored")
        self.assertFalse(interaction.active)
        self.assertEqual(self.badges(answer)[0]["state"], "ignored")
        self.tag(message, interaction=interaction, type_id=self.type_("1.2.1").id)
        self.assertRecordValues(interaction, [{"active": True, "state": "confirmed"}])

    def test_other_direction_takes_the_type_away(self):
        self.tag(self.post(), direction="incoming")
        self.assertRecordValues(
            self.captured(self.task),
            [{"type_id": False, "direction": "incoming", "state": "to_review", "classified_by": "person"}],
        )

    def test_split_is_a_second_purpose_of_one_contact(self):
        message = self.post()
        answer = self.tag(message, split=True, type_id=self.type_("3.2.1.2").id)
        first, second = message.sudo().interaction_ids.sorted("id")
        self.assertEqual(second.split_from_id, first)
        self.assertEqual(second.commercial_partner_id, first.commercial_partner_id)
        self.assertEqual([badge["split"] for badge in self.badges(answer)], [False, True])

    def test_complaint_comes_and_goes_with_its_type(self):
        message = self.post(author_id=self.contact.id, partner_ids=[])
        interaction = self.captured(self.task)
        answer = self.tag(message, type_id=self.type_("2.1.1").id, polarity="negative")
        self.assertRecordValues(interaction, [{"polarity": "negative", "state": "confirmed"}])
        self.assertTrue(interaction.matter_id.is_complaint)
        self.env["crm.interaction"].with_user(self.staff).undo_tag(answer["undo"])
        self.assertFalse(interaction.polarity or interaction.matter_id.is_complaint)
        self.tag(message, type_id=self.type_("2.1.1").id, polarity="positive")
        self.tag(message, type_id=self.type_("1.1.3").id)
        self.assertFalse(interaction.polarity)

    def test_complaint_is_undone_at_once_or_by_the_supervisor(self):
        message = self.post(author_id=self.contact.id, partner_ids=[])
        answer = self.tag(message, type_id=self.type_("2.1.1").id, polarity="negative")
        with self.assertRaises(AccessError):
            self.tag(message, type_id=self.type_("1.1.3").id)
        changes = self.env["crm.interaction.type.change"].browse(answer["undo"])
        changes._by_code().date = self.env.cr.now() - timedelta(minutes=11)
        with self.assertRaises(AccessError):
            self.env["crm.interaction"].with_user(self.staff).undo_tag(changes.ids)

    def test_rating_keeps_its_opinion_under_another_type(self):
        message = self.post(author_id=self.contact.id, partner_ids=[])
        interaction = self.captured(self.task)
        self.tag(message, type_id=self.type_("2.1.1").id)
        interaction._by_code().write({"rating_value": 5, "polarity": "positive"})
        self.tag(message, type_id=self.type_("1.1.3").id)
        self.assertEqual(interaction.polarity, "positive")

    def test_note_of_a_call_becomes_an_interaction(self):
        note = self.post(subtype_xmlid="mail.mt_note", partner_ids=[], body="Called about the VAT return")
        self.assertFalse(note.sudo().interaction_ids)
        self.tag(note, type_id=self.type_("1.1.3").id)
        self.assertRecordValues(
            note.sudo().interaction_ids,
            [
                {
                    "commercial_partner_id": self.contact.commercial_partner_id.id,
                    "direction": "incoming",
                    "channel": "phone",
                    "user_id": self.staff.id,
                    "res_id": self.task.id,
                }
            ],
        )

    def test_mail_on_two_documents_is_tagged_where_it_was_logged(self):
        logged = self.post().sudo()
        copy = self.make_task(partner_id=self.contact.id).message_post(body="Hello", subtype_xmlid="mail.mt_note")
        copy.sudo().message_id = logged.message_id
        with self.assertRaisesRegex(UserError, "Classify it there"):
            self.tag(copy, type_id=self.type_("1.1.3").id)
        self.assertEqual(len(logged.interaction_ids), 1)

    def test_tag_and_capture_of_one_message_have_one_key(self):
        for message_id in ("<" + "x" * 300 + "@example.com>", "account.move,7,paid", "ref:1:pbx-1"):
            with self.subTest(message_id[:20]):
                message = self.task.with_user(self.staff).message_post(body="Called", subtype_xmlid="mail.mt_note")
                message.sudo().message_id = message_id
                self.tag(message, type_id=self.type_("1.1.3").id)
                key = message.sudo().interaction_ids.origin_key
                self.assertEqual(key, captured_key(message_key(message_id)))
                self.assertNotIn(key, ("account.move,7,paid", "ref:1:pbx-1"))

    def test_message_without_a_reference_can_be_tagged(self):
        message = self.task.with_user(self.staff).message_post(body="Called", subtype_xmlid="mail.mt_note")
        self.env.flush_all()
        self.env.cr.execute("UPDATE mail_message SET message_id = NULL WHERE id = %s", [message.id])
        self.env.invalidate_all()
        self.tag(message, type_id=self.type_("1.1.3").id)
        self.assertFalse(message.sudo().interaction_ids.origin_key)

    def test_note_on_a_document_without_client_says_what_to_do(self):
        note = self.make_task().message_post(body="Note")
        with self.assertRaisesRegex(UserError, "Set its customer first"):
            self.tag(note, user=self.env.user, type_id=self.type_("1.1.3").id)

    # --- rights -----------------------------------------------------------------------

    def test_who_may_read_the_message_may_tag(self):
        message = self.post()
        self.assertFalse(self.captured(self.task).with_user(self.colleague).has_access("write"))
        self.tag(message, user=self.colleague, type_id=self.type_("1.2.4").id)
        self.assertEqual(self.captured(self.task).type_change_ids.user_id, self.colleague)

    def test_others_may_not(self):
        message = self.post()
        interaction = self.captured(self.task)
        plain = new_test_user(self.env, "plain.employee", groups="project.group_project_user")
        portal = new_test_user(self.env, "client.portal", groups="base.group_portal")
        for user in (plain, portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.tag(message, user=user, interaction=interaction, type_id=self.type_("1.2.4").id)
        self.task.project_id.privacy_visibility = "followers"
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self.tag(message, user=self.colleague, interaction=interaction, type_id=self.type_("1.2.4").id)

    def test_interaction_of_another_message_is_refused(self):
        mine, other = self.post(), self.post()
        with self.assertRaises(UserError):
            self.tag(mine, interaction=other.sudo().interaction_ids, state="ignored")

    def test_only_users_receive_badges(self):
        message = self.post()
        portal = new_test_user(self.env, "client.portal", groups="base.group_portal")
        plain = new_test_user(self.env, "plain.employee", groups="project.group_project_user")
        self.task.message_subscribe(portal.partner_id.ids)
        for user, gets in ((self.staff, True), (plain, False), (portal, False)):
            with self.subTest(user=user.login):
                data = Store().add(message.with_user(user).sudo(user == portal)).get_result()
                self.assertEqual("interactions" in data["mail.message"][0], gets)

    # --- what it costs ----------------------------------------------------------------

    def test_chatter_of_30_messages_costs_two_queries(self):
        messages = self.env["mail.message"].concat(*(self.post() for _number in range(30)))
        self.captured(self.task)._by_code().write({"state": "to_review"})  # with suggestions
        self.count_queries(messages)
        with_badges = self.count_queries(messages)
        with patch.object(type(messages), "_may_classify", lambda self: False):
            self.assertEqual(with_badges - self.count_queries(messages), 2)

    def count_queries(self, messages):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        Store().add(messages.with_user(self.staff)).get_result()
        return self.env.cr.sql_log_count - before

    # --- before sending ---------------------------------------------------------------

    def test_type_chosen_before_sending_is_kept(self):
        self.post(interaction_type_id=self.type_("2.2.1").id)
        self.assertRecordValues(
            self.captured(self.task),
            [{"type_id": self.type_("2.2.1").id, "classified_by": "person", "state": "confirmed"}],
        )

    def test_type_of_the_other_direction_is_not_taken(self):
        self.post(interaction_type_id=self.type_("2.1.1").id)
        self.assertEqual(self.captured(self.task).type_id, self.type_("1.2.1"))

    def composer(self, **vals):
        composer = (
            self.env["mail.compose.message"]
            .with_user(self.staff)
            .with_context(default_model="project.task", default_res_ids=self.task.ids)
        )
        type_id = self.type_("1.2.4").id
        return composer.create(
            {"body": "Hello", "partner_ids": self.contact.ids, "interaction_type_id": type_id, **vals}
        )

    def test_type_chosen_in_the_composer_sticks(self):
        self.composer()._action_send_mail()
        self.assertEqual(self.captured(self.task).type_id, self.type_("1.2.4"))

    def test_type_chosen_in_the_composer_sticks_through_a_template(self):
        template = self.env["mail.template"].create(
            {"name": "Month end", "model_id": self.env["ir.model"]._get_id("project.task"), "subject": "Month end"}
        )
        self.composer(template_id=template.id)._action_send_mail()
        self.assertEqual(self.captured(self.task).type_id, self.type_("1.2.4"))

    def test_type_chosen_in_the_composer_waits_with_the_message(self):
        self.composer(scheduled_date="2099-01-01 10:00:00").action_schedule_message()
        self.assertFalse(self.captured(self.task))
        self.env["mail.scheduled.message"].search([]).post_message()
        self.assertRecordValues(
            self.captured(self.task), [{"type_id": self.type_("1.2.4").id, "classified_by": "person"}]
        )
