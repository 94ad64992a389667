import doctest

from odoo.tests.common import tagged

from ..models.analysis import res_partner_panel
from .norm_common import NormCase


@tagged("post_install", "-at_install")
class TestAnalysisPanel(NormCase):
    """What the client's form shows of its contacts, computed when it is opened."""

    def test_examples_in_docstrings(self):
        self.assertFalse(doctest.testmod(res_partner_panel).failed)

    def test_contacts_of_twelve_months_and_of_this_one(self):
        self.make_norm(measure="contacts_month", bound="range", low=1, high=5)
        self.log_many(self.client, "2025-10-31", {"1.1.2": 9})
        self.log_many(self.client, "2025-11-05", {"1.1.2": 2})
        [first, *_others] = self.log_many(self.client, "2026-10-05", {"1.1.2": 3})
        self.log(partner_id=self.client.id, date="2026-10-05", split_from_id=first.id)
        self.refresh()
        self.assertEqual([month["n"] for month in self.client.interaction_sparkline], [2, *[0] * 10, 3])
        self.assertEqual(self.client.interaction_sparkline[-1]["label"], "October 2026")
        self.assertEqual(self.client.interaction_month_text, "3, agreed: 1 – 5")

    def test_last_and_next_feedback(self):
        self.make_norm(measure="type_interval", type_id=self.type_("2.2.1").id, bound="ceiling", high=30)
        self.log_many(self.client, "2026-09-10", {"2.2.1": 1})
        self.refresh()
        self.assertEqual(str(self.client.interaction_last_feedback), "2026-09-10")
        self.assertEqual(str(self.client.interaction_next_feedback), "2026-10-10")
        self.assertEqual(self.client.interaction_breach_count, 1)

    def test_next_feedback_of_a_client_never_asked(self):
        self.make_norm(measure="type_interval", type_id=self.type_("2.2.1").id, bound="ceiling", high=30)
        self.log_many(self.client, "2026-10-10", {"1.1.2": 1})
        self.refresh()
        self.assertFalse(self.client.interaction_last_feedback)
        self.assertEqual(str(self.client.interaction_next_feedback), "2026-11-09")

    def test_complaint_is_open_until_somebody_answers(self):
        self.log_many(self.client, "2026-10-01", {"1.2.1": 1}, channel="email")
        self.log_many(self.client, "2026-10-02", {"2.1.1": 2}, polarity="negative")
        self.log_many(self.client, "2026-10-02", {"2.1.1": 1}, polarity="positive")
        self.log_many(self.client, "2026-10-03", {"4.2.2": 1}, channel="document")
        self.assertEqual(self.client.interaction_open_complaints, 2)
        self.log_many(self.client, "2026-10-04", {"1.2.4": 1}, channel="phone")
        self.env.invalidate_all()
        self.assertEqual(self.client.interaction_open_complaints, 0)

    def test_last_month_is_shown_while_this_one_has_no_data(self):
        self.make_norm(minimum_sample=5)
        self.log_many(self.client, "2026-09-10", {"1.1.2": 10})
        self.refresh()
        self.assertEqual(self.client.interaction_indicator_ids, self.indicator("2026-09-01"))

    def test_readers_see_what_they_may_see(self):
        self.make_norm()
        self.log_many(self.client, "2026-10-05", {"1.1.2": 3})
        self.refresh()
        stranger = self.make_staff(login="norm.stranger")
        for user, n, indicators in ((self.staff, 3, 1), (self.manager, 3, 1), (stranger, 0, 0)):
            client = self.client.with_user(user)
            self.assertEqual(client.interaction_sparkline[-1]["n"], n)
            self.assertEqual(len(client.interaction_indicator_ids), indicators)

    def test_cost_is_that_of_one_client_for_many(self):
        self.make_norm()
        clients = self.client | self.env["res.partner"].create([{"name": f"Client {n}"} for n in range(20)])
        for client in clients:
            self.log_many(client, "2026-10-05", {"1.1.2": 3})
            self.log_many(client, "2026-10-05", {"2.1.1": 1}, polarity="negative")
        self.refresh()
        for some in (self.client, clients):
            self.env.flush_all()
            self.env.invalidate_all()
            with self.subTest(clients=len(some)), self.assertQueryCount(11):
                some.mapped("interaction_open_complaints")
