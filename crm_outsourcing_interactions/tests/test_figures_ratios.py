import itertools
import random

from odoo.tests.common import tagged

from .common import InteractionCase

GROUPINGS = ("kind_id", "type_id", "direction", "commercial_partner_id", "user_id", "date:month", "state", "channel")
MEASURES = ("improvement_ratio:avg", "additional_ratio:avg")


@tagged("post_install", "-at_install")
class TestAnalysisRatios(InteractionCase):
    """Test grouped ratios against manual counts at every level."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.interaction"].search([]).action_archive()
        dice = random.Random(20121001)
        types = cls.env["crm.interaction.type"].search([("is_group", "=", False)]).ids
        clients = [cls.make_client(name=f"Client {number}").id for number in range(3)]
        cls.interactions = cls.env["crm.interaction"].create(
            [
                {
                    "partner_id": dice.choice(clients),
                    "type_id": dice.choice([*types, False]),
                    "user_id": dice.choice([cls.staff.id, cls.manager.id]),
                    "date": f"2026-{dice.randint(1, 3):02}-{dice.randint(1, 28):02} 12:00:00",
                    "channel": dice.choice(["phone", "email"]),
                }
                for _number in range(200)
            ]
        )

    def counted(self, interactions, role):
        of_role = {
            name: len(interactions.filtered(lambda i, name=name: i.kind_id.ratio_role == name))
            for name in ("base", role)
        }
        return of_role[role] / of_role["base"] if of_role["base"] else None

    def assert_ratio(self, value, interactions, role):
        expected = self.counted(interactions, role)
        if expected is None:
            self.assertIs(value, False)
        else:
            self.assertAlmostEqual(value, expected, places=9)

    def test_ratios_of_all(self):
        [(improvement, additional)] = self.env["crm.interaction"]._read_group([], [], MEASURES)
        self.assert_ratio(improvement, self.interactions, "improvement")
        self.assert_ratio(additional, self.interactions, "additional")

    def test_ratios_at_every_grouping(self):
        for groupby in [*itertools.combinations(GROUPINGS, 1), *itertools.combinations(GROUPINGS, 2)]:
            groups = self.env["crm.interaction"]._read_group([], groupby, ["id:recordset", *MEASURES])
            with self.subTest(groupby=groupby):
                self.assertEqual(sum(len(group[-3]) for group in groups), 200)
                for *_group, members, improvement, additional in groups:
                    self.assert_ratio(improvement, members, "improvement")
                    self.assert_ratio(additional, members, "additional")

    def test_base_of_the_ratios(self):
        self.assertEqual(sum(self.interactions.mapped("base_count")), self.of_base(self.interactions))
        for groupby in ((), ("kind_id",), ("commercial_partner_id", "month:month"), ("user_id", "channel")):
            groups = self.env["crm.interaction"]._read_group([], groupby, ["id:recordset", "base_count:sum"])
            for *_group, members, n in groups:
                self.assertEqual(n, self.of_base(members))

    def of_base(self, interactions):
        return len(interactions.filtered(lambda i: i.kind_id.ratio_role == "base"))

    def test_no_base_is_no_data(self):
        kind = self.env.ref("crm_outsourcing_interactions.kind_3")
        [(ratio,)] = self.env["crm.interaction"]._read_group([("kind_id", "=", kind.id)], [], ["additional_ratio:avg"])
        self.assertIs(ratio, False)

    def test_pivot_reads_the_ratios(self):
        groups = self.env["crm.interaction"].formatted_read_group([], ["kind_id"], ["__count", *MEASURES])
        self.assertEqual(sum(group["__count"] for group in groups), 200)

    def test_contacts_are_counted_without_further_purposes(self):
        first = self.interactions[0]
        self.env["crm.interaction"]._by_code().create(
            {"partner_id": first.partner_id.id, "split_from_id": first.id, "date": first.date}
        )
        groups = self.env["crm.interaction"]._read_group([], [], ["__count", "interaction_count:sum"])
        self.assertEqual(groups, [(201, 200)])
        self.assertEqual(sum(self.env["crm.interaction"].search([]).mapped("interaction_count")), 200)

    def test_kind_that_is_archived_stays_in_the_ratios(self):
        before = self.env["crm.interaction"]._read_group([], [], MEASURES)
        self.env.ref("crm_outsourcing_interactions.kind_2").active = False
        self.assertEqual(self.env["crm.interaction"]._read_group([], [], MEASURES), before)

    def test_share_table_says_the_same(self):
        table = self.env["crm.interaction"]._share_table()
        [(improvement,)] = self.env["crm.interaction"]._read_group([], [], MEASURES[:1])
        self.assertRegex(table, rf"Improvements / base +{100 * improvement:.1f} % .* 8\.0 %")
        self.assertIn("Unclassified", table)
        for number in range(3):
            self.assertIn(f"Client {number}", table)

    def test_share_table_of_nothing(self):
        self.assertIn("–", self.env["crm.interaction"]._share_table([("id", "=", 0)]))
