"""Matters change no share: the same history gives the same interactions with and without them."""

from collections import Counter
from unittest.mock import patch

from hypothesis import HealthCheck, given, settings

from odoo.tests.common import tagged

from ..models import pipeline
from .history_events import EVENTS, History
from .test_interaction_random_history import RandomHistoryCase, steps

NAMES = (
    "direction", "state", "quality", "classified_by", "channel", "event", "polarity", "duration", "month", "active",
)  # fmt: skip


def without_matters(entries):
    return {name: entry for name, entry in entries.items() if name != "matter"}


@tagged("post_install", "-at_install")
class TestMattersShares(RandomHistoryCase):
    def lived(self, history, is_counted):
        """Return a ``Counter`` of the values of all interactions after ``history``, and the number of matters."""
        model = type(self.env["crm.interaction.pipeline"])
        changed = {
            "_steps": lambda self: without_matters(pipeline.STEPS),
            "_changes": lambda self: without_matters(pipeline.CHANGES),
            "_created": lambda self, rows: None,
        }
        patched = {"_created": model._created} if is_counted else changed
        with self.env.cr.savepoint(flush=False) as savepoint, patch.multiple(model, **patched):
            events = History(self)
            for name, one, two in history:
                getattr(events, name)(one, two)
            self.env.flush_all()
            rows = self.env["crm.interaction"]._everything().search([])
            found = Counter(
                (
                    *(row[name] for name in NAMES),
                    row.type_id.code,
                    row.kind_id.code,
                    row.commercial_partner_id.name,
                    row.user_id.login,
                )
                for row in rows
            )
            matters = self.env["crm.interaction.matter"].search_count([])
            pending = rows.filtered("matter_pending")
            savepoint.rollback()
            self.env.invalidate_all(flush=False)
            self.env.registry.clear_cache()
        self.assertFalse(pending)
        return found, matters

    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(steps(12))
    def test_same_history_gives_the_same_interactions(self, history):
        self.compare(history)

    def test_every_event_gives_the_same_interactions(self):
        self.assertTrue(self.compare([(name, 3, 5) for name in EVENTS]))

    def compare(self, history):
        """Check that ``history`` gives the same interactions; return the number of matters."""
        (without, nothing), (found, matters) = self.lived(history, False), self.lived(history, True)
        self.assertEqual(nothing, 0)
        self.assertEqual(found, without)
        return matters
