from datetime import date, datetime, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests.common import tagged

from .target_common import TODAY, TargetCase

USER = "crm_outsourcing_interactions.group_user"


@tagged("post_install", "-at_install")
class TestTargetsFeedback(TargetCase):
    """Clients are asked for feedback, answer or decline; rows are as captured. Today is 20 October 2026."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.make_staff(login="only.user", groups=USER)
        cls.client.interaction_accountant_id = cls.user
        cls.task = cls.make_task(partner_id=cls.client.id)
        cls.number = 0

    def message(self, day, code="message_in", **values):
        type(self).number += 1
        moment = datetime.fromisoformat(day) + timedelta(hours=9, seconds=self.number)
        return self.capture(moment, code=code, **{"partner": self.client, "record": self.task, **values})

    def ask(self, day, **values):
        return self.message(day, "message_out", type_code="2.2.1", **values)

    def seen(self, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.client.with_user(user or self.user)

    def state(self):
        return self.seen().interaction_feedback_state

    def test_the_activity_calls_the_target_by_its_name(self):
        target = self.env.ref("crm_outsourcing_interactions.target_feedback_interval")
        target._by_code().write({"active": True, "evaluated_since": "2025-01-01", "user_id": self.manager.id})
        self.ask("2026-03-05")
        self.message("2026-03-06", type_code="2.1.1", polarity="positive").with_user(self.user).action_confirm()
        self.refresh()
        activity = self.indicator(target=target).activity_id
        self.assertEqual(activity.summary, f"Off Target: {target.name}")

    def test_states(self):
        self.assertEqual(self.state(), "never")
        self.ask("2026-10-05")
        self.assertEqual(self.state(), "no_answer", "for 15 days")
        asked = self.ask("2026-10-06")
        self.assertEqual(self.state(), "asked", "for 14 days")
        reply = self.message("2026-10-07")
        self.assertEqual(reply.matter_id, asked.matter_id)
        self.assertEqual(self.state(), "asked", "nobody has confirmed what the client wrote")
        self.assertTrue(reply.can_decline_feedback)
        reply.with_user(self.manager).sudo(False).action_decline_feedback()
        self.assertFalse(asked.can_decline_feedback or reply.can_decline_feedback)
        self.assertEqual(self.state(), "declined")
        reply.with_user(self.manager).sudo(False).mark_matter(False)
        reply.with_user(self.user).sudo(False).tag({"type_id": self.type_("1.1.1").id})
        self.assertEqual(self.state(), "answered")
        self.assertEqual(self.seen().interaction_last_answer, date(2026, 10, 7))

    def test_rating_and_confirmed_opinion_answer(self):
        for values in (
            {"code": "feedback_given", "rating_value": 4, "type_code": "2.1.1", "polarity": "positive"},
            {"type_code": "2.1.1", "polarity": "negative"},
        ):
            with self.subTest(values), self.env.cr.savepoint() as savepoint:
                self.ask("2026-10-06")
                self.message("2026-10-08", **values)
                self.assertEqual(self.state(), "answered")
                self.assertEqual(self.seen().interaction_last_answer, date(2026, 10, 8))
                savepoint.close(rollback=True)

    def test_suggestions_and_other_words_answer_nothing(self):
        self.ask("2026-10-06")
        self.message("2026-10-07", polarity="positive")
        self.message("2026-10-08", type_code="1.1.2", record=self.make_task(partner_id=self.client.id))
        self.assertEqual(self.state(), "asked")
        suggested = self.ask("2026-10-12")
        suggested._by_code().write({"state": "to_review", "classified_by": "suggestion"})
        self.assertEqual(self.seen().interaction_last_feedback, date(2026, 10, 6))

    def test_target_counts_from_the_answer(self):
        self.make_target(measure="type_interval", type_id=self.type_("2.2.1").id, bound="ceiling", high=30)
        self.message("2026-08-10", type_code="1.1.2")
        self.ask("2026-10-10")
        self.refresh()
        indicator = self.indicator()
        self.assertEqual((indicator.value, indicator.zone), (71, "red"), "asked, but never answered")
        rating = self.message("2026-10-12", "feedback_given", rating_value=5, type_code="2.1.1", polarity="positive")
        self.refresh()
        self.assertEqual((indicator.value, indicator.zone, indicator.n), (8, "green", 1))
        self.env.flush_all()
        self.assertEqual(rating.search(indicator.action_view_evidence()["domain"]), rating)

    def test_next_feedback_after_a_full_interval_outside_reporting_weeks(self):
        self.assertEqual(str(self.seen().interaction_next_feedback), TODAY)
        self.make_target(measure="type_interval", type_id=self.type_("2.2.1").id, bound="ceiling", high=30)
        self.ask("2026-10-06")
        self.assertEqual(str(self.seen().interaction_next_feedback), "2026-11-05")
        weeks = {"name": "VAT", "date_from": "2026-11-01", "date_to": "2026-11-10"}
        self.env["crm.interaction.reporting.week"].with_user(self.manager).create(weeks)
        self.assertEqual(str(self.seen().interaction_next_feedback), "2026-11-11")
        self.assertIn("10/06/2026", self.seen().interaction_feedback_note)
        other = self.env["res.company"].create({"name": "Other Firm"})
        self.env["crm.interaction.reporting.week"].create(
            {"name": "Theirs", "company_id": other.id, "date_from": "2026-11-11", "date_to": "2026-11-20"}
        )
        self.assertEqual(str(self.seen().interaction_next_feedback), "2026-11-11")

    def test_search_and_group_by_state(self):
        clients = self.env["res.partner"].create(
            [{"name": f"Client {n}", "interaction_accountant_id": self.user.id} for n in range(3)]
        )
        self.ask("2026-10-19", partner=clients[0], record=clients[0])
        self.ask("2026-09-19", partner=clients[1], record=clients[1])
        self.env.flush_all()
        partners = self.env["res.partner"].with_user(self.user)
        among = [("id", "in", clients.ids)]
        for state, client in zip(("asked", "no_answer", "never"), clients, strict=True):
            found = partners.search([*among, ("interaction_feedback_state", "=", state)])
            self.assertEqual(found, client)
            self.assertEqual(clients - found, partners.search([*among, ("interaction_feedback_state", "!=", state)]))
        groups = partners.formatted_read_group(among, ["interaction_feedback_state"], ["__count"])
        self.assertEqual(
            {group["interaction_feedback_state"]: group["__count"] for group in groups},
            {"asked": 1, "no_answer": 1, "never": 1},
        )
        for group in groups:
            self.assertEqual(partners.search_count([*among, *group["__extra_domain"]]), 1)

    def test_planned_once_with_the_reason_otherwise(self):
        client = self.seen()
        with self.assertRaises(AccessError):
            self.client.with_user(self.make_staff(login="stranger", groups=USER)).action_plan_feedback()
        self.assertEqual(client.action_plan_feedback()["params"]["type"], "success")
        self.assertRecordValues(
            self.client.activity_ids, [{"user_id": self.user.id, "date_deadline": date(2026, 10, 20)}]
        )
        with self.assertRaisesRegex(UserError, "planned already"):
            client.action_plan_feedback()
        self.client.activity_ids.unlink()
        self.make_target(measure="type_interval", type_id=self.type_("2.2.1").id, bound="ceiling", high=30)
        self.ask("2026-10-06")
        notice = self.seen().action_plan_feedback()["params"]
        self.assertIn("planned for 11/05/2026. Last request or answer on 10/06/2026", notice["message"])
        self.assertEqual(self.client.activity_ids.date_deadline, date(2026, 11, 5))
        self.client.activity_ids.unlink()
        other = self.make_client(name="Other", interaction_accountant_id=self.user.id)
        notice = (self.seen() | other.with_user(self.user)).action_plan_feedback()["params"]
        self.assertEqual(notice["type"], "warning")
        self.assertIn("Target Client", notice["message"])
        self.assertTrue(other.activity_ids)

    def test_reporting_weeks_postpone(self):
        weeks = {"name": "VAT", "date_from": "2026-10-15", "date_to": "2026-10-25"}
        self.env["crm.interaction.reporting.week"].create(weeks)
        self.assertIn("Reporting weeks until 10/25/2026", self.seen().action_plan_feedback()["params"]["message"])
        self.assertEqual(self.client.activity_ids.date_deadline, date(2026, 10, 26))

    def test_composer_warns_of_asking_too_early(self):
        self.make_target(measure="type_interval", type_id=self.type_("2.2.1").id, bound="ceiling", high=30)
        values = {"model": "project.task", "res_ids": str(self.task.ids), "partner_ids": self.client.ids}
        composer = self.env["mail.compose.message"].with_user(self.user).create(values)
        composer.interaction_type_id = self.type_("2.2.1")
        self.assertFalse(composer.interaction_feedback_warning)
        self.ask("2026-10-06")
        self.env.invalidate_all()
        self.assertIn("ask from 11/05/2026", composer.interaction_feedback_warning)
        composer.interaction_type_id = self.type_("1.2.4")
        self.assertFalse(composer.interaction_feedback_warning)

    def test_reason_is_only_for_who_may_read_the_document(self):
        hidden = self.make_task(partner_id=self.client.id)
        hidden.project_id.write({"privacy_visibility": "followers"})
        reason = self.env["mail.compose.message"].with_user(self.make_staff(login="stranger", groups=USER))
        with self.assertRaises(AccessError):
            reason.interaction_feedback_reason("project.task", hidden.ids)

    def test_others_see_nothing_of_it(self):
        self.ask("2026-10-06")
        stranger = self.make_staff(login="stranger", groups=USER)
        self.assertEqual(self.seen(stranger).interaction_feedback_state, "never")
        self.assertFalse(self.seen(stranger).interaction_last_feedback)
