import itertools
import random

from odoo.tests.common import tagged

from odoo.addons.crm_outsourcing_interactions.models.hours.crm_interaction_hours_pages import FACTORS

from ..models.events.marks import Mark
from .common import InteractionCase

SPECS = ("partner_id", "user_id", "month:month", "month:year", "company_id", "partner_id.country_id")
MEASURES = (
    "__count",
    "contact_hours:sum",
    "work_hours:sum",
    "all_hours:sum",
    "contact_share:avg",
    "reference:avg",
    "cost:sum",
)
MORE_MEASURES = ("contact_hours:avg", "contact_hours:max", "contact_hours:count", "partner_id:count_distinct")
STANDARD = {"interaction_standard_read": Mark(True)}
COLUMNS = ("partner_id", "user_id", "month", "company_id", "currency_id", "month_name", "contact_hours", "work_hours")


@tagged("post_install", "-at_install")
class TestAnalysisHoursReadPath(InteractionCase):
    """Groups, pages and ids of contact hours are those that the interactions themselves give, order included."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dice = dice = random.Random(20121002)
        country = cls.env["res.country"].search([], limit=1).id
        cls.clients = [
            cls.make_client(name=name, country_id=dice.choice([country, False]), user_id=dice.choice([cls.staff.id, 1]))
            for name in ("Beta", "alpha", "Alpha", "Ёлка", "Beta")
        ]
        other = cls.env["res.company"].create({"name": "Other", "interaction_contact_share": 0.5})
        cls.companies = cls.env.company | other
        cls.hours = cls.env["crm.interaction.hours"].with_user(cls.manager)
        cls.both = cls.env["crm.interaction.hours"].with_context(allowed_company_ids=cls.companies.ids)
        interactions = cls.env["crm.interaction"]._by_code()
        made = interactions.create(
            [
                {
                    "partner_id": dice.choice([*(client.id for client in cls.clients), False]),
                    "user_id": dice.choice([cls.staff.id, cls.manager.id, False]),
                    "company_id": dice.choice([*cls.companies.ids, cls.env.company.id]),
                    "date": f"202{dice.randint(5, 6)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02} 12:00:00",
                    "active": dice.random() < 0.9,
                    **({"duration": dice.choice([0, 0.25, 0.5, 3])} if dice.random() < 0.8 else {}),
                }
                for _number in range(250)
            ]
        )
        for interaction in made[:60]:
            interaction.action_ignore()  # leaves rows that take away
        cls.env.flush_all()

    def assert_same(self, ours, standard):
        self.assertEqual(len(ours), len(standard))
        for one, other in zip(ours, standard, strict=True):
            for value, expected in zip(one, other, strict=True):
                self.assertIs(type(value), type(expected))
                if isinstance(expected, float):
                    self.assertAlmostEqual(value, expected, places=9)
                else:
                    self.assertEqual(value, expected)

    def assert_reads_as_rows(self, model, *args, **kwargs):
        ours = model._read_group(*args, **kwargs)
        self.assert_same(ours, model.with_context(**STANDARD)._read_group(*args, **kwargs))
        return ours

    def test_every_grouping(self):
        for number in range(4):
            for groupby in itertools.combinations(SPECS, number):
                for order in (None, ", ".join(groupby)):
                    for measures in (MEASURES, MEASURES[1:5], MEASURES[5:], MORE_MEASURES):
                        for model in (self.hours, self.both):
                            with self.subTest(groupby=groupby, order=order, measures=measures, user=model.env.user):
                                self.assert_reads_as_rows(model, [], groupby, measures, order=order)

    def test_domains(self):
        clients = [client.id for client in self.clients[:2]]
        for domain in (
            [("partner_id", "in", clients)],
            [("partner_id", "=", False)],
            [("month", ">=", "2026-01-01"), ("user_id", "=", self.staff.id)],
            [("partner_id.user_id", "=", self.staff.id)],
            ["|", ("user_id", "=", False), ("partner_id", "ilike", "alpha")],
            [("company_id", "=", self.companies[1].id)],
            [("contact_hours", ">", 0.5)],
            [("work_hours", "=", False), ("month", "<", "2026-01-01")],
            [("partner_id", "=", -1)],
            [("id", ">", 0)],
            [(0, "=", 1)],
        ):
            for groupby in ([], ["partner_id"], ["user_id", "month:month"], ["partner_id", "month:quarter"]):
                with self.subTest(domain=domain, groupby=groupby):
                    self.assert_reads_as_rows(self.both, domain, groupby, MEASURES, order=", ".join(groupby))

    def test_orders_limits_and_conditions_on_groups(self):
        for groupby, kwargs in (
            (["partner_id"], {"order": "contact_hours:sum desc, partner_id", "limit": 3, "offset": 1}),
            (["partner_id"], {"order": "partner_id desc", "having": [("__count", ">", 5)]}),
            (["month:month"], {"order": "__count desc, month:month", "having": [("contact_hours:sum", ">", 5)]}),
        ):
            with self.subTest(**kwargs):
                self.assert_reads_as_rows(self.both, [], groupby, MEASURES[1:5], **kwargs)

    def test_grouping_sets_of_pivots(self):
        for rows, columns in itertools.permutations(SPECS, 2):
            sets = [[rows, columns], [rows], [columns], []]
            for measures in (MEASURES, MEASURES[1:]):
                with self.subTest(rows=rows, columns=columns, measures=measures):
                    ours = self.both._read_grouping_sets([], sets, measures, order=f"{rows}, {columns}")
                    model = self.both.with_context(**STANDARD)
                    odoo = model._read_grouping_sets([], sets, measures, order=f"{rows}, {columns}")
                    for one, other in zip(ours, odoo, strict=True):
                        self.assert_same(one, other)

    def test_what_the_web_client_gets(self):
        sets = [["partner_id", "month:month"], ["partner_id"], ["month:month"], []]
        model = self.both.with_context(lang="en_US", tz="Asia/Tokyo")
        ours = model.formatted_read_grouping_sets([], sets, MEASURES)
        odoo = model.with_context(**STANDARD).formatted_read_grouping_sets([], sets, MEASURES)
        for one, other in zip(ours, odoo, strict=True):
            for group, expected in zip(one, other, strict=True):
                self.assertEqual(list(group), list(expected))
                self.assert_same([tuple(group.values())], [tuple(expected.values())])

    def test_reader_who_sees_own_hours_and_those_for_own_clients(self):
        own = self.hours.with_user(self.staff)
        groups = self.assert_reads_as_rows(own, [], ["partner_id", "user_id"], MEASURES[:-1], order="partner_id")
        for client, user, *_measures in groups:
            self.assertIn(self.staff, client.interaction_accountant_id | user)
        self.assert_same_page(own, [], limit=5)

    # --- the number of rows -----------------------------------------------------------

    def fold(self):
        self.env["crm.interaction.total"]._flush()
        self.env["crm.interaction.total"]._fold()

    def assert_rows_are_counted(self, expected):
        """Compare the number of rows for many groups and domains, and in all with what is expected."""
        of_client = [("partner_id", "=", self.clients[0].id)]
        domains = ([], of_client, [("partner_id.user_id", "=", 1)], [("month", ">=", "2026-01-01")])
        for domain, number in itertools.product(domains, range(3)):
            for groupby in itertools.combinations(SPECS, number):
                for model in (self.both, self.hours.with_user(self.staff)):
                    with self.subTest(domain=domain, groupby=groupby, user=model.env.user):
                        self.assert_reads_as_rows(model, domain, groupby, MEASURES[:-1], order=", ".join(groupby))
        self.assertEqual(self.both._read_group([], [], ["__count"]), [(expected,)])

    def test_rows_are_counted_after_a_fold_and_what_comes_later(self):
        [(before,)] = self.both._read_group([], [], ["__count"])
        self.fold()
        self.assert_rows_are_counted(before)
        client, other = self.clients[:2]
        vals = {"user_id": self.staff.id, "company_id": self.companies[1].id, "date": "2027-03-09 12:00:00"}
        first = self.log(partner_id=client.id, duration=1.0, **vals)
        self.assert_rows_are_counted(before + 1)  # a new one, pending
        second = self.log(partner_id=client.id, duration=2.0, **vals)
        self.assert_rows_are_counted(before + 1)  # the same again
        self.fold()
        second.duration = 0.5
        self.assert_rows_are_counted(before + 1)  # another change of one that is there
        second.partner_id = other
        self.assert_rows_are_counted(before + 2)  # beside it, in the same month
        (first | second).action_ignore()
        self.assert_rows_are_counted(before)  # both are taken away, the aggregate still has one
        self.fold()
        self.assert_rows_are_counted(before)
        without = self.log(partner_id=False, **{**vals, "user_id": False})
        self.assert_rows_are_counted(before + 1)
        self.fold()
        without.duration = 3.0
        self.assert_rows_are_counted(before + 1)  # found again, though it has no client and no responsible

    def test_number_of_rows_is_one_statement(self):
        def read():
            self.hours._read_group([], ["month:month"], ["__count", "contact_hours:sum"])

        read()
        with self.assertQueryCount(1):
            read()

    # --- lists ------------------------------------------------------------------------

    def page(self, model, domain, **kwargs):
        model.env.invalidate_all()
        records = model.search_fetch(domain, COLUMNS, **kwargs)
        return [(record.id, *(record[name] for name in COLUMNS)) for record in records]

    def assert_same_page(self, model, domain, **kwargs):
        ours = self.page(model, domain, **kwargs)
        self.assert_same(ours, self.page(model.with_context(**STANDARD), domain, **kwargs))
        return ours

    def test_pages(self):
        for domain in ([], [("month", ">=", "2026-01-01")], [("partner_id", "=", self.clients[0].id)]):
            for order in (None, "month desc, user_id desc, partner_id, company_id", "partner_id, month, user_id"):
                for limit, offset in ((3, 0), (7, 7), (40, 60), (1000, 0), (5, 1000)):
                    kwargs = {"limit": limit, "offset": offset, "order": f"{order or self.both._order}, company_id"}
                    with self.subTest(domain=domain, **kwargs):
                        self.assert_same_page(self.both, domain, **kwargs)

    def test_months_of_few_rows_do_not_end_a_page_early(self):
        """Many contacts in the newest month, of one client and responsible: one row."""
        for _number in range(FACTORS[-1] * 4):
            self.log(partner_id=self.clients[0].id, user_id=self.staff.id, date="2027-03-09 12:00:00")
        page = self.assert_same_page(self.hours, [], limit=3, order=f"{self.hours._order}, company_id")
        self.assertEqual(len(page), 3)
        self.assertEqual(self.hours.search_count([], limit=3), 3)

    def test_counts(self):
        everything = self.both.with_context(**STANDARD).search_count([])
        for limit in (None, 1, 20, everything - 1, everything, everything + 1):
            with self.subTest(limit=limit):
                self.assertEqual(self.both.search_count([], limit=limit), min(limit or everything, everything))

    def test_rows_are_found_again_by_their_ids(self):
        page = self.page(self.both, [], limit=20, offset=10)
        again = self.both.browse([row[0] for row in page])
        again.env.invalidate_all()
        self.assert_same([(row.id, *(row[name] for name in COLUMNS)) for row in again], page)
        self.assertEqual(self.both.search([("id", "in", again.ids)]), self.both.search([]) & again)
        for kwargs in ({"order": "id desc"}, {"order": "month, id", "limit": 4, "offset": 3}):
            domain = [("id", "in", again.ids)]
            self.assert_same_page(self.both, domain, **kwargs)
            self.assert_same_page(self.both, [], **kwargs)
        other = max(self.both.with_context(**STANDARD).search([]).ids) + 2
        self.assertFalse(self.both.search([("id", "in", [other, other + 1])]))

    def test_page_is_few_statements(self):
        self.page(self.hours, [], limit=5)
        self.env.invalidate_all()
        with self.assertQueryCount(2):  # contacts by month, the page
            self.hours.search_fetch([], COLUMNS, limit=5)
