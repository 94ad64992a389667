import doctest

from odoo.tests.common import tagged

from odoo.addons.crm_outsourcing_interactions.models.analysis import read_plan

from .common import InteractionCase

OPERATORS = ("=", "!=", "<", "<=", ">", ">=")


@tagged("post_install", "-at_install")
class TestAnalysisReadDates(InteractionCase):
    """Conditions on the month of contacts that no cube answers: the date, which has an index, is limited too."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.interactions = cls.env["crm.interaction"]
        cls.client_company = cls.make_client(name="Romashka")
        for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):  # 14 hours before, 11 hours behind UTC
            company = cls.env["res.company"].create({"name": zone, "interaction_tz": zone})
            for date in ("2026-02-28 09:59:59", "2026-02-28 10:00:00", "2026-03-01 10:59:59", "2026-03-31 12:00:00"):
                cls.log(partner_id=cls.client_company.id, date=date, company_id=company.id)

    def test_limits_of_the_date_leave_nothing_out(self):
        for condition in (
            *(("month", operator, day) for operator in OPERATORS for day in ("2026-03-01", "2026-03-15")),
            ("month", "in", ["2026-02-01", "2026-03-01"]),
            ("month", "<", "today"),
        ):
            for domain in (
                [condition],
                ["|", condition, ("channel", "=", "email")],
                [condition, ("active", "=", True)],
            ):
                with self.subTest(domain=domain):
                    args = domain, ["partner_id", "month:month"], ["__count"]
                    standard = self.interactions.with_context(interaction_standard_read=True)
                    self.assertEqual(self.interactions._read_group(*args), standard._read_group(*args))

    def test_month_is_looked_up_by_date(self):
        args = [("month", "=", "2026-03-01")], ["partner_id"], ["__count"]
        statements = self.statements(lambda: self.interactions._read_group(*args))
        self.assertIn('"crm_interaction"."date" >=', "".join(statements))

    def test_examples(self):
        self.assertFalse(doctest.testmod(read_plan).failed)
