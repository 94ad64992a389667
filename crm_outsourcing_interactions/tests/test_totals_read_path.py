import itertools
import random
import re

from odoo.exceptions import AccessError
from odoo.tests.common import tagged

from ..models.events.marks import Mark
from ..models.totals.plan import TOTALS
from .common import InteractionCase

KEYS = ("kind_id", "type_id", "direction", "commercial_partner_id", "user_id", "month:month", "month:quarter")
WAYS = ("channel", "event", "service_id", "state", "quality", "polarity")
OTHERS = ("partner_id", "date:week", "active", "classified_by", "commercial_partner_id.country_id")
OPEN_SUMS = ("open_count:sum", "open_interaction_count:sum", "open_duration:sum")
OPEN = (*OPEN_SUMS, "improvement_low:avg", "additional_high:avg")
MEASURES = ("__count", "interaction_count:sum", "duration:sum", "improvement_ratio:avg", "additional_ratio:avg", *OPEN)
MORE_MEASURES = ("duration:avg", "duration:count", "duration:max", "date:min", "type_id:count")
TABLES = (*(total.name for total in TOTALS), "crm_interaction")
STANDARD = {"interaction_standard_read": Mark(True)}


@tagged("post_install", "-at_install")
class TestAnalysisReadPath(InteractionCase):
    """Test that every request returns the same result as Odoo, order included."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.interaction"].search([]).action_archive()
        cls.dice = dice = random.Random(20121002)
        cls.interactions = cls.env["crm.interaction"].with_user(cls.manager)
        types = cls.env["crm.interaction.type"].search([("is_group", "=", False)]).ids
        services = cls.env["crm.interaction.service"].search([], limit=3).ids
        countries = [*cls.env["res.country"].search([], limit=3).ids, False]
        cls.clients = [
            cls.make_client(name=name, country_id=dice.choice(countries), user_id=dice.choice([cls.staff.id, False]))
            for name in ("Beta", "alpha", "Alpha", "Ёлка", "Beta", "Zeta")
        ]
        interactions = cls.env["crm.interaction"]._by_code()
        made = interactions.create(
            [
                {
                    "partner_id": dice.choice([*(client.id for client in cls.clients), False]),
                    "type_id": (type_id := dice.choice([*types, False])),
                    **({"state": dice.choice(["to_review", "confirmed"])} if type_id else {}),
                    **({} if type_id else {"direction": dice.choice(["incoming", "outgoing", False])}),
                    "user_id": dice.choice([cls.staff.id, cls.manager.id, False]),
                    "date": f"202{dice.randint(4, 6)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02} 23:30:00",
                    "channel": dice.choice(["phone", "email"]),
                    "event": dice.choice(["message_in", "activity_done", False]),
                    "service_id": dice.choice([*services, False]),
                    "polarity": dice.choice(["positive", "negative", False]),
                    "active": dice.random() < 0.9,
                    **({"duration": dice.choice([0, 0.125, 0.25, 0.375])} if dice.random() < 0.6 else {}),  # exact sums
                }
                for _number in range(300)
            ]
        )
        for first in made[:30]:
            first._by_code().copy({"split_from_id": first.id, "date": first.date})

    def assert_same(self, ours, standard):
        """Compare results; sums of floats may differ in the order of addition."""
        self.assertEqual(len(ours), len(standard))
        for one, other in zip(ours, standard, strict=True):
            for value, expected in zip(one, other, strict=True):
                if isinstance(expected, float):
                    self.assertAlmostEqual(value, expected, places=9)
                else:
                    self.assertEqual(value, expected)
                    self.assertIs(type(value), type(expected))

    def assert_reads_as_odoo(self, model, *args, **kwargs):
        ours = model._read_group(*args, **kwargs)
        self.assert_same(ours, model.with_context(**STANDARD)._read_group(*args, **kwargs))
        return ours

    def test_every_grouping(self):
        specs = (*KEYS, *WAYS, *OTHERS)
        for groupby in ((), *itertools.combinations(specs, 1), *itertools.combinations(specs, 2)):
            for order in (None, ", ".join(groupby)):
                with self.subTest(groupby=groupby, order=order):
                    self.assert_reads_as_odoo(self.interactions, [], groupby, MEASURES, order=order)

    def test_orders_limits_and_conditions_on_groups(self):
        for groupby, kwargs in (
            (["commercial_partner_id"], {"order": "commercial_partner_id desc"}),
            (["commercial_partner_id"], {"order": "commercial_partner_id nulls first", "limit": 3}),
            (["commercial_partner_id"], {"order": "__count desc, commercial_partner_id", "limit": 2, "offset": 1}),
            (["month:quarter", "kind_id"], {"order": "month:quarter desc, kind_id desc"}),
            (["type_id"], {"order": "duration:sum desc, type_id", "having": [("__count", ">", 10)]}),
            (["type_id"], {"having": ["|", ("improvement_ratio:avg", ">", 0), ("interaction_count:sum", "<", 9)]}),
            (["channel", "user_id"], {"order": "user_id desc, channel", "having": [("duration:sum", ">", 1)]}),
            (["date:day_of_week"], {"order": "date:day_of_week"}),
            (["user_id"], {"order": "user_id", "limit": 1}),
        ):
            with self.subTest(groupby=groupby, **kwargs):
                self.assert_reads_as_odoo(self.interactions, [], groupby, MEASURES, **kwargs)

    def test_domains(self):
        kinds = self.env["crm.interaction.kind"].search([], limit=2).ids
        domains = [
            [("commercial_partner_id", "in", [client.id for client in self.clients[:2]])],
            [("month", ">=", "2025-01-01"), ("month", "<=", "2025-06-30"), ("kind_id", "in", kinds)],
            [("commercial_partner_id.country_id", "!=", False)],
            ["|", ("user_id", "=", self.staff.id), ("type_id", "=", False)],
            [("commercial_partner_id", "ilike", "alpha")],
            [("direction", "=", "incoming"), ("company_id", "=", self.env.company.id)],
            [("id", ">", 0)],
            [("active", "=", False)],
            [("active", "in", [True, False]), ("kind_id", "!=", False)],
            [("date", ">=", "2025-03-31 22:30:00")],
            [("type_id", "child_of", self.env["crm.interaction.type"].search([("is_group", "=", True)], limit=1).ids)],
            [("id", "=", 0)],
            [("kind_id", "=", -1)],
            ["!", ("channel", "=", "phone")],
        ]
        for domain in domains:
            for groupby in ([], ["kind_id"], ["user_id", "month:year"], ["commercial_partner_id", "direction"]):
                with self.subTest(domain=domain, groupby=groupby):
                    self.assert_reads_as_odoo(self.interactions, domain, groupby, MEASURES, order=", ".join(groupby))

    def test_more_measures(self):
        for groupby in ([], ["kind_id"], ["channel", "month:month"], ["commercial_partner_id", "user_id"]):
            for measures in (MORE_MEASURES, MEASURES[:3], ("__count", "base_count:sum")):
                with self.subTest(groupby=groupby, measures=measures):
                    self.assert_reads_as_odoo(self.interactions, [], groupby, measures, order=", ".join(groupby))

    def test_grouping_sets_of_pivots(self):
        for rows, columns in itertools.permutations((*KEYS, "channel", "service_id", "date:day", "partner_id"), 2):
            sets = [[rows, columns], [rows], [columns], []]
            with self.subTest(rows=rows, columns=columns):
                order = f"{rows}, {columns}"
                ours = self.interactions._read_grouping_sets([], sets, MEASURES, order=order)
                odoo = self.interactions.with_context(**STANDARD)._read_grouping_sets([], sets, MEASURES, order=order)
                for one, other in zip(ours, odoo, strict=True):
                    self.assert_same(one, other)

    def test_grouping_sets_of_nothing(self):
        sets = [["kind_id"], []]
        for domain in ([("kind_id", "=", -1)], [("kind_id", "=", -1), ("channel", "=", "phone")]):
            ours = self.interactions._read_grouping_sets(domain, sets, MEASURES)
            odoo = self.interactions.with_context(**STANDARD)._read_grouping_sets(domain, sets, MEASURES)
            self.assertEqual(ours, odoo)

    def test_what_the_web_client_gets(self):
        context = {"lang": "en_US", "tz": "Asia/Tokyo"}
        for rows, columns, fill in (
            ("commercial_partner_id", "month:month", True),
            ("commercial_partner_id.country_id", "date:month_number", False),
            ("active", "date:week", False),
            ("res_id", "type_id", False),
        ):
            with self.subTest(rows=rows, columns=columns):
                arguments = ([], [[rows, columns], [rows], [columns], []], list(MEASURES))
                model = self.interactions.with_context(**context, fill_temporal=fill)
                odoo = model.with_context(**STANDARD).formatted_read_grouping_sets(*arguments)
                ours = model.formatted_read_grouping_sets(*arguments)
                for one, other in zip(ours, odoo, strict=True):
                    for group, expected in zip(one, other, strict=True):
                        self.assertEqual(list(group), list(expected))
                        self.assertEqual(group["__extra_domain"], expected["__extra_domain"])
                        self.assertEqual({**group, "duration:sum": 0}, {**expected, "duration:sum": 0})

    def test_reader_who_sees_own_clients_only(self):
        own = self.env["crm.interaction"].with_user(self.staff)
        for groupby in (["kind_id"], ["commercial_partner_id", "month:month"]):
            ours = self.assert_reads_as_odoo(own, [], groupby, MEASURES, order=", ".join(groupby))
            self.assertLess(sum(group[-5] for group in ours), len(self.interactions.search([])))

    def test_other_companies_are_not_summed(self):
        company = self.env["res.company"].create({"name": "Other"})
        self.log(company_id=company.id, user_id=False)
        self.assert_reads_as_odoo(self.interactions, [], ["kind_id"], MEASURES)
        both = self.interactions.sudo()
        self.assert_reads_as_odoo(both, [], ["company_id"], MEASURES, order="company_id")

    def test_reader_without_access(self):
        nobody = self.make_staff(login="nobody", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.env["crm.interaction"].with_user(nobody)._read_group([], ["kind_id"], ["__count"])

    def test_archived_records_on_request(self):
        model = self.interactions.with_context(active_test=False)
        self.assert_reads_as_odoo(model, [], ["kind_id"], MEASURES, order="kind_id")

    def test_pending_changes_are_seen(self):
        before = dict(self.interactions._read_group([], ["kind_id"], ["__count"]))
        interaction = self.env["crm.interaction"].search([("kind_id", "!=", False)], limit=1)
        kind = interaction.kind_id
        interaction.action_ignore()
        after = dict(self.interactions._read_group([], ["kind_id"], ["__count"]))
        self.assertEqual(after[kind], before[kind] - 1)

    def test_groups_that_are_gone_do_not_appear(self):
        client = self.make_client(name="Gone")
        interaction = self.log(partner_id=client.id)
        interaction.unlink()
        self.assertNotIn(client, [group[0] for group in self.interactions._read_group([], ["commercial_partner_id"])])
        self.assert_reads_as_odoo(self.interactions, [], ["commercial_partner_id"], order="commercial_partner_id")

    # --- where from, and how often ----------------------------------------------------

    def tables_read(self, *args, **kwargs):
        statements = self.statements(lambda: self.interactions._read_group(*args, **kwargs))
        return {table for statement in statements for table in TABLES if re.search(rf'FROM "?{table}"? ', statement)}

    def test_aggregates_answer_what_they_can(self):
        of_client, of_work, of_hours, facts = TABLES
        for args, table in (
            (([], ["kind_id", "month:month"], MEASURES), of_client),
            (([], ["commercial_partner_id", "kind_id"], MEASURES), of_client),
            (([("month", ">=", "2026-01-01")], ["commercial_partner_id"], ["duration:avg"]), of_client),
            (([("commercial_partner_id.country_id", "=", 1)], ["month:year"], ["__count"]), of_client),
            (([("user_id", "=", self.staff.id)], ["type_id"], ["__count"]), of_work),
            (([("channel", "=", "phone")], ["kind_id"], ["__count"]), of_work),
            (([("state", "=", "to_review")], ["event", "quality", "direction"], MEASURES), of_work),
            (([("channel", "=", "phone")], ["user_id"], ["__count"]), of_work),
            (([("user_id", "=", self.staff.id)], ["commercial_partner_id", "month:month"], MEASURES[:3]), of_hours),
            (([], ["commercial_partner_id", "user_id"], MEASURES), facts),
            (([], ["commercial_partner_id", "type_id"], ["__count"]), facts),
            (([], ["service_id"], ["__count"]), facts),
            (([("service_id.name", "ilike", "a")], ["type_id", "direction"], MEASURES), facts),
            (([("event", "=", "message_in")], ["commercial_partner_id", "month:month"], ["__count"]), facts),
            (([("date", ">=", "2026-01-01")], ["kind_id"], ["__count"]), facts),
            (([("active", "in", [True, False])], ["kind_id"], ["__count"]), facts),
            (([], ["kind_id"], ["id:recordset"]), facts),
            (([], ["kind_id"], ["duration:max"]), facts),
        ):
            with self.subTest(args=args):
                self.assertEqual(self.tables_read(*args), {table})

    def test_pivot_is_one_statement(self):
        sets = [["commercial_partner_id", "month:month"], ["commercial_partner_id"], ["month:month"], []]
        self.interactions._read_grouping_sets([], sets, MEASURES)
        self.env.flush_all()
        for extra in ([], [("channel", "=", "phone")]):
            with self.assertQueryCount(1):
                self.interactions._read_grouping_sets(extra, sets, MEASURES, order="commercial_partner_id, month:month")
        with self.assertQueryCount(1):
            self.interactions._read_grouping_sets([], [["service_id", "channel"], []], MEASURES, order="service_id")

    def test_reading_writes_nothing(self):
        self.env.flush_all()  # a replica that takes no writes can serve it
        with self.env.cr.savepoint() as savepoint:
            self.env.cr.execute("SET LOCAL transaction_read_only = on")
            self.interactions.formatted_read_grouping_sets([], [["kind_id", "month:month"], []], list(MEASURES))
            self.interactions.formatted_read_group([("channel", "=", "phone")], ["user_id"], list(MEASURES))
            savepoint.rollback()  # read-only ends with it
