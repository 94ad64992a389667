import doctest
import random
from datetime import date, datetime, timedelta

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.tests.common import tagged
from odoo.tools import mute_logger

from odoo.addons.crm_outsourcing_interactions.models.recommendations import bundles

from .common import InteractionCase

TODAY = date(2031, 3, 12)


class RecommendationCase(InteractionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Recommendation Firm", "interaction_bundling_number": 0})
        cls.company.write({"interaction_burden_number": 3, "interaction_burden_weeks": 2, "interaction_tz": "UTC"})
        cls.vector = cls.make_client(name="Vector")

    @classmethod
    def ask(cls, *days_ago, code="1.2.2", **vals):
        """Log one contact with Vector for each of ``days_ago``, a quarter of an hour each."""
        defaults = {
            "partner_id": cls.vector.id,
            "type_id": cls.type_(code).id,
            "company_id": cls.company.id,
            "user_id": cls.staff.id,
            "duration": 0.25,
        }
        noon = datetime(TODAY.year, TODAY.month, TODAY.day, 12)
        dates = [noon - timedelta(days=days) for days in days_ago]
        return cls.env["crm.interaction"]._by_code().create([{**defaults, "date": moment, **vals} for moment in dates])

    def refresh(self, days_later=0, company=None):
        """Return the open recommendations of the company after a refresh."""
        company = company or self.company
        self.env["crm.interaction.recommendation"]._refresh(company, TODAY + timedelta(days=days_later))
        return self.env["crm.interaction.recommendation"].search(
            [("company_id", "=", company.id), ("state", "=", "open")]
        )


@tagged("post_install", "-at_install")
class TestAnalysisBurden(RecommendationCase):
    """Test the recommendation to take over data collection after many requests for source data."""

    def test_examples_hold(self):
        self.assertFalse(doctest.testmod(bundles).failed)

    def test_requests_at_the_threshold_are_a_recommendation(self):
        requests = self.ask(0, 5, 13)
        self.assertRecordValues(
            self.refresh(),
            [
                {
                    "kind": "burden",
                    "partner_id": self.vector.id,
                    "user_id": self.staff.id,
                    "company_id": self.company.id,
                    "date_from": date(2031, 2, 27),
                    "date_to": TODAY,
                    "n": 3,
                    "hours": 0.75,
                    "interaction_ids": requests.ids,
                    "state": "open",
                }
            ],
        )

    def test_one_request_less_or_one_day_earlier_is_none(self):
        self.ask(0, 5)
        self.assertFalse(self.refresh())
        self.ask(14)
        self.assertFalse(self.refresh())

    def test_requests_to_several_clients_do_not_add_up(self):
        self.ask(0, 5)
        self.ask(1, partner_id=self.make_client().id)
        self.assertFalse(self.refresh())

    def test_other_types_and_ignored_contacts_do_not_count(self):
        self.ask(0, 5)
        self.ask(1, code="1.2.1")
        self.ask(2).action_ignore()
        self.assertFalse(self.refresh())

    def test_purposes_of_one_contact_count_once(self):
        first, _second = self.ask(0, 5)
        self.ask(0, split_from_id=first.id)
        self.assertFalse(self.refresh())
        other = self.ask(1, code="1.2.1")
        self.ask(1, split_from_id=other.id)
        self.assertEqual(self.refresh().n, 3)

    def test_the_responsible_is_the_one_who_looks_after_the_client(self):
        self.ask(0, 5, 13)
        self.vector.user_id = self.manager
        self.assertEqual(self.refresh().user_id, self.manager)

    def test_each_company_has_its_own(self):
        other = self.env["res.company"].create({"name": "Other", "interaction_burden_number": 1})
        self.ask(0, 5)
        self.ask(1, company_id=other.id)
        self.assertFalse(self.refresh())
        self.assertEqual(self.refresh(company=other).n, 1)
        other.interaction_burden_number = 0
        self.assertFalse(self.refresh(company=other))

    def test_second_refresh_keeps_and_a_later_one_moves_evidence(self):
        first = self.ask(0, 5, 13)
        recommendation = self.refresh()
        self.assertEqual(self.refresh(), recommendation)
        self.assertEqual(recommendation.interaction_ids, first)
        fourth = self.ask(-1)
        self.assertEqual(self.refresh(days_later=1), recommendation)
        self.assertEqual(recommendation.interaction_ids, first[:2] | fourth)
        self.assertEqual(recommendation.date_to, TODAY + timedelta(days=1))

    def test_recommendation_ends_with_its_evidence_not_with_time(self):
        requests = self.ask(0, 5, 13)
        recommendation = self.refresh()
        self.assertEqual(self.refresh(days_later=90), recommendation)
        requests[0].type_id = self.type_("1.2.1")
        self.assertFalse(self.refresh(days_later=90))

    def test_dismissed_is_not_asked_again_for_a_while(self):
        self.company.interaction_recommendation_quiet_days = 10
        self.ask(0, 5, 13)
        with freeze_time("2031-03-12 12:00:00"):
            self.refresh().action_dismiss()
        self.assertFalse(self.refresh())
        self.ask(-1, -2, -3)
        self.assertFalse(self.refresh(days_later=9))
        recommendation = self.refresh(days_later=10)
        self.assertEqual(recommendation.n, 3, "what was evidence once is not evidence again")

    def test_time_zone_of_the_company_decides(self):
        self.company.interaction_tz = "Asia/Vladivostok"
        self.ask(0, 5)
        late = self.ask(14)
        late.date = datetime(2031, 2, 26, 14, 30)  # 27 February, 0:30 there
        self.assertEqual(self.refresh().date_from, date(2031, 2, 27))

    def test_merged_clients_keep_one_open_recommendation(self):
        twin = self.make_client(name="Vector Ltd")
        self.ask(0, 5, 13)
        self.ask(0, 5, 13, partner_id=twin.id)
        self.assertEqual(len(self.refresh()), 2)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.vector | twin).ids, self.vector, extra_checks=False)
        self.assertEqual(self.refresh().mapped("n"), [6])

    def test_settings_out_of_range_are_refused(self):
        for name, value, error in (
            ("interaction_burden_weeks", 0, ValidationError),
            ("interaction_bundling_number", 1, IntegrityError),
        ):
            with self.subTest(name=name), self.assertRaises(error), mute_logger("odoo.sql_db"):
                self.company[name] = value
                self.company.flush_recordset()


@tagged("post_install", "-at_install")
class TestAnalysisBundling(RecommendationCase):
    """Test the recommendation to bundle outgoing interactions within a few days."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"interaction_burden_number": 0, "interaction_bundling_number": 3})

    def test_contacts_within_days_are_a_recommendation(self):
        near = self.ask(11, 12, 13, 3, 3, 3, code="1.2.1")
        self.ask(8, code="1.2.1")
        recommendation = self.refresh()
        self.assertRecordValues(
            recommendation, [{"kind": "bundling", "n": 6, "bundles": 2, "hours": 1.5, "interaction_ids": near.ids}]
        )
        self.assertIn("Interactions: 6, sufficient: 2", recommendation.summary)

    def test_captured_contacts_have_no_duration(self):
        noon = datetime(TODAY.year, TODAY.month, TODAY.day, 12)
        dates = [noon - timedelta(days=days) for days in (0, 1, 2)]
        with freeze_time(noon):
            captured = self.capture(*dates, type_code="1.2.1", partner=self.vector, company=self.company)
        self.env.cr.execute("SELECT DISTINCT duration, user_id FROM crm_interaction WHERE id = ANY(%s)", [captured.ids])
        self.assertEqual(self.env.cr.fetchall(), [(None, None)])
        self.ask(1, code="1.2.1", user_id=False, duration=0.5)
        recommendation = self.refresh()
        self.assertRecordValues(recommendation, [{"kind": "bundling", "n": 4, "hours": 0.5, "user_id": False}])

    def test_manager_looks_again_at_captured_contacts(self):
        noon = datetime.now().replace(hour=12, minute=0, second=0, microsecond=0) - timedelta(days=1)
        dates = [noon - timedelta(hours=hours) for hours in (3, 2, 1)]
        for code in ("1.2.1", "1.2.2"):
            self.capture(*dates, type_code=code, partner=self.make_client(), company=self.company)
        self.company.interaction_burden_number = 3
        self.manager.company_ids |= self.company
        recommendations = self.env["crm.interaction.recommendation"].with_user(self.manager)
        recommendations.with_context(allowed_company_ids=self.company.ids).action_refresh()
        found = recommendations.search([("company_id", "=", self.company.id)])
        self.assertEqual(sorted(found.mapped("kind")), ["bundling", "bundling", "burden"])
        self.assertEqual(set(found.mapped("hours")), {0.0})

    def test_one_day_more_is_too_far(self):
        self.ask(1, 2, 4, code="1.2.1")
        self.assertFalse(self.refresh())

    def test_across_months(self):
        self.ask(11, 12, 13, code="1.2.1")  # 27 February to 1 March
        self.assertEqual(self.refresh().date_to, date(2031, 3, 1))

    def test_only_what_can_be_bundled_counts(self):
        first, _second = self.ask(1, 2, code="1.2.1")
        self.ask(2, code="4.2.2")
        self.ask(2, code="1.1.3")
        self.ask(2, code="1.2.2").action_ignore()
        self.ask(1, split_from_id=first.id)
        self.assertFalse(self.refresh())

    def test_of_one_responsible_or_of_any(self):
        self.ask(1, 2, code="1.2.1")
        self.ask(2, code="1.2.2", user_id=self.manager.id)
        self.assertFalse(self.refresh())
        self.company.interaction_bundling_same_user = False
        self.assertEqual(self.refresh().n, 3)

    def test_done_ones_are_not_found_again(self):
        self.company.interaction_recommendation_quiet_days = 0
        self.ask(11, 12, 13, code="1.2.1")
        self.refresh().action_done()
        self.assertFalse(self.refresh())

    def test_agrees_with_the_pure_function_on_any_days(self):
        dice = random.Random(7)
        days = sorted((dice.randint(0, 27) for _number in range(14)), reverse=True)
        self.ask(*days, code="1.2.1")
        runs = bundles.bundles([TODAY - timedelta(days=day) for day in days], 3, 3)
        self.assertTrue(runs)
        expected = {"bundles": len(runs), "n": sum(last - first + 1 for first, last in runs)}
        self.assertRecordValues(self.refresh(), [expected])
