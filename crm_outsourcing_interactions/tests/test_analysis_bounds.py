import itertools
from unittest import skipIf

from odoo.tests.common import BaseCase, tagged

from ..models.analysis.measures import MEASURES
from ..models.analysis.share_table import Count, client_lines, ratio_cells, share_lines
from .common import InteractionCase

try:
    from hypothesis import given, settings
    from hypothesis import strategies as st
except ImportError:  # a firm's Odoo need not have it
    given = None

SPECS = tuple(
    f"{name}:avg"
    for name in (
        "improvement_ratio",
        "improvement_low",
        "improvement_high",
        "additional_ratio",
        "additional_low",
        "additional_high",
        "unclassified_share",
    )
)
GROUPINGS = ("kind_id", "type_id", "direction", "commercial_partner_id", "month:month", "month:quarter", "channel")
EXAMPLES = 25
ROLES = ("base", "improvement", "additional", "")


def by_hand(roles):
    """Return what each of ``SPECS`` is for interactions of these ratio roles, empty for those to classify."""
    n = {role: roles.count(role) for role in ROLES}

    def divided(a, b):
        return a / b if b else False

    return [
        bound
        for role in ("improvement", "additional")
        for bound in (
            divided(n[role], n["base"]),
            divided(n[role], n["base"] + n[""]),
            divided(n[role] + n[""], n["base"]),
        )
    ] + [divided(n[""], len(roles))]


@tagged("post_install", "-at_install")
class TestAnalysisBounds(InteractionCase):
    """Ratios, their bounds and the part to classify are those of a count by hand, at every grouping."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.interaction"].search([]).action_archive()
        cls.types = [*cls.env["crm.interaction.type"].search([("is_group", "=", False)]).ids, False]
        cls.clients = [cls.make_client(name=f"Client {number}").id for number in range(2)]

    def check(self, rows):
        """Make interactions of ``(type index, client index, month, channel)`` and compare them at every grouping."""
        interactions = self.env["crm.interaction"].create(
            [
                {
                    "type_id": self.types[type_ % len(self.types)],
                    "partner_id": self.clients[client],
                    "date": f"2026-{month:02}-15 12:00:00",
                    "channel": channel,
                }
                for type_, client, month, channel in rows
            ]
        )
        singles, pairs = itertools.combinations(GROUPINGS, 1), itertools.combinations(GROUPINGS, 2)
        domain = [("id", "in", interactions.ids)]
        for groupby in [(), *singles, *pairs]:
            for *_keys, members, values in self.groups(domain, groupby):
                roles = [interaction.kind_id.ratio_role or "" for interaction in members]
                for value, expected, spec in zip(values, by_hand(roles), SPECS, strict=True):
                    if expected is False:
                        self.assertIs(value, False, (groupby, spec))
                    else:
                        self.assertAlmostEqual(value, expected, places=12, msg=(groupby, spec))
        interactions.unlink()

    def groups(self, domain, groupby):
        for group in self.env["crm.interaction"]._read_group(domain, groupby, ["id:recordset", *SPECS]):
            yield (*group[: len(groupby)], group[len(groupby)], group[len(groupby) + 1 :])

    @skipIf(given is None, "hypothesis is not installed")
    def test_random_data(self):
        row = st.tuples(
            st.integers(0, len(self.types) - 1),
            st.integers(0, 1),
            st.integers(1, 5),
            st.sampled_from(["phone", "email"]),
        )

        @settings(max_examples=EXAMPLES, deadline=None, database=None, derandomize=True)
        @given(st.lists(row, min_size=1, max_size=40))
        def compare(rows):
            self.check(rows)

        compare()

    def test_nothing_but_unclassified(self):
        self.check([(len(self.types) - 1, 0, 1, "phone")])

    def test_bounds_enclose_the_ratio(self):
        self.check([(index, 0, 1, "phone") for index in range(len(self.types))])
        for type_id in self.types:
            self.log(partner_id=self.clients[0], type_id=type_id)
        [values] = self.env["crm.interaction"]._read_group([], [], SPECS)
        ratio, low, high, additional, additional_low, additional_high, unclassified = values
        self.assertTrue(low < ratio < high and additional_low < additional < additional_high)
        self.assertGreater(unclassified, 0)

    def test_pivot_of_the_web_client_reads_the_same(self):
        for type_id in self.types:
            self.log(partner_id=self.clients[0], type_id=type_id, date="2026-02-01")
        [total, by_month] = self.env["crm.interaction"].formatted_read_grouping_sets(
            [], [[], ["month:month"]], ["__count", *SPECS]
        )
        for spec in SPECS:
            self.assertAlmostEqual(total[0][spec], by_month[0][spec], places=12)

    def test_share_table_says_the_same(self):
        for type_id in (*self.types, False):
            self.log(partner_id=self.clients[0], type_id=type_id)
        table = self.env["crm.interaction"]._share_table()
        [values] = self.env["crm.interaction"]._read_group([], [], SPECS)
        ratio, low, high = (f"{100 * value:.1f} %" for value in values[:3])
        self.assertRegex(table, rf"Improvements / base +{ratio} +{low} +{high} +8\.0 %")
        self.assertRegex(table, rf"Client 0 +\d+ .* {100 * values[-1]:.1f} %")


@skipIf(given is None, "hypothesis is not installed")
class TestShareTable(BaseCase):
    """The pure layers agree with a count by hand, whatever the counts."""

    def test_shares_and_bounds(self):
        count = st.builds(
            Count,
            client=st.sampled_from("AB"),
            kind=st.sampled_from("1234"),
            role=st.sampled_from(ROLES),
            n=st.integers(1, 9),
        )

        @settings(deadline=None, database=None, derandomize=True)
        @given(st.lists(count, min_size=1, max_size=12))
        def compare(counts):
            roles = [count.role for count in counts for _n in range(count.n)]
            expected = by_hand(roles)
            parts = {role or "unclassified": roles.count(role) for role in ROLES} | {"all": len(roles)}
            for spec, value in zip(SPECS, expected, strict=True):
                measured = MEASURES[spec.removesuffix(":avg")].value(parts)
                self.assertEqual(measured, None if value is False else value)
            texts = ["–" if value is False else f"{100 * value:.1f} %" for value in expected]
            self.assertEqual(list(ratio_cells(counts, "improvement")), texts[:3])
            self.assertEqual(list(ratio_cells(counts, "additional")), texts[3:6])
            lines = share_lines(counts, {"unclassified": "?", "total": "all"})
            self.assertEqual(sum(int(n) for _kind, n, _share in lines[:-1]), len(roles))
            self.assertEqual(sum(int(line[1]) for line in client_lines(counts)), len(roles))

        compare()
