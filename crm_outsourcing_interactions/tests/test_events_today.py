from datetime import date, datetime, timedelta

from freezegun import freeze_time

from odoo.tests.common import tagged

from .common import InteractionCase

EAST, WEST = "Pacific/Fiji", "Pacific/Niue"
"""12 hours before and 11 hours after UTC."""
EVENING, MORNING = "2031-03-31 23:30:00", "2031-04-01 00:30:00"
"""In UTC. In the east it is the first of April at both moments, in the west the last of March."""


@tagged("post_install", "-at_install")
class TestEventsToday(InteractionCase):
    """Test that *today* follows the company's time zone for all users."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        numbers = {"interaction_burden_number": 1, "interaction_burden_weeks": 1, "interaction_bundling_number": 0}
        cls.east, cls.west = cls.env["res.company"].create(
            [{"name": zone, "interaction_tz": zone, **numbers} for zone in (EAST, WEST)]
        )
        cls.today = {cls.east: date(2031, 4, 1), cls.west: date(2031, 3, 31)}

    def each(self):
        """Yield company and its day, near midnight UTC, with a user whose own zone is another."""
        for moment in (EVENING, MORNING):
            for company, today in self.today.items():
                env = self.env(context={"tz": "UTC", "allowed_company_ids": company.ids})
                with freeze_time(moment), self.subTest(moment=moment, zone=company.interaction_tz):
                    yield env, company.with_env(env), today

    def test_recommendations_see_the_contacts_of_their_own_today(self):
        for env, company, today in self.each():
            for days, is_seen in ((0, True), (6, True), (7, False)):
                client = self.make_client()
                noon = datetime.combine(today, datetime.min.time()) + timedelta(hours=12 if company == self.west else 1)
                moment = noon - timedelta(days=days, hours=0 if company == self.west else 12)
                self.capture(moment, partner=client, company=company, type_code="1.2.2")
                env["crm.interaction.recommendation"]._refresh(company)
                recommendation = env["crm.interaction.recommendation"].search([("partner_id", "=", client.id)])
                self.assertEqual(bool(recommendation), is_seen, f"{days} days ago")
                if recommendation:
                    self.assertEqual(recommendation.date_to, today - timedelta(days=days))

    def test_a_dismissed_recommendation_is_quiet_from_that_day(self):
        for env, company, today in self.each():
            client = self.make_client()
            recommendation = (
                env["crm.interaction.recommendation"]
                ._by_code()
                .create(
                    {"kind": "burden", "partner_id": client.id, "company_id": company.id, "n": 1}
                    | {"date_from": today, "date_to": today}
                )
            )
            recommendation.action_dismiss()
            self.assertEqual(
                recommendation.quiet_until, today + timedelta(days=company.interaction_recommendation_quiet_days)
            )

    def test_months_of_reports_and_panel(self):
        for env, company, today in self.each():
            first = today.replace(day=1)
            before = (first - timedelta(days=1)).replace(day=1)
            self.assertEqual(env["crm.interaction.summary.report"].create({}).date_from, before)
            page = env["report.crm_outsourcing_interactions.client_page"]
            self.assertEqual(page._period({}, company).start, before)
            panel = self.make_client().with_env(env).interaction_sparkline
            self.assertEqual(panel[-1]["label"], f"{first:%B %Y}")

    def test_marks_and_history(self):
        for env, company, today in self.each():
            self.assertEqual(env["crm.interaction.method.change"].create({"name": "New staff"}).date, today)
            replay = env["crm.interaction.replay"].create({})
            self.assertEqual(replay.date_to, today)
            start, end = replay._period()
            inside, outside = end - timedelta(minutes=1), end + timedelta(minutes=1)
            days = [self.make_event(company, moment).month for moment in (inside, outside)]
            self.assertEqual(end - start, timedelta(days=91))
            self.assertEqual(days[1] != days[0], (today + timedelta(days=1)).day == 1)

    def make_event(self, company, moment):
        [interaction] = self.capture(moment, partner=self.make_client(), company=company)
        return interaction

    def test_indicators_are_those_of_the_month_there(self):
        for env, company, today in self.each():
            target = env["crm.interaction.target"].create({"low": 0.1, "bound": "floor", "company_id": company.id})
            env["crm.interaction.indicator"]._refresh(company)
            months = env["crm.interaction.indicator"].sudo().search([("target_id", "=", target.id)]).mapped("month")
            self.assertEqual(max(months), today.replace(day=1))
            target.unlink()
