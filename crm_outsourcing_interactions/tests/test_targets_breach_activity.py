from freezegun import freeze_time

from odoo.tests.common import new_test_user, tagged

from odoo.addons.mail.tools.discuss import Store

from .target_common import BreachCase


@tagged("post_install", "-at_install")
class TestAnalysisBreachActivity(BreachCase):
    """Test that all breaches of a client share one activity."""

    def make_three_more(self):
        self.make_target(measure="kind_share", kind_id=self.env.ref("crm_outsourcing_interactions.kind_2").id, low=0.1)
        for code in ("1.1.2", "1.2.2"):
            self.make_target(measure="type_count", type_id=self.type_(code).id, bound="ceiling", high=1)

    def test_breaches_of_one_client_are_one_activity_that_lists_them(self):
        self.make_three_more()
        activity = self.breach()
        self.assertRecordValues(activity, [{"summary": "Off Target: 4 measures", "user_id": self.staff.id}])
        for indicator in self.indicator():
            self.assertIn(f"/odoo/interaction-indicators/{indicator.id}", activity.note)
        self.assertIn("Share of a kind · 2 Improvements", activity.note)
        self.assertIn(f"Interactions of a type a month · {self.type_('1.2.2').display_name}", activity.note)
        self.assertEqual(self.indicator().activity_id, activity)

    def missed(self, activity, user):
        """Return what the chatter shows ``user`` of the values behind an activity, in sudo mode too."""
        [shown] = Store().add(activity.with_user(user)).get_result()["mail.activity"]
        activity.invalidate_recordset(["interaction_missed"])
        self.assertEqual(activity.with_user(user).sudo().interaction_missed, shown["interaction_missed"])
        return [one["text"] for one in shown["interaction_missed"] or []]

    def test_value_and_limits_are_shown_to_readers_of_the_indicator(self):
        activity = self.breach()
        text = "Improvements / base: 0 %, agreed ≥ 10 % (Oct 2026)"
        for user in (self.staff, self.manager):
            self.assertEqual(self.missed(activity, user), [text])
        self.assertNotIn("10 %", f"{activity.summary} {activity.note}")
        for groups in ("base.group_user,base.group_partner_manager", "crm_outsourcing_interactions.group_user"):
            stranger = new_test_user(self.env, f"reads.{groups[:5]}", groups=groups)
            self.assertTrue(activity.with_user(stranger).has_access("read"))
            with self.subTest(groups=groups):
                self.assertEqual(self.missed(activity, stranger), [])

    def test_bus_sends_no_values(self):
        activity = self.breach().with_user(self.manager)
        other = Store(bus_channel=self.staff)
        self.assertNotIn("interaction_missed", other.add(activity).get_result()["mail.activity"][0])

    def test_activity_is_updated_and_closes_with_the_last_breach(self):
        self.make_three_more()
        activity = self.breach()
        self.improve(4)
        self.assertRecordValues(activity, [{"summary": "Off Target: 2 measures", "active": True}])
        self.assertNotIn("Share of a kind", activity.note)
        self.assertEqual(sorted(self.indicator().mapped("breach")), ["mended", "mended", "open", "open"])
        self.target_of("1.2.2").active = False
        self.refresh()
        self.assertEqual(activity.summary, f"Off Target: {self.target_of('1.1.2')._measure_text()}")
        self.target_of("1.1.2").high = 99
        self.refresh()
        self.assertFalse(activity.active)
        self.assertEqual(self.activities(), activity)

    def target_of(self, code):
        targets = self.env["crm.interaction.target"].with_context(active_test=False)
        return targets.search([("type_id", "=", self.type_(code).id), ("evaluated_since", "!=", False)], limit=1)

    def test_new_breach_joins_the_open_activity_and_not_a_done_one(self):
        activity = self.breach()
        self.make_target(measure="type_count", type_id=self.type_("1.1.2").id, bound="ceiling", high=1)
        self.refresh()
        self.assertEqual(self.activities(), activity)
        self.assertEqual(activity.summary, "Off Target: 2 measures")
        activity.with_user(self.staff).action_feedback()
        self.refresh()
        self.assertEqual(set(self.indicator().mapped("breach")), {"settled"})
        self.make_target(measure="type_count", type_id=self.type_("1.2.2").id, bound="ceiling", high=1)
        self.refresh()
        new = self.activities() - activity
        self.assertIn("1.2.2", new.summary)
        self.assertEqual(self.indicator().filtered(lambda i: i.breach == "open").activity_id, new)

    def test_several_breaches_are_carried_over_together(self):
        self.make_three_more()
        activity = self.breach(minimum_sample=10)
        with freeze_time("2026-11-02 12:00:00"):
            self.refresh()
            carried = self.indicator("2026-11-01").filtered(lambda i: i.breach == "open")
            self.assertEqual(carried.activity_id, activity)
            for indicator in carried:
                self.assertIn(f"/odoo/interaction-indicators/{indicator.id}", activity.note)


@tagged("post_install", "-at_install")
class TestAnalysisFirstRefresh(BreachCase):
    """Test that the first refresh of a target opens no activities for the past and reports its findings."""

    def test_first_refresh_opens_nothing_and_says_what_it_found(self):
        self.assertFalse(self.breach(evaluated_since=False))
        self.assertEqual(set(self.indicator().mapped("breach")), {"found"})
        self.assertEqual(str(self.target.evaluated_since), "2026-10-20")
        message = self.target.message_ids[:1]
        self.assertIn("Off target at the first refresh: 2.", message.body)  # the client and the whole firm
        self.assertIn("/odoo/interaction-indicators-found", message.body)
        self.assertEqual(message.partner_ids, self.manager.partner_id)
        self.refresh()
        self.assertFalse(self.activities())
        self.assertEqual(self.target.message_ids[:1], message)

    def test_the_button_says_what_the_first_refresh_found(self):
        self.target = self.make_target(low=0.1, evaluated_since=False)
        self.log_many(self.client, "2026-10-05", {"1.1.2": 14})
        indicators = self.env["crm.interaction.indicator"].with_user(self.manager)
        action = indicators.action_refresh()
        self.assertEqual(action["tag"], "display_notification")
        self.assertIn("first refresh: 2.", action["params"]["message"])
        self.assertEqual(action["params"]["links"][0]["url"], "/odoo/interaction-indicators-found")
        self.assertEqual(indicators.action_refresh()["tag"], "soft_reload")

    def test_what_is_missed_after_the_first_refresh_opens(self):
        other = self.make_client(user_id=self.staff.id)
        self.log_many(other, "2026-10-05", {"1.1.2": 9, "2.2.1": 1})
        self.breach(evaluated_since=False)
        self.log_many(other, "2026-10-06", {"1.1.2": 30})
        self.refresh()
        self.assertEqual(len(self.activities(other)), 1, "a new miss")
        self.assertFalse(self.activities(), "an old one")
        with freeze_time("2026-11-02 12:00:00"):
            self.refresh()
            self.assertFalse(self.activities(), "this month has no data, and the last one is the past")
            self.log_many(self.client, "2026-11-02", {"1.1.2": 30})
            self.refresh()
        self.assertEqual(len(self.activities()), 1, "the next month")

    def test_found_and_mended_may_open_later(self):
        self.breach(evaluated_since=False)
        self.improve(4)
        self.assertEqual(self.indicator().breach, "mended")
        self.log_many(self.client, "2026-10-08", {"1.1.2": 90})
        self.refresh()
        self.assertEqual(len(self.activities()), 1)

    def test_a_target_switched_on_again_begins_anew(self):
        activity = self.breach()
        self.target.active = False
        self.refresh()
        self.target.active = True
        self.refresh()
        self.assertEqual(self.activities(), activity)
        self.assertEqual(self.indicator().breach, "found")
