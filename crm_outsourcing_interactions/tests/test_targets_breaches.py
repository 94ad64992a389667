from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests.common import new_test_user, tagged

from .target_common import BreachCase


@tagged("post_install", "-at_install")
class TestAnalysisBreaches(BreachCase):
    """Test that a breach opens one activity, which closes by itself; *done* is final for the month."""

    def test_red_opens_one_activity_for_the_salesperson(self):
        activity = self.breach()
        self.assertRecordValues(
            activity,
            [
                {
                    "user_id": self.staff.id,
                    "active": True,
                    "activity_type_id": self.env.ref("crm_outsourcing_interactions.activity_type_breach").id,
                    "summary": "Off Target: Improvements / base",
                }
            ],
        )
        self.refresh()
        self.assertEqual(self.activities(), activity)
        self.assertEqual(self.indicator().breach, "open")

    def test_activity_contains_no_figures(self):
        corrective_action = self.env.ref("crm_outsourcing_interactions.corrective_action_feedback")
        colleague = new_test_user(self.env, "target.colleague", groups="base.group_user,base.group_partner_manager")
        activity = self.breach(
            corrective_action_ids=corrective_action.ids, name="Agreed: every tenth contact"
        ).with_user(colleague)
        texts = [activity.summary, activity.note, *activity.browse(activity.id).mapped("display_name")]
        activity.with_user(self.staff).action_feedback()
        texts += self.client.with_user(colleague).message_ids.mapped("body")
        self.assertIn(f"/odoo/interaction-indicators/{self.indicator().id}", texts[1])
        self.assertIn(f"/odoo/interaction-indicators/{self.indicator().id}", texts[3])
        for secret in (self.target.name, "10 %", "20", "1.1.2", corrective_action.name):
            self.assertNotIn(secret, " ".join(text.replace(str(self.indicator().id), "") for text in texts))
        with self.assertRaises(AccessError):
            self.indicator().with_user(colleague).read(["evidence"])

    def test_breach_is_named_in_the_language_of_its_responsible(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.env["ir.module.module"]._load_module_terms(["crm_outsourcing_interactions"], ["ru_RU"], overwrite=True)
        self.staff.lang = "ru_RU"
        self.assertEqual(self.breach().summary, "Отклонение: Улучшения / база")

    def test_evidence_names_types_and_documents(self):
        task = self.make_task(partner_id=self.client.id, name="Secret task")
        self.log_many(self.client, "2026-10-07", {"1.1.2": 3}, res_model="project.task", res_id=task.id)
        self.breach()
        evidence = self.indicator().with_user(self.staff).evidence
        for text in ("1.1.2 ", ": 17", f"Task #{task.id}", f"/mail/view?model=project.task&amp;res_id={task.id}"):
            self.assertIn(text, evidence)
        self.assertNotIn("Secret task", evidence)

    def test_evidence_is_what_its_reader_may_see(self):
        self.breach()
        indicator = self.indicator()
        self.assertIn(": 14", indicator.with_user(self.manager).evidence)
        self.env["crm.interaction"].search([("type_id", "=", self.type_("1.1.2").id)])[:4].company_id = self.env[
            "res.company"
        ].create({"name": "Other Firm"})
        self.env.invalidate_all()
        self.assertIn(": 10", indicator.with_user(self.manager).evidence)

    def test_evidence_of_many_is_read_together(self):
        for _number in range(3):
            self.log_many(self.make_client(), "2026-10-05", {"1.1.2": 2})
        self.breach()
        all_ = self.env["crm.interaction.indicator"].search([("partner_id", "!=", False)])
        one = self.indicator()
        self.assertEqual(len(all_), 4)
        counts = []
        for indicators in (all_, one, all_):  # the first fills Odoo's caches
            self.env.invalidate_all()
            indicators.mapped("target_id.window_months")
            before = self.env.cr.sql_log_count
            indicators.mapped("evidence")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts[1:])

    def test_types_of_the_measure_alone_are_evidence(self):
        self.breach(measure="type_count", type_id=self.type_("1.2.2").id, bound="ceiling", high=1)
        evidence = self.indicator().evidence
        self.assertIn("1.2.2 ", evidence)
        self.assertNotIn("1.1.2 ", evidence)

    def test_it_closes_itself_when_green_and_not_when_yellow(self):
        activity = self.breach()
        self.improve(1)
        self.assertEqual((self.indicator().zone, activity.active), ("yellow", True))
        self.improve(1)
        self.assertEqual((self.indicator().zone, activity.active), ("green", False))
        self.assertEqual(self.indicator().breach, "mended")

    def test_yellow_opens_nothing(self):
        self.breach(low=0.04)
        self.assertEqual((self.indicator().zone, self.indicator().breach), ("yellow", False))
        self.assertFalse(self.activities())

    def test_mended_one_may_open_again(self):
        self.breach()
        self.improve(2)
        self.log_many(self.client, "2026-10-08", {"1.1.2": 40})
        self.refresh()
        self.assertEqual(self.activities().mapped("active"), [False, True])

    def test_done_by_a_person_does_not_open_again_in_the_same_month(self):
        activity = self.breach()
        activity.with_user(self.staff).action_feedback(feedback="Agreed with the client")
        self.refresh()
        self.refresh()
        self.assertEqual(self.activities(), activity)
        self.assertEqual(self.indicator().breach, "settled")
        with freeze_time("2026-11-20 12:00:00"):
            self.log_many(self.client, "2026-11-05", {"1.1.2": 20})
            self.refresh()
        self.assertEqual(len(self.activities()), 2)

    def test_deleted_by_a_person_does_not_open_again_in_the_same_month(self):
        self.breach().unlink()
        self.refresh()
        self.assertFalse(self.activities())

    def test_settled_month_opens_nothing_while_the_next_has_no_data(self):
        self.breach(minimum_sample=10).action_feedback()
        self.refresh()
        with freeze_time("2026-11-02 12:00:00"):
            self.refresh()
        self.assertEqual(len(self.activities()), 1)

    def test_open_one_is_carried_over_to_the_next_month(self):
        activity = self.breach(minimum_sample=10)
        with freeze_time("2026-11-02 12:00:00"):
            self.refresh()
            self.assertEqual(self.activities(), activity)
            self.assertTrue(activity.active)
            self.assertEqual(self.indicator().breach, "carried")
            self.assertEqual(self.indicator("2026-11-01").breach, "open")
            self.log_many(self.client, "2026-11-01", {"1.1.2": 9, "2.2.1": 2, "4.2.2": 5})
            self.refresh()
        self.assertFalse(activity.active)

    def test_last_month_decides_while_this_one_has_no_data(self):
        self.target = self.make_target(low=0.1, minimum_sample=10)
        self.log_many(self.client, "2026-09-05", {"1.1.2": 14})
        self.refresh()
        self.assertEqual(self.indicator().zone, "none")
        self.assertTrue(self.activities())

    def test_breach_closes_when_the_target_no_longer_applies(self):
        for change in (lambda: self.target.write({"active": False}), lambda: self.client.write({"active": False})):
            activity = self.breach()
            self.assertTrue(activity.active)
            change()
            self.refresh()
            self.assertFalse(activity.exists().active)
            self.client.active = True
            self.target.active = False
            self.env["crm.interaction.indicator"].search([]).sudo().unlink()
            activity.unlink()

    def test_whole_firm_goes_to_the_responsible_of_the_target(self):
        self.breach()
        self.assertEqual(self.activities(self.target).user_id, self.manager)

    def test_salesperson_without_rights_is_passed_over(self):
        seller = new_test_user(self.env, "target.seller", groups="base.group_user")
        for user in (seller, self.env["res.users"]):
            client = self.make_client(user_id=user.id)
            self.assertEqual(self.breach(client).user_id, self.manager)
            self.target.active = False

    def test_responsible_without_access_to_the_indicator_is_skipped(self):
        client = self.make_client(user_id=False)
        user = self.breach(client, user_id=self.staff.id).user_id
        self.assertTrue(user.has_group("crm_outsourcing_interactions.group_manager"))
        self.assertTrue(self.indicator(client=client).with_user(user).has_access("read"))

    def test_capture_does_not_log_it(self):
        activity = self.breach()
        before = self.captured()
        activity.with_user(self.staff).action_feedback(feedback="Called the client")
        self.breach(low=0.2, measure="additional_ratio")
        self.target.message_post(body="Why so high?", message_type="comment", partner_ids=self.client.ids)
        self.improve(30)
        self.assertEqual(self.captured(), before)

    def test_two_firms_alert_their_own(self):
        other = self.env["res.company"].create({"name": "Other Firm"})
        theirs = self.make_target(company_id=other.id, low=0.1)
        self.log_many(self.client, "2026-10-05", {"1.1.2": 5}, company_id=other.id, user_id=False)
        self.refresh()
        self.assertFalse(self.activities())
        self.env["crm.interaction.indicator"]._refresh(other)
        self.assertEqual(
            self.activities().user_id,
            self.env["crm.interaction.indicator"]
            .search([("target_id", "=", theirs.id), ("partner_id", "=", self.client.id), ("breach", "=", "open")])
            .activity_id.user_id,
        )
        self.assertNotEqual(self.activities().user_id, self.staff)

    def test_cron_refreshes_every_company_with_targets(self):
        self.target = self.make_target(low=0.1)
        self.log_many(self.client, "2026-10-05", {"1.1.2": 14})
        with self.enter_registry_test_mode():
            self.env.ref("crm_outsourcing_interactions.cron_refresh_indicators").method_direct_trigger()
        self.assertTrue(self.activities())
