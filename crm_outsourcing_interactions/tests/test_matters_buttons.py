from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests.common import tagged
from odoo.tools import format_date

from .common import InteractionCase

MONDAY = datetime(2026, 11, 2, 9)


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 15:00:00")
class TestMattersButtons(InteractionCase):
    """Decisions about matters by button, badge and key, and how they are taken back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.write({"resource_calendar_id": False, "interaction_tz": "UTC"})
        cls.user, cls.stranger = cls.make_users(
            {"login": "only.user", "groups": "crm_outsourcing_interactions.group_user"},
            {"login": "stranger", "groups": "crm_outsourcing_interactions.group_user"},
        )
        cls.alfa = cls.make_client(name="Alfa", user_id=cls.user.id)
        cls.task = cls.make_task(partner_id=cls.alfa.id)

    def message(self, code, hours=0, **values):
        values = {"partner": self.alfa, "record": self.task, "user": self.user, **values}
        found = self.capture(MONDAY + timedelta(hours=hours), code=code, **values)
        self.env.invalidate_all()
        return found.with_user(self.user).sudo(False)

    def undo(self, action):
        """Take back what a button did, as the notification's button does."""
        params = action["params"]
        self.assertEqual(action["tag"], "interaction_matter_decided")
        return self.env["crm.interaction"].with_user(self.user).browse(params["ids"]).undo_matter(params["undo"])

    def test_reply_to_a_client_needs_no_right_to_edit_contacts(self):
        contact = self.make_contact(parent_id=self.alfa.id, email="ivan@alfa.example.com")
        matter = self.message("message_in", record=contact, partner=contact).matter_id
        action = matter.action_reply()
        composer = self.env[action["res_model"]].with_user(self.user).with_context(**action["context"])
        file = self.env["ir.attachment"].with_user(self.user).create(
            {"name": "a.pdf", "raw": b"%PDF", "res_model": composer._name, "res_id": 0}
        )  # fmt: skip
        composer.create({"body": "Tomorrow", "attachment_ids": file.ids}).action_send_mail()
        self.assertEqual(contact.message_ids[:1].body, "<p>Tomorrow</p>")
        self.assertEqual(contact.message_ids[:1].attachment_ids.res_id, contact.id)
        other = self.make_client(name="Beta")
        for record, user in ((other, self.user), (contact, self.stranger)):
            with self.assertRaises(AccessError):
                record.with_user(user).message_post(
                    body="Hello", message_type="comment", subtype_xmlid="mail.mt_comment"
                )

    def test_reply_on_the_client_belongs_to_the_matter(self):
        secret = self.make_task(
            name="Certificate", partner_id=self.alfa.id, project_id=self.make_project(privacy_visibility="followers").id
        )
        matter = self.message("message_in", record=secret).matter_id
        self.alfa.email = "alfa@example.com"
        action = matter.action_reply()
        self.assertEqual(action["context"]["default_model"], "res.partner")
        composer = self.env[action["res_model"]].with_user(self.user).with_context(**action["context"])
        composer.create({"body": "Tomorrow"}).action_send_mail()
        self.env.invalidate_all()
        self.assertEqual(matter.waiting, "nobody")

    def test_needs_no_answer_closes_all_open_messages(self):
        question, reminder = self.message("message_in"), self.message("message_in", 1)
        matter = question.matter_id
        action = matter.action_no_answer()
        self.assertEqual((question | reminder).mapped("matter_mark"), ["no_answer"] * 2)
        self.assertEqual((matter.waiting, matter.closed_how), ("nobody", "no_answer"))
        self.assertEqual(self.undo(action), {"counts": {"mine": 1, "team": 1}})
        self.assertEqual((matter.waiting, reminder.matter_mark), ("us", False))

    def test_elsewhere_and_withdrawn_close_the_open_question(self):
        for hours, name in enumerate(("elsewhere", "withdrawn")):
            question = self.message("message_in", hours, record=self.make_task(partner_id=self.alfa.id))
            matter = question.matter_id
            action = getattr(matter, f"action_{name}")()
            self.assertEqual((matter.waiting, matter.closed_how), ("nobody", name))
            self.undo(action)
            self.assertEqual(matter.waiting, "us")
            getattr(matter, f"action_{name}")()
            matter.action_undo_decision()
            self.assertEqual(matter.waiting, "us")
            with self.assertRaises(UserError):
                matter.action_undo_decision()

    def test_open_question_after_a_question_back(self):
        question, back = self.message("message_in"), self.message("message_out", 1)
        back.action_matter_question_back()
        matter = question.matter_id
        self.assertEqual(matter.waiting, "client")
        matter.action_withdrawn()
        self.assertEqual((question.matter_mark, matter.closed_how), ("withdrawn", "withdrawn"))
        with self.assertRaises(UserError):
            matter.action_no_answer()

    def test_our_question_is_withdrawn_too(self):
        ask = self.message("message_out", type_code="1.2.2")
        self.assertEqual(ask.matter_id.waiting, "client")
        ask.matter_id.action_elsewhere()
        self.assertEqual((ask.matter_mark, ask.matter_id.waiting), ("elsewhere", "nobody"))

    def test_acknowledgement_and_unmark(self):
        question, reply = self.message("message_in"), self.message("message_out", 1)
        action = reply.action_matter_acknowledgement()
        self.assertEqual((question.matter_id.waiting, question.matter_id.acknowledged_on), ("us", reply.date))
        self.undo(action)
        self.assertEqual(question.matter_id.waiting, "nobody")
        reply.action_matter_acknowledgement()
        reply.action_matter_unmark()
        self.assertEqual(question.matter_id.waiting, "nobody")

    def test_split_is_undone(self):
        question, reminder = self.message("message_in"), self.message("message_in", 1)
        matter = question.matter_id
        action = reminder.action_matter_split()
        self.assertNotEqual(reminder.matter_id, matter)
        self.assertEqual(reminder.matter_reason, "Separated by only.user")
        self.undo(action)
        self.assertEqual(reminder.matter_id, matter)

    def test_merge_by_dialog_is_undone(self):
        question = self.message("message_in")
        other = self.message("message_in", 1, record=self.make_task(partner_id=self.alfa.id))
        action = other.matter_id.action_merge()
        dialog = self.env["crm.interaction.matter.merge"].with_user(self.user).with_context(**action["context"])
        action = dialog.create({"other_id": question.matter_id.id}).action_merge()
        self.assertEqual(action["params"]["next"]["res_id"], question.matter_id.id)
        self.assertEqual(other.matter_id, question.matter_id)
        self.assertEqual(question.matter_id.interaction_count, 2)
        self.undo(action)
        self.assertEqual((question.matter_id.interaction_count, other.matter_id.interaction_count), (1, 1))

    def test_merge_dialog_tells_matters_apart(self):
        question = self.message("message_in")
        other = self.message("message_in", 1, record=self.make_task(partner_id=self.alfa.id))
        other.matter_id.action_no_answer()
        matters = (question.matter_id | other.matter_id).with_context(interaction_dates=True)
        names = matters.mapped("display_name")
        date = format_date(self.env, question.matter_id.opened_on)
        self.assertEqual(names[0], f"{question.matter_id.type_id.short_name} · {date}")
        self.assertTrue(names[1].endswith(", closed"), names[1])

    def test_merge_by_call_is_undone_when_the_matter_is_gone(self):
        question = self.message("message_in")
        other = self.message("message_in", 1, record=self.make_task(partner_id=self.alfa.id))
        undo = other.decide_matter("merge", question.matter_id.id)["undo"]
        other.undo_matter(undo)
        self.assertNotEqual(other.matter_id, question.matter_id)
        self.assertEqual((other.matter_id.waiting, other.matter_id.interaction_count), ("us", 1))

    def test_proposal_is_accepted_refused_and_undone(self):
        question = self.message("message_in", record=self.alfa)
        reply = self.message("message_out", 1, record=self.alfa)
        self.assertEqual(reply.proposed_matter_id, question.matter_id)
        self.undo(reply.action_matter_refuse())
        self.assertEqual(reply.proposed_matter_id, question.matter_id)
        self.undo(reply.action_matter_accept())
        self.assertEqual((reply.matter_id.id, reply.proposed_matter_id), (False, question.matter_id))
        self.assertEqual(question.matter_id.waiting, "us")

    def test_accepted_question_goes_back_with_its_answer(self):
        first = self.message("message_in", record=self.alfa)
        second = self.message("message_in", 1, record=self.alfa)
        self.assertEqual(second.proposed_matter_id, first.matter_id)
        action = second.action_matter_accept()
        self.assertEqual(second.matter_id, first.matter_id)
        self.undo(action)
        self.assertEqual((second.matter_id.interaction_count, second.proposed_matter_id), (1, first.matter_id))

    def test_nonsense_and_strangers_are_refused(self):
        question = self.message("message_in")
        with self.assertRaises(ValidationError):
            question.decide_matter("unlink")
        beta = self.message("message_in", partner=self.make_client(name="Beta"), record=self.make_task())
        forged = {str(question.id): {"matter": beta.matter_id.id, "proposed": False, "mark": False}}
        with self.assertRaises(UserError):
            question.undo_matter(forged)
        forged = {str(question.id): {"matter": question.matter_id.id, "proposed": beta.matter_id.id, "mark": False}}
        with self.assertRaises(UserError):
            question.undo_matter(forged)
        by_stranger = question.with_user(self.stranger)
        for call in (("decide_matter", "split"), ("undo_matter", {}), ("action_matter_no_answer",)):
            with self.assertRaises(AccessError):
                getattr(by_stranger, call[0])(*call[1:])

    def test_undo_touches_no_other_matters(self):
        question = self.message("message_in")
        other = self.message("message_in", 1, record=self.make_task(partner_id=self.alfa.id))
        forged = {str(other.id): {"matter": question.matter_id.id, "proposed": False, "mark": False}}
        question.undo_matter(forged)
        self.assertNotEqual(other.matter_id, question.matter_id)

    def test_badge_shows_the_matter_to_its_readers(self):
        task = self.make_task(partner_id=self.alfa.id)
        message = task.message_post(
            body="When?", author_id=self.alfa.id, message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.env.invalidate_all()
        matter = message.sudo().interaction_ids.matter_id
        for user, shown in ((self.user, matter.id), (self.stranger, None)):
            [badge] = message.with_user(user)._interaction_badges()[message.id]
            self.assertEqual(badge["matter"]["matter"] and badge["matter"]["matter"]["id"], shown)
            interaction = message.sudo().interaction_ids.with_user(user).sudo(False)
            self.assertEqual(interaction.matter_state, badge["matter"])

    def test_buttons_show_what_belongs_to_a_matter(self):
        matter = self.message("message_in").matter_id
        self.assertEqual(matter.action_view_client()["res_id"], self.alfa.id)
        found = self.env["crm.interaction"].search(matter.action_view_interactions()["domain"])
        self.assertEqual(found, matter.sudo().interaction_ids)

    def test_confirmation_dialog_tells_equal_names_apart(self):
        message = self.message("message_in")
        dated = message.with_context(interaction_dates=True)
        self.assertEqual(dated.display_name, f"{message.display_name} · 11/2/26, 9:00\u202fAM")

    def test_complaint_and_its_matter_lead_to_each_other(self):
        matter = self.message("message_in").matter_id
        form = self.env.ref("crm_outsourcing_interactions.crm_interaction_complaint_view_form")
        complaint = matter.action_view_complaint()
        self.assertEqual((complaint["res_id"], complaint["views"]), (matter.id, [(form.id, "form")]))
        back = matter.action_view_matter()
        self.assertEqual((back["res_id"], back["res_model"]), (matter.id, matter._name))
        self.assertNotIn(form.id, [view for view, _kind in back["views"]])

    def test_counts_are_mine_and_all_i_see(self):
        self.message("message_in")
        self.message("message_in", partner=self.make_client(name="Beta", interaction_supervisor_id=self.user.id))
        self.message("message_in", partner=self.make_client(name="Gamma"), user=self.stranger)
        counts = self.env["crm.interaction.matter"].with_user(self.user).waiting_counts()
        self.assertEqual(counts, {"mine": 1, "team": 2})
