from datetime import date, datetime

from odoo.tests.common import tagged

from odoo.addons.crm_outsourcing_interactions.models.events.event import Event

from .common import InteractionCase

EVE = datetime(2026, 10, 31, 23, 30)
"""Still October in Greenwich, already November in Brussels."""


@tagged("post_install", "-at_install")
class TestInteractionMonth(InteractionCase):
    """Test that the company's time zone determines the month of an interaction."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.interaction_tz = "Europe/Brussels"

    def assert_month(self, interaction, expected):
        self.assertEqual(interaction.month, expected)
        self.env.flush_all()
        self.env.cr.execute("SELECT month FROM crm_interaction WHERE id = %s", [interaction.id])
        self.assertEqual(self.env.cr.fetchone(), (expected,))

    def test_month_is_that_of_the_company(self):
        self.assert_month(self.log(date=EVE), date(2026, 11, 1))

    def test_month_follows_the_date(self):
        interaction = self.log(date=EVE)
        interaction.date = "2026-03-15 10:00:00"
        self.assert_month(interaction, date(2026, 3, 1))

    def test_month_follows_the_company(self):
        interaction = self.log(date=EVE)
        interaction.company_id = self.env["res.company"].create({"name": "Far West", "interaction_tz": "UTC"})
        self.assert_month(interaction, date(2026, 10, 1))

    def test_captured_contact_has_its_month(self):
        client = self.make_client()
        event = Event("message_in", client, "month-test", date=EVE, partner=client, company=self.env.company)
        self.assert_month(self.env["crm.interaction.pipeline"]._run([event]), date(2026, 11, 1))

    def test_other_time_zone_moves_past_contacts_in_one_statement(self):
        interactions = self.env["crm.interaction"].concat(*(self.log(date=EVE) for _number in range(3)))
        other = self.log(date=EVE, company_id=self.env["res.company"].create({"name": "B", "interaction_tz": "UTC"}).id)
        middle = self.log(date="2026-10-15 12:00:00")
        self.env.flush_all()
        self.env.company.interaction_tz = "America/New_York"
        with self.assertQueryCount(1):
            self.env["crm.interaction"]._move_months(self.env.company)
        for interaction in interactions | middle:
            self.assert_month(interaction, date(2026, 10, 1))
        self.env.company.interaction_tz = "Asia/Tokyo"
        for interaction in interactions:
            self.assert_month(interaction, date(2026, 11, 1))
        self.assert_month(middle, date(2026, 10, 1))
        self.assert_month(other, date(2026, 10, 1))

    def test_company_starts_in_its_own_zone(self):
        partner = self.env["res.partner"].create({"name": "Tokyo", "tz": "Asia/Tokyo"})
        company = self.env["res.company"].create({"name": "Tokyo", "partner_id": partner.id})
        self.assertEqual(company.interaction_tz, "Asia/Tokyo")

    def test_month_is_looked_up_without_reading_all_contacts(self):
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        self.env.cr.execute("EXPLAIN SELECT FROM crm_interaction WHERE month >= '2026-01-01'")
        self.assertIn("crm_interaction_month_by_pages", str(self.env.cr.fetchall()))
