import itertools
import random
from collections import Counter
from unittest import skipIf

from odoo.tests.common import BaseCase, tagged

from ..models.figures.share_table import Count, client_lines, measure, ratio_cells, share_bounds, share_lines
from ..models.totals.measures import MEASURES, parts_of
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
        "open_share",
    )
)
GROUPINGS = ("kind_id", "type_id", "direction", "commercial_partner_id", "month:month", "month:quarter", "channel")
EXAMPLES = 25
ROLES = ("base", "improvement", "additional", "")
DICT = {role: role for role in ROLES if role}
TURNS_OUT = ("base", "improvement", "additional", "no interaction")


def by_hand(rows):
    """Return what each of ``SPECS`` is for ``(ratio role or "", awaits review)`` of each interaction."""
    n = Counter(role for role, _open in rows)
    known = Counter(role for role, is_open in rows if not is_open)
    open_n = len(rows) - known.total()

    def divided(a, b):
        return a / b if b else False

    def highest(role):
        if known["base"]:
            return (known[role] + open_n) / known["base"]
        return float(known[role] + open_n - 1) if open_n else False

    return [
        value
        for role in ("improvement", "additional")
        for value in (
            divided(n[role], n["base"]),
            divided(known[role], known["base"] + open_n),
            highest(role),
        )
    ] + [divided(open_n, len(rows))]


def extremes(rows, role):
    """Return the least and the most that the ratio of ``role`` is, over all that the open ones could turn out to be."""
    known = [own for own, is_open in rows if not is_open]
    ratios = []
    for turned_out in itertools.product(TURNS_OUT, repeat=len(rows) - len(known)):
        n = Counter([*known, *turned_out])
        if n["base"]:
            ratios.append(n[role] / n["base"])
    return (min(ratios), max(ratios)) if ratios else (None, None)


@tagged("post_install", "-at_install")
class TestAnalysisBounds(InteractionCase):
    """Test ratios, bounds and shares to review against manual counts in all groupings."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.interaction"].search([]).action_archive()
        cls.types = [*cls.env["crm.interaction.type"].search([("is_group", "=", False)]).ids, False]
        cls.clients = [cls.make_client(name=f"Client {number}").id for number in range(2)]

    def check(self, rows):
        """Make interactions of ``(type index, client index, month, channel, state)``; compare every grouping."""
        interactions = self.env["crm.interaction"].create(
            [
                {
                    "type_id": self.types[type_ % len(self.types)],
                    "partner_id": self.clients[client],
                    "date": f"2026-{month:02}-15 12:00:00",
                    "channel": channel,
                    "state": state if self.types[type_ % len(self.types)] else "to_review",
                }
                for type_, client, month, channel, state in rows
            ]
        )
        singles, pairs = itertools.combinations(GROUPINGS, 1), itertools.combinations(GROUPINGS, 2)
        domain = [("id", "in", interactions.ids)]
        for groupby in [(), *singles, *pairs]:
            for *_keys, members, values in self.groups(domain, groupby):
                rows = [(i.kind_id.ratio_role or "", i.state == "to_review" or not i.kind_id) for i in members]
                for value, expected, spec in zip(values, by_hand(rows), SPECS, strict=True):
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
            st.sampled_from(["to_review", "confirmed"]),
        )

        @settings(max_examples=EXAMPLES, deadline=None, database=None, derandomize=True)
        @given(st.lists(row, min_size=1, max_size=40))
        def compare(rows):
            self.check(rows)

        compare()

    def test_nothing_but_unclassified(self):
        self.check([(len(self.types) - 1, 0, 1, "phone", "to_review")])

    def test_guess_is_no_knowledge(self):
        """As once shown: at least 94.1 %, at most 94.1 %, unclassified 0 %, of suggestions that nobody had reviewed."""
        for _number in range(5):
            self.log(partner_id=self.clients[0], type_id=self.type_("2.2.1").id, state="to_review")
            self.log(partner_id=self.clients[0], type_id=self.type_("1.1.2").id, state="to_review")
        [(ratio, low, high, *_additional, to_review)] = self.env["crm.interaction"]._read_group([], [], SPECS)
        self.assertEqual((ratio, low, high, to_review), (1.0, 0.0, 9.0, 1.0))

    def test_counts_of_what_awaits_review(self):
        """In every grouping, whichever table answers, and record by record."""
        first = self.log(partner_id=self.clients[0], type_id=self.types[0], state="to_review", duration=0.25)
        self.log(partner_id=self.clients[0], split_from_id=first.id, date=first.date, state="to_review", duration=1.5)
        self.log(partner_id=self.clients[1], type_id=self.types[1], state="confirmed", duration=4)
        specs = ("open_count:sum", "open_interaction_count:sum", "open_duration:sum", "unclassified_count:sum")
        for groupby in [(), *((name,) for name in (*GROUPINGS, "user_id", "partner_id", "state", "date:week"))]:
            for *_group, members, n, contacts, hours, unclassified in self.env["crm.interaction"]._read_group(
                [], groupby, ["id:recordset", *specs]
            ):
                names = ("open_count", "open_interaction_count", "open_duration", "unclassified_count")
                expected = [sum(members.mapped(name)) for name in names]
                self.assertEqual([n, contacts, hours, unclassified], expected, groupby)
        [total] = self.env["crm.interaction"]._read_group([], [], specs)
        self.assertEqual(total, (2, 1, 1.75, 1))

    def test_bounds_enclose_the_ratio(self):
        self.check([(index, 0, 1, "phone", ("confirmed", "to_review")[index % 2]) for index in range(len(self.types))])
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
        ratio, low, high = (f"{100 * value:.1f}" for value in values[:3])
        self.assertRegex(table, rf"Improvements / base +{ratio} % +{low}–{high} % +bounds +8\.0 %")
        self.assertRegex(table, rf"Client 0 +\d+ .* {100 * values[-1]:.1f} %")


class TestBoundsByBruteForce(BaseCase):
    """Test bounds by brute force: all possible outcomes of small sets to review."""

    def test_all_assignments(self):
        dice = random.Random(20121003)
        seen = Counter()
        for _number in range(300):
            rows = [(dice.choice(ROLES), dice.random() < 0.5) for _row in range(dice.randint(1, 6))]
            rows = [(role, is_open or not role) for role, is_open in rows]
            known = [role for role, is_open in rows if not is_open]
            parts = parts_of(Counter(role for role, _open in rows), DICT, Counter(role for role, o in rows if o))
            for role in ("improvement", "additional"):
                low, high = (MEASURES[f"{role}_{which}"].value(parts) for which in ("low", "high"))
                self.assertEqual((low, high), extremes(rows, role), rows)
                seen["no data" if low is None else "exact" if low == high else "bounds", "base" in known] += 1
        self.assertEqual(len(seen), 5, "a case never came up")

    def test_shares(self):
        dice = random.Random(20121004)
        for _number in range(200):
            known = [dice.choice(ROLES[:3]) for _row in range(dice.randint(0, 4))]
            guesses = [dice.choice(ROLES) for _row in range(dice.randint(0, 5))]
            shares = []
            for turned_out in itertools.product(TURNS_OUT, repeat=len(guesses)):
                rows = [*known, *(role for role in turned_out if role != "no interaction")]
                shares += [rows.count("base") / len(rows)] if rows else []
            n, total = [*known, *guesses].count("base"), len(known) + len(guesses)
            bounds = share_bounds(n, guesses.count("base"), len(guesses), total)
            self.assertEqual(bounds, (min(shares), max(shares)) if shares else (None, None))


@skipIf(given is None, "hypothesis is not installed")
class TestShareTable(BaseCase):
    """Test the pure layers against manual counts."""

    def test_shares_and_bounds(self):
        count = st.builds(
            Count,
            client=st.sampled_from("AB"),
            kind=st.sampled_from("1234"),
            role=st.sampled_from(ROLES),
            n=st.integers(1, 9),
            to_review=st.just(0) | st.just(1),
        )

        @settings(deadline=None, database=None, derandomize=True)
        @given(st.lists(count, min_size=1, max_size=12))
        def compare(counts):
            rows = [(c.role, not c.role or n < c.to_review) for c in counts for n in range(c.n)]
            expected = by_hand(rows)
            for spec, value in zip(SPECS, expected, strict=True):
                measured = measure(counts, spec.removesuffix(":avg"))
                self.assertEqual(measured, None if value is False else value)
            texts = ["–" if value is False else f"{100 * value:.1f} %" for value in expected]
            for role, (value, low, high) in (("improvement", texts[:3]), ("additional", texts[3:6])):
                is_open = any(is_open for _role, is_open in rows)
                range_ = (f"{low[:-2]}–{high}", "bounds") if is_open else ("", "exact")
                expected_cells = (value, *range_) if value != "–" else ("–", "", "")
                self.assertEqual(ratio_cells(counts, role, ("exact", "bounds")), expected_cells)
            labels = {"unclassified": "?", "total": "all", "exact": "exact", "bounds": "bounds"}
            lines = share_lines(counts, labels)
            self.assertEqual(sum(int(line[1]) for line in lines[:-1]), len(rows))
            self.assertEqual(sum(int(line[1]) for line in client_lines(counts)), len(rows))

        compare()
