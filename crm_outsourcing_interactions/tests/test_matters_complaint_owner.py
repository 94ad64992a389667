import contextlib
from ast import literal_eval
from datetime import timedelta
from functools import partial
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tests.common import tagged

from ..models.matters.crm_interaction import MARKS
from .complaint_common import MANAGER, MONDAY, ComplaintCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-03 12:00:00")
class TestMattersComplaintOwner(ComplaintCase):
    """What the owner of a complaint sees and does."""

    def test_cause_and_action_by_request(self):
        matter = self.complain().matter_id
        for user in (self.user, self.accountant):
            with self.assertRaises(AccessError):
                self.resolve(user, matter)
        for name in ("complaint_state", "complaint_closed_on", "complaint_closed_by_id", "complaint_about_ids"):
            with self.assertRaises(AccessError):
                self.by(self.auditor, matter).write({name: False})
        self.resolve(self.auditor, matter)
        with self.assertRaisesRegex(UserError, "Archive it instead"):
            self.by(self.manager, self.cause).unlink()
        self.by(self.manager, self.cause).action_archive()
        self.assertEqual(matter.complaint_cause_id, self.cause)

    def test_whom_the_client_complains_of_answers_by_a_message_only(self):
        complaint = self.complain()
        call = self.log(
            partner_id=self.alfa.id, type_id=self.type_("1.2.2").id, direction="outgoing", user_id=self.accountant.id,
            date=MONDAY + timedelta(hours=3),
        )  # fmt: skip
        own = self.by(self.accountant, complaint)
        works = [partial(own.mark_matter, mark) for mark in dict(MARKS)]
        works += [partial(self.by(self.accountant, call).merge_matter, complaint.matter_id.id), own.split_matter]
        for work in works:
            with self.subTest(work=work), contextlib.suppress(AccessError, UserError), self.env.cr.savepoint():
                work()
            self.env.invalidate_all()
            self.assertEqual((complaint.matter_id.complaint_state, complaint.matter_id.waiting), ("open", "us"))
        call.type_id = self.type_("4.2.2")
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            self.by(self.accountant, call).merge_matter(complaint.matter_id.id)
        self.by(self.auditor, call).merge_matter(complaint.matter_id.id)
        self.assertEqual(complaint.matter_id.complaint_state, "answered")

    @freeze_time(MONDAY + timedelta(hours=3))
    def test_thanks_after_an_answer_are_triaged_as_usual(self):
        complaint, word = self.answered()
        self.assertEqual(complaint.matter_id.complaint_state, "open", "the client has written again")
        self.by(self.accountant, word).mark_matter("no_answer")
        self.assertEqual(complaint.matter_id.complaint_state, "answered")

    def test_reply_to_a_logged_complaint_answers_it(self):
        self.alfa.email = "alfa@example.com"
        complaint = self.log(
            partner_id=self.alfa.id, type_id=self.type_("2.1.1").id, polarity="negative", date=MONDAY, channel="phone"
        )
        action = self.by(self.accountant, complaint.matter_id).action_reply()
        composer = self.env[action["res_model"]].with_user(self.accountant).with_context(**action["context"])
        composer.create({"body": "We are sorry"}).action_send_mail()
        self.env.invalidate_all()
        self.assertEqual(complaint.matter_id.complaint_state, "answered", "by a message, whoever writes it")

    def test_scheduled_reply_answers_the_complaint(self):
        self.alfa.email = "alfa@example.com"
        self.accountant.group_ids += self.env.ref("base.group_partner_manager")  # Odoo's rule for scheduling
        complaint = self.complain()
        action = self.by(self.accountant, complaint.matter_id).action_reply()
        composer = self.env[action["res_model"]].with_user(self.accountant).with_context(**action["context"])
        composer.create({"body": "Sorry", "scheduled_date": "2026-11-03 13:00:00"}).action_schedule_message()
        self.assertEqual(complaint.matter_id.complaint_state, "open")
        with freeze_time("2026-11-03 13:05:00"):
            self.env["mail.scheduled.message"].sudo()._post_messages_cron()
        self.env.invalidate_all()
        self.assertEqual(complaint.matter_id.complaint_state, "answered")

    def test_colleagues_without_our_group_schedule_and_send(self):
        clerk = self.make_staff(login="clerk", groups="base.group_user,base.group_partner_manager")
        composer = self.env["mail.compose.message"].with_user(clerk)
        vals = {"model": "res.partner", "res_ids": str(self.alfa.ids), "partner_ids": clerk.partner_id.ids}
        composer = composer.create({**vals, "body": "Hello", "scheduled_date": "2026-11-04 10:00:00"})
        composer.action_schedule_message()
        scheduled = self.env["mail.scheduled.message"].with_user(clerk).search([("res_id", "=", self.alfa.id)])
        scheduled.post_message()
        self.assertIn("Hello", self.alfa.message_ids[:1].body)

    def test_only_manager_may_settle_a_complaint_about_them(self):
        managers = self.env.company._interaction_managers()
        alone, other = self.manager, managers - self.manager
        other.group_ids -= self.env.ref(MANAGER)
        self.alfa.write({"interaction_accountant_id": alone.id, "interaction_supervisor_id": False})
        matter = self.complain(user=alone).matter_id
        self.assertEqual((matter.complaint_about_ids, matter.complaint_owner_id), (alone, alone))
        self.resolve(alone, matter)
        self.deputy.group_ids += self.env.ref(MANAGER)
        self.env.invalidate_all()
        self.assertEqual(matter.complaint_owner_id, self.deputy)
        with self.assertRaises(AccessError):
            self.resolve(alone, matter)

    def test_dialog_closes_by_a_message_from_elsewhere(self):
        complaint = self.complain()
        call = self.log(partner_id=self.alfa.id, type_id=self.type_("1.1.3").id, date=MONDAY + timedelta(hours=3))
        dialog = self.env["crm.interaction.confirmation"].with_user(self.auditor)
        dialog = dialog.create({"matter_id": complaint.matter_id.id, "interaction_id": call.id})
        dialog.action_confirm()
        self.assertRecordValues(complaint.matter_id, [{"complaint_state": "closed", "complaint_closing_id": call.id}])

    def test_owner_has_one_activity(self):
        complaint, word = self.answered()
        matter = complaint.matter_id
        for _run in range(2):
            self.env["crm.interaction.matter"]._update_complaint_activities()
        activity = self.alfa.activity_ids
        self.assertRecordValues(activity, [{"user_id": self.auditor.id, "summary": "Complaint to settle"}])
        self.assertNotIn(complaint.subject or "Month end", activity.note)
        self.alfa.interaction_supervisor_id = self.deputy
        self.env["crm.interaction.matter"]._update_complaint_activities()
        self.assertEqual((self.alfa.activity_ids, activity.user_id), (activity, self.deputy))
        self.by(self.deputy, word).mark_matter("settled")
        self.env["crm.interaction.matter"]._update_complaint_activities()
        self.assertFalse(self.alfa.activity_ids)
        self.assertFalse(matter.complaint_notified_id)

    def test_nobody_else_takes_the_activity_away(self):
        self.accountant.group_ids += self.env.ref("base.group_partner_manager")  # may change activities on contacts
        self.complain()
        update = self.env["crm.interaction.matter"]._update_complaint_activities
        update()
        for work in (
            lambda own: own.unlink(),
            lambda own: own.action_feedback(),
            *(
                partial(lambda vals, own: own.write(vals), vals)
                for vals in ({"user_id": self.user.id}, {"date_deadline": "2030-01-01"}, {"active": False})
            ),
        ):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                work(self.by(self.accountant, self.alfa.activity_ids))
            self.by(self.auditor, self.alfa.activity_ids).activity_type_id = self.env.ref(
                "mail.mail_activity_data_todo"
            )
        moved = {"res_model_id": self.env["ir.model"]._get_id(self.task._name), "res_id": self.task.id}
        for vals in ({"user_id": False}, {"res_id": self.make_client(name="Beta").id}, moved):
            self.alfa.activity_ids.sudo().write(vals)
            update()
            self.assertEqual(self.alfa.activity_ids.user_id, self.auditor)
        self.by(self.auditor, self.alfa.activity_ids).action_feedback()
        update()
        self.assertFalse(self.alfa.activity_ids, "done by the owner")

    def test_fault_in_one_complaint_stops_no_other(self):
        broken, other = (
            self.complain().matter_id,
            self.complain(record=self.make_task(partner_id=self.alfa.id)).matter_id,
        )
        matters = type(self.env["crm.interaction.matter"])
        notify = matters._notify_complaint_owner

        def fault(matter, owner):
            return notify(matter, owner) if matter != broken else 1 / 0

        with (
            patch.object(matters, "_notify_complaint_owner", fault),
            self.assertLogs("odoo.addons.crm_outsourcing_interactions", "ERROR") as logs,
        ):
            self.env["crm.interaction.matter"]._update_complaint_activities()
        self.assertIn("cron_matters failed", logs.output[0])
        self.assertEqual((broken.complaint_notified_id.id, other.complaint_notified_id), (False, self.auditor))
        shown = Domain("interaction_job", "=", "cron_matters")
        [activity] = self.env["mail.activity"].search(shown)
        self.assertIn("ZeroDivisionError", activity.note)
        self.assertTrue(activity.user_id.has_group(MANAGER))
        self.env["crm.interaction.matter"]._update_complaint_activities()
        self.assertEqual(
            (broken.complaint_notified_id, self.env["mail.activity"].search(shown).ids), (self.auditor, [])
        )

    def test_messages_of_a_complaint_are_in_the_queue_of_its_owner(self):
        complaint = self.complain()
        later = self.log(partner_id=self.alfa.id, date=MONDAY + timedelta(hours=2), user_id=self.accountant.id)
        later.merge_matter(complaint.matter_id.id)
        action = self.env.ref("crm_outsourcing_interactions.crm_interaction_action_review")
        for notified, owner in ((False, self.accountant), (True, self.auditor)):
            if notified:
                self.env["crm.interaction.matter"]._update_complaint_activities()
            for user in (self.accountant, self.auditor):
                mine = self.env["crm.interaction"].with_user(user)
                queue = mine.search(literal_eval(action.domain.replace("uid", str(user.id))))
                self.assertEqual(later in queue, user == owner)
                self.assertEqual(mine.review_counts()["mine"], len(queue))

    def test_complaint_that_is_none_any_more_loses_its_activity(self):
        complaint = self.complain()
        self.env["crm.interaction.matter"]._update_complaint_activities()
        self.by(self.auditor, complaint).tag({"state": "ignored"})
        self.env["crm.interaction.matter"]._update_complaint_activities()
        self.assertFalse(self.alfa.activity_ids)

    def test_matters_of_history_open_no_activity(self):
        self.complain().matter_id._by_code().from_history = True
        self.env["crm.interaction.matter"]._update_complaint_activities()
        self.assertFalse(self.alfa.activity_ids)
        self.assertEqual(self.by(self.manager, self.alfa).interaction_open_complaints, 0)

    def test_complaints_are_grouped_by_everything_offered(self):
        self.complain()
        matters = self.env["crm.interaction.matter"].with_user(self.auditor)
        for name, value in (
            ("complaint_state", "open"),
            ("complaint_cause_id", False),
            ("commercial_partner_id", self.alfa.id),
            ("supervisor_id", self.auditor.id),
            ("accountant_id", self.accountant.id),
        ):
            [group] = matters.formatted_read_group([("is_complaint", "=", True)], [name], ["__count"])
            found = group[name][0] if isinstance(group[name], tuple) else group[name]
            self.assertEqual((name, found, group["__count"]), (name, value, 1))
