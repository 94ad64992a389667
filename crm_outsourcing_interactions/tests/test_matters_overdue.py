from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests.common import tagged

from .complaint_common import MONDAY, SupervisedCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-03 12:00:00")
class TestMattersOverdue(SupervisedCase):
    """An overdue question leaves the figures only by the word of a supervisor or manager (rule 6)."""

    def asked(self, hours=0, **values):
        """Capture a question on a task of its own; by default it is overdue since Monday evening."""
        moment = MONDAY + timedelta(hours=hours, seconds=next(self.number))  # no two are the same
        values = {"record": self.make_task(partner_id=self.alfa.id), "user": self.user, **values}
        return self.capture(moment, code="message_in", partner=self.alfa, **values)

    def decide(self, user, question, how="retyped"):
        """Take a question away as one of the users would."""
        question = self.by(user, question)
        values = {
            "retyped": {"type_id": self.type_("4.1.1").id},
            "ignored": {"state": "ignored"},
            "turned": {"direction": "outgoing"},
        }
        question.tag(values[how])

    def test_changed_response_time_applies_to_later_questions(self):
        late, in_time = self.asked(), self.asked(1)
        answer = {"record": self.env["project.task"].browse(in_time.res_id), "user": self.user}
        self.capture(MONDAY + timedelta(hours=3), code="message_out", partner=self.alfa, **answer)
        due = late.matter_id.due
        self.alfa.interaction_response_hours = 1
        (late | in_time).matter_id._derive()
        self.assertEqual((late.matter_id.due, in_time.matter_id.late), (due, False))
        later = self.asked(3)
        self.assertEqual(later.matter_response, 3600)
        self.alfa.interaction_response_hours = 100
        (late | later).matter_id._derive()
        self.assertTrue(late.matter_id.late and later.matter_id.late)
        self.by(self.auditor, in_time).tag({"type_id": self.type_("1.1.3").id})
        self.assertEqual(in_time.matter_response, 360000, "another type is agreed anew")

    def test_users_and_accountants_keep_it_in_the_figures(self):
        for user in (self.user, self.accountant):
            for how in ("retyped", "ignored", "turned"):
                with self.subTest(user=user.name, how=how):
                    question = self.asked()
                    matter = question.matter_id
                    due = matter.answer_due
                    self.decide(user, question, how)
                    self.assertRecordValues(
                        matter,
                        [{"active": True, "late": True, "asked_by": "client", "waiting": "us", "answer_due": due}],
                    )
                    self.by(self.auditor, question).mark_matter("no_answer")
                    self.assertRecordValues(matter, [{"late": False, "asked_by": False, "waiting": "nobody"}])

    def test_no_other_word_or_value_hides_that_it_is_late(self):
        question = self.asked()
        second = self.asked(1, record=self.env["project.task"].browse(question.res_id))
        matter, both = question.matter_id, question | second
        due = matter.our_due
        self.assertEqual(second.matter_id, matter)
        for rows, value in ((both, "acknowledgement"), (second, "withdrawn")):
            with self.assertRaises(AccessError):
                self.by(self.accountant, rows).mark_matter(value)
        self.by(self.accountant, both).write({"channel": "phone"})
        slow = self.env["crm.interaction.service"].create({"name": "Slow", "response_hours": 500})
        self.by(self.accountant, both).write({"service_id": slow.id})
        self.assertRecordValues(matter, [{"our_late": True, "our_due": due, "waiting": "us"}])
        self.by(self.accountant, question).mark_matter("withdrawn")
        self.assertRecordValues(matter, [{"our_late": True, "closed_how": "withdrawn"}])
        self.by(self.auditor, both).mark_matter("acknowledgement")
        self.assertRecordValues(matter, [{"our_late": False, "waiting": "nobody"}])

    def test_supervisor_and_manager_take_it_out(self):
        for user in (self.auditor, self.manager):
            for how in ("retyped", "ignored"):
                with self.subTest(user=user.name, how=how):
                    question = self.asked()
                    self.decide(user, question, how)
                    self.assertFalse(question.matter_id.late)
                    [change] = question.type_change_ids
                    self.assertEqual((change.user_id, change.date), (user, datetime(2026, 11, 3, 12)))

    def test_supervisor_takes_out_what_was_kept(self):
        question = self.asked()
        self.decide(self.accountant, question)
        with self.assertRaises(AccessError):
            self.by(self.accountant, question).mark_matter("no_answer")
        self.by(self.auditor, question).mark_matter("no_answer")
        self.assertRecordValues(question.matter_id, [{"late": False, "closed_how": "no_answer"}])
        self.assertRecordValues(question, [{"matter_marked_by_id": self.auditor.id, "matter_kept": 0}])

    def test_what_was_ignored_leaves_with_the_mark(self):
        question = self.asked()
        self.decide(self.accountant, question, "ignored")
        self.assertEqual(question.matter_id.interaction_count, 1)
        self.by(self.auditor, question).mark_matter("no_answer")
        self.assertFalse(question.matter_id.active)

    def test_longer_response_time_of_the_new_type_helps_nobody(self):
        question = self.asked()
        due = question.matter_id.due
        self.by(self.accountant, question).tag({"type_id": self.type_("1.1.2").id})
        self.type_("1.1.2").response_hours = 90
        question.matter_id._derive()
        self.assertRecordValues(question.matter_id, [{"late": True, "due": due}])

    def test_before_the_due_date_everybody_decides(self):
        question = self.asked(26)
        self.decide(self.accountant, question)
        self.assertRecordValues(question.matter_id, [{"asked_by": False, "waiting": "nobody"}])
        self.assertFalse(question.matter_kept)

    def test_deputy_of_the_supervisor_decides_on_these_days(self):
        self.auditor.write(
            {
                "interaction_deputy_id": self.deputy.id,
                "interaction_deputy_from": "2026-11-03",
                "interaction_deputy_until": "2026-11-04",
            }
        )
        question = self.asked()
        with freeze_time("2026-11-06 12:00:00"), self.assertRaises(AccessError):
            self.decide(self.deputy, question)
        self.decide(self.deputy, question)
        self.assertFalse(question.matter_id.late)

    def test_answers_and_further_messages_are_read_as_before(self):
        question = self.asked()
        task = self.env["project.task"].browse(question.res_id)
        self.decide(self.accountant, question)
        self.capture(MONDAY + timedelta(hours=27), code="message_out", partner=self.alfa, record=task)
        self.assertRecordValues(question.matter_id, [{"closed_how": "answered", "late": True, "hours_us": 12}])

    def test_overdue_question_is_not_deleted(self):
        call = self.log(
            partner_id=self.alfa.id, type_id=self.type_("1.1.2").id, channel="email", date=MONDAY, create_uid=1
        )
        call.matter_id._derive()
        self.env.cr.execute("UPDATE crm_interaction SET create_uid = %s WHERE id = %s", [self.accountant.id, call.id])
        call.invalidate_recordset()
        call.type_change_ids._by_code().unlink()
        call = self.by(self.accountant, self.env["crm.interaction"].browse(call.id))
        for direction in ("incoming", "outgoing"):
            call.tag({"direction": direction})
            with self.assertRaisesRegex(AccessError, "is late"):
                call.unlink()

    def test_nobody_redates_an_own_overdue_question(self):
        values = {"partner_id": self.alfa.id, "type_id": self.type_("1.1.2").id, "channel": "email", "date": MONDAY}
        mail = self.by(self.accountant, self.env["crm.interaction"]).create({**values, "direction": "incoming"})
        self.assertTrue(mail.matter_id.late)
        for vals in ({"date": "2026-11-03 11:00:00"}, {"date": "2026-11-03 23:00:00"}):
            with self.assertRaises(AccessError):
                mail.write(vals)
        mail.date = MONDAY - timedelta(days=1)
        self.assertTrue(mail.matter_id.late, "an earlier date makes it no better")
        self.by(self.auditor, mail).date = "2026-11-03 11:00:00"
        self.assertFalse(mail.matter_id.late)

    def test_own_answer_logged_later_gets_its_true_date(self):
        question = self.asked()
        values = {"partner_id": self.alfa.id, "type_id": self.type_("4.2.2").id}
        call = self.by(self.accountant, self.env["crm.interaction"]).create({**values, "date": "2026-11-03 11:00:00"})
        self.by(self.auditor, call).merge_matter(question.matter_id.id)
        call.date = MONDAY + timedelta(hours=2)
        self.assertRecordValues(question.matter_id, [{"late": False, "answered_on": call.date}])

    def test_merging_with_an_answer_takes_no_lateness_away(self):
        question, answered = self.asked(), self.asked(1)
        task = self.env["project.task"].browse(answered.res_id)
        reply = self.capture(MONDAY + timedelta(hours=3), code="message_out", partner=self.alfa, record=task)
        late, other = question.matter_id, answered.matter_id
        for rows, target in ((question, other), (answered | reply, late), (reply, late)):
            with self.subTest(rows=rows), self.assertRaises(AccessError):
                self.by(self.accountant, rows).merge_matter(target.id)
        self.assertTrue(late.late)
        self.by(self.auditor, question).merge_matter(other.id)
        self.assertFalse(other.late)
        self.by(self.accountant, question).split_matter()
        self.assertTrue(question.matter_id.late, "what is split off may become late")

    def test_late_matters_are_merged_by_everybody(self):
        first, second = self.asked(), self.asked(1)
        self.by(self.accountant, second).merge_matter(first.matter_id.id)
        self.assertRecordValues(first.matter_id, [{"late": True, "interaction_count": 2}])

    def test_clients_and_the_system_are_not_asked(self):
        rated = self.asked(polarity="negative", type_code="2.1.1")
        portal = self.make_users({"login": "portal", "groups": "base.group_portal"})
        rated.with_user(portal).sudo().write({"polarity": "positive"})
        self.assertFalse(rated.matter_kept)
