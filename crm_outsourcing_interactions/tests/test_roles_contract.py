from psycopg2.errors import CheckViolation

from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .target_common import BreachCase


@tagged("post_install", "-at_install")
class TestRolesContract(BreachCase):
    """Test that targets and reminders are limited to the contract, and figures are not. Today is 20 October 2026."""

    def end(self, day, client=None):
        (client or self.client).interaction_client_until = day
        self.refresh()

    def test_targets_end_with_the_contract(self):
        self.breach()
        for day, is_evaluated in (("2026-10-20", True), ("2026-10-19", False)):
            with self.subTest(day=day):
                self.end(day)
                self.assertEqual(bool(self.indicator()), is_evaluated)

    def test_targets_begin_with_the_contract(self):
        self.client.interaction_client_from = "2026-10-21"
        self.breach()
        self.assertFalse(self.indicator())
        self.client.interaction_client_from = "2026-10-20"
        self.refresh()
        self.assertTrue(self.indicator())

    def test_own_target_ends_too(self):
        self.breach(partner_id=self.client.id)
        self.assertTrue(self.indicator())
        self.end("2026-10-19")
        self.assertFalse(self.indicator())

    def test_past_verdicts_and_figures_stay(self):
        self.make_target(low=0.1)
        self.log_many(self.client, "2026-09-05", {"1.1.2": 20})
        self.refresh()
        firm = self.env["res.partner"]
        before = self.indicator("2026-09-01", firm).n
        self.end("2026-09-30")
        self.assertEqual(self.indicator("2026-09-01").zone, "red")
        self.assertEqual(self.indicator("2026-09-01", firm).n, before)
        self.assertFalse(self.indicator("2026-10-01"))
        self.assertEqual(self.client.interaction_count, 20)

    def test_breach_closes_without_a_word(self):
        activity = self.breach()
        self.assertTrue(activity.active)
        messages = self.client.message_ids
        self.end("2026-10-19")
        self.assertFalse(self.activities())
        self.assertFalse((self.client.message_ids - messages).filtered("mail_activity_type_id"))
        self.refresh()
        self.assertFalse(self.activities())

    def test_breach_of_another_client_stays(self):
        activity = self.breach()
        self.end("2026-10-19", client=self.make_client())
        self.assertTrue(activity.exists().active)

    def test_feedback_is_not_due_before_the_contract(self):
        self.log_many(self.client, "2026-02-05", {"1.1.2": 1})
        target = self.make_target(
            measure="type_interval", type_id=self.type_("2.2.1").id, bound="ceiling", high=60, partner_id=self.client.id
        )
        self.refresh()
        self.assertEqual(self.indicator(target=target).zone, "red")
        self.client.interaction_client_from = "2026-10-10"
        self.refresh()
        self.assert_value(self.indicator(target=target), 10, "none")

    def test_average_begins_with_the_contract(self):
        self.log_many(self.client, "2026-08-05", {"1.1.2": 1})
        self.log_many(self.client, "2026-10-05", {"1.1.2": 6})
        target = self.make_target(measure="interactions_month", bound="ceiling", high=9, window_months=3)
        self.client.interaction_client_from = "2026-10-01"
        self.refresh()
        self.assertAlmostEqual(self.indicator(target=target).value, 6)

    def test_panel_shows_no_targets_after_the_contract(self):
        self.breach()
        self.assertTrue(self.client.interaction_indicator_ids)
        self.client.interaction_client_until = "2026-10-19"
        self.client.invalidate_recordset()
        self.assertFalse(self.client.interaction_indicator_ids)
        self.assertFalse(self.client.interaction_breach_count)

    def test_contact_follows_its_client(self):
        contact = self.make_contact(parent_id=self.client.id)
        self.client.interaction_client_until = "2026-10-19"
        self.assertEqual(str(contact.interaction_client_until), "2026-10-19")

    def test_recommendations_end_with_the_contract(self):
        recommendations = self.env["crm.interaction.recommendation"]
        self.env.company.write({"interaction_burden_number": 3, "interaction_burden_weeks": 4})
        self.log_many(self.client, "2026-10-15", {"1.2.2": 5})
        today = self.env.company._interaction_today()
        domain = [("partner_id", "=", self.client.id), ("kind", "=", "burden")]
        for until, expected in (("2026-10-19", 0), ("2026-10-20", 1), ("2026-10-19", 0)):
            with self.subTest(until=until):
                self.client.interaction_client_until = until
                recommendations._refresh(self.env.company, today)
                self.assertEqual(recommendations.search_count(domain), expected)

    def test_dates_in_the_wrong_order_are_refused(self):
        form = Form(self.client.with_user(self.manager), "base.view_partner_form")
        form.interaction_client_from = "2026-10-02"
        form.interaction_client_until = "2026-10-01"
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"):
            form.save()
            self.env.flush_all()
