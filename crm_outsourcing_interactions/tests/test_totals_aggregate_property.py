from datetime import date, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests.common import tagged

from ..models.events.marks import marked
from .test_totals_aggregate import AggregateCase

NUMBER = st.integers(0, 10_000)
ZONES = ("UTC", "Asia/Tokyo", "America/New_York")


class Operations:
    """Define operations on interactions; two numbers choose the records."""

    def __init__(self, case):
        self.case, self.env = case, case.env

    def pick(self, number):
        everything = self.env["crm.interaction"].with_context(active_test=False).search([], order="id")
        return everything[number % len(everything)]

    def client(self, number):
        clients = self.case.clients.exists()
        return clients[number % len(clients)]

    def type(self, number):
        return self.case.types[number % len(self.case.types)]

    def add(self, one, two):
        moment = datetime(2026, 1 + one % 12, 1 + two % 28, 23, 30)
        self.case.log(partner_id=self.client(one).id, type_id=self.type(two).id, date=moment, duration=one % 7 / 3)

    def capture(self, one, two):
        event = self.case.event(f"k{one % 5}", self.client(one), datetime(2026, 1 + one % 12, 28, 23, 30))
        self.env["crm.interaction.pipeline"]._run([event])

    def type_change(self, one, two):
        self.pick(one).type_id = self.type(two)

    def unclassify(self, one, two):
        self.pick(one).type_id = False

    def ignore(self, one, two):
        self.pick(one).action_ignore()

    def archive(self, one, two):
        self.pick(one).active = two % 2

    def split(self, one, two):
        first = self.pick(one)
        self.env["crm.interaction"]._by_code().create({**first._prepare_split_vals(), "type_id": self.type(two).id})

    def describe(self, one, two):
        channel, polarity = ("phone", "email")[one % 2], ("negative", False)[two % 2]
        self.pick(one).write({"channel": channel, "polarity": polarity, "service_id": self.case.service.id})

    def spend(self, one, two):
        self.pick(one).duration = two % 9 / 7

    def move(self, one, two):
        self.pick(one).date = datetime(2025, 1 + two % 12, 1, 0, 15)

    def hand_over(self, one, two):
        self.pick(one).user_id = self.case.staff if two % 2 else False

    def other_client(self, one, two):
        self.pick(one).partner_id = self.client(two)

    def delete(self, one, two):
        interaction = self.pick(one)
        if not interaction.event and len(self.env["crm.interaction"].search([], limit=2)) > 1:
            interaction.unlink()

    def merge(self, one, two):
        kept, gone = self.client(one), self.client(two)
        if kept != gone:
            self.env["base.partner.merge.automatic.wizard"]._merge([kept.id, gone.id], kept)

    def time_zone(self, one, two):
        self.env.company.interaction_tz = ZONES[one % len(ZONES)]

    def compact(self, one, two):
        self.case.aggregate._flush()
        self.case.aggregate._fold()


NAMES = [name for name in vars(Operations) if not name.startswith("_") and name not in ("pick", "client", "type")]


@tagged("post_install", "-at_install")
class TestAnalysisAggregateProperty(AggregateCase):
    """Test that aggregates equal the interactions after any sequence of operations."""

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(st.lists(st.tuples(st.sampled_from(NAMES), NUMBER, NUMBER), min_size=1, max_size=12))
    def test_aggregates_equal_the_interactions(self, steps):
        with self.env.cr.savepoint(flush=False) as savepoint:
            operations = Operations(self)
            for name, one, two in steps:
                getattr(operations, name)(one, two)
                self.assertEqual(self.aggregate._check(), [], f"after {name}({one}, {two})")
            self.assert_reads_alike()
            self.env.flush_all()
            savepoint.rollback()
            self.env.invalidate_all(flush=False)
            self.env.registry.clear_cache()
        self.assert_right()

    def assert_reads_alike(self):
        interactions = self.env["crm.interaction"]
        standard = marked(interactions, "interaction_standard_read")
        measures = ["__count", "interaction_count:sum", "improvement_ratio:avg"]
        for groupby in (["commercial_partner_id"], ["month:month", "channel"], ["user_id", "type_id"]):
            order = ", ".join(groupby)
            self.assertEqual(
                interactions._read_group([], groupby, measures, order=order),
                standard._read_group([], groupby, measures, order=order),
            )
        hours = self.env["crm.interaction.hours"]
        standard = marked(hours, "interaction_standard_read")
        for groupby in (["partner_id"], ["user_id", "month:month"], []):
            arguments = ([], groupby, ["__count"])
            self.assertEqual(hours._read_group(*arguments), standard._read_group(*arguments))

    def test_every_operation_alone(self):
        """So that none is skipped by chance."""
        for name in NAMES:
            with self.subTest(name):
                getattr(Operations(self), name)(3, 5)
                self.assert_right()

    def test_time_zone_moves_the_sums(self):
        self.env.company.interaction_tz = "UTC"
        self.log(date="2024-01-31 23:30:00")
        self.env.company.interaction_tz = "Asia/Tokyo"
        groups = self.env["crm.interaction"]._read_group([("month", "<", "2025-01-01")], ["month:month"], ["__count"])
        self.assertEqual(groups, [(date(2024, 2, 1), 1)])
        self.assert_right()
