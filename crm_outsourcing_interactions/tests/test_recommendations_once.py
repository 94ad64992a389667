from datetime import datetime, timedelta

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.tests.common import tagged
from odoo.tools import mute_logger

from .test_recommendations_bundles import TODAY, RecommendationCase


@tagged("post_install", "-at_install")
@freeze_time("2031-03-12 15:00:00")
class TestRecommendationsOnce(RecommendationCase):
    """Test the recommendation to ask for everything at once, where one request took many messages."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.interaction_burden_number = 0

    def ask_about(self, task, number, code="1.2.2"):
        """Log ``number`` requests about ``task``, two days apart, that nobody answers."""
        noon = datetime(TODAY.year, TODAY.month, TODAY.day, 12) + timedelta(seconds=task.id)  # each has its own key
        return self.env["crm.interaction"].union(
            *(
                self.capture(
                    noon - timedelta(days=2 * (number - n)),
                    code="message_out",
                    partner=self.vector,
                    record=task,
                    user=self.staff,
                    company=self.company,
                    type_code=code,
                )
                for n in range(number)
            )
        )

    def task(self):
        return self.make_task(partner_id=self.vector.id, company_id=False)

    def test_request_that_took_five_messages(self):
        first, second, short = (self.ask_about(self.task(), number) for number in (5, 6, 4))
        self.assertEqual((len(first.matter_id), len(short.matter_id)), (1, 1))
        found = self.refresh()
        self.assertRecordValues(
            found, [{"kind": "once", "partner_id": self.vector.id, "n": 11, "bundles": 2, "user_id": self.staff.id}]
        )
        self.assertEqual(found.interaction_ids, first | second)
        self.assertEqual(found.summary, "Messages: 11, requests: 2, hours: 00:00")
        matters = self.env["crm.interaction.matter"].search(found.action_view_matters()["domain"])
        self.assertEqual(matters, (first | second).matter_id)

    def test_question_of_the_client_is_no_request(self):
        task = self.task()
        noon = datetime(TODAY.year, TODAY.month, TODAY.day, 12)
        values = {"partner": self.vector, "record": task, "company": self.company}
        self.capture(noon - timedelta(days=20), code="message_in", type_code="1.1.1", **values)
        self.ask_about(task, 5, code="1.2.1.1")
        self.assertFalse(self.refresh())

    def test_reclassified_messages_withdraw_it(self):
        messages = self.ask_about(self.task(), 5)
        self.assertTrue(self.refresh())
        messages[0].state = "to_review"
        self.assertFalse(self.refresh())

    def test_zero_disables_it_and_one_is_refused(self):
        self.ask_about(self.task(), 5)
        self.company.interaction_once_number = 0
        self.assertFalse(self.refresh())
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.company.interaction_once_number = 1
            self.env.flush_all()
