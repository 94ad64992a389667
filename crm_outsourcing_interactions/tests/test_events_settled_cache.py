from datetime import date, datetime

from odoo.tests.common import tagged

from odoo.addons.crm_outsourcing_interactions.models.events.event import Event

from .common import InteractionCase


@tagged("post_install", "-at_install")
class TestSettledCache(InteractionCase):
    """Test that no cache keeps values of a transaction that is rolled back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_company = cls.make_client()
        cls.company = cls.env.company
        cls.company.interaction_tz = "UTC"

    def month_of_new(self, key):
        """Return the month of a new contact at the end of October, UTC."""
        event = Event(
            "message_in", self.client_company, key, date=datetime(2026, 10, 31, 23, 30), partner=self.client_company,
            company=self.company,
        )  # fmt: skip
        return self.env["crm.interaction.pipeline"]._run([event]).month

    def undone(self, action):
        """Do ``action()`` in a savepoint that is rolled back, and a read of what it changed as well."""
        with self.env.cr.savepoint() as savepoint:
            action()
            self.env.flush_all()
            found = self.month_of_new("inside"), self.env["crm.interaction.rule"]._specs()
            savepoint.rollback()
        return found

    def test_time_zone_that_was_undone(self):
        month, _specs = self.undone(lambda: self.company.write({"interaction_tz": "Asia/Tokyo"}))
        self.assertEqual(month, date(2026, 11, 1))
        self.assertEqual(self.month_of_new("after"), date(2026, 10, 1))
        self.env.registry.cache_invalidated.clear()  # the next transaction of the worker begins
        self.assertEqual(self.month_of_new("next"), date(2026, 10, 1))

    def test_rule_that_was_undone(self):
        vals = {"name": "Undone", "event": "message_in", "type_id": self.type_("1.1.2").id, "sequence": -9}
        _month, inside = self.undone(lambda: self.env["crm.interaction.rule"].create(vals))
        self.assertIn("Undone", str(inside))
        for _transaction in range(2):
            self.assertNotIn("Undone", str(self.env["crm.interaction.rule"]._specs()))
            self.env.registry.cache_invalidated.clear()

    def test_all_caches_of_the_addon_are_of_this_sort(self):
        """But one of facts, which tells apart by itself what is not committed, and what tells of the emptying."""
        found = set()
        for model in self.env.registry.values():
            for klass in model.mro():
                for name, member in vars(klass).items():
                    cache = getattr(member, "__cache__", None)
                    if cache and klass.__module__.startswith("odoo.addons.crm_outsourcing_interactions."):
                        found.add((name, type(cache).__name__))
        plain = {name for name, kind in found if kind != "settled_cache"}
        self.assertEqual(plain, {"_shared_facts", "_current"})
        self.assertGreater(len(found), 10)
