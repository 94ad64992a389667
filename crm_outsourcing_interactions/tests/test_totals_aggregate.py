from contextlib import contextmanager
from datetime import datetime

from odoo.exceptions import AccessError
from odoo.tests.common import tagged

from odoo.addons.crm_outsourcing_interactions.models.events.event import Event
from odoo.addons.crm_outsourcing_interactions.models.totals.measures import HOUR
from odoo.addons.crm_outsourcing_interactions.models.totals.plan import PENDING, TOTALS
from odoo.addons.crm_outsourcing_interactions.models.totals.sums import with_pending

from .common import INSERT, MATTER, InteractionCase


class AggregateCase(InteractionCase):
    """Set up clients, types and interactions with correct aggregates."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.aggregate = cls.env["crm.interaction.total"]
        cls.clients = cls.env["res.partner"].concat(*(cls.make_client(name=f"Client {n}") for n in range(4)))
        cls.service = cls.env["crm.interaction.service"].search([], limit=1)
        cls.types = cls.env["crm.interaction.type"].search([("is_group", "=", False)])
        cls.some = cls.env["crm.interaction"].concat(
            *(
                cls.log(partner_id=client.id, type_id=cls.types[n].id, duration=n / 3)
                for n, client in enumerate(cls.clients)
            )
        )
        cls.env.flush_all()

    def assert_right(self):
        self.assertEqual(self.aggregate._check(), [])

    def rows(self):
        """Return how many changes are pending."""
        self.env.flush_all()
        self.env.cr.execute(f"SELECT COUNT(*) FROM {PENDING.name}")
        return self.env.cr.fetchone()[0]

    def totals(self, total):
        sums = "SELECT SUM(n)::int, SUM(contacts)::int, SUM(timed)::int, SUM(time)::float FROM"
        self.env.cr.execute(f"{sums} ({with_pending(total)}) parts")  # pylint: disable=sql-injection
        return self.env.cr.fetchone()

    def event(self, key, client=None, moment=None):
        client = client or self.clients[0]
        moment = moment or datetime(2026, 11, 2, 10)
        return Event("message_in", client, key, date=moment, partner=client, company=self.env.company)

    @contextmanager
    def appends(self, number):
        before = self.rows()
        yield
        self.assertEqual(self.rows() - before, number)


@tagged("post_install", "-at_install")
class TestAnalysisAggregate(AggregateCase):
    """Test that aggregates follow every change immediately, without extra statements."""

    def test_sums_are_those_of_the_interactions(self):
        self.assert_right()
        facts = self.env["crm.interaction"].search([])
        for total in TOTALS:
            n, contacts, _timed, time = self.totals(total)
            self.assertEqual((n, contacts), (len(facts), len(facts)))
            self.assertAlmostEqual(time / HOUR, sum(facts.mapped("duration")), places=9)

    def test_check_finds_what_is_wrong(self):
        """Otherwise no other test of equality here could fail."""
        self.aggregate._fold()
        for wrong in (
            "DELETE FROM crm_interaction_total_client WHERE kind_id IS NOT NULL",
            "UPDATE crm_interaction_total_work SET timed = timed + 1",
            "UPDATE crm_interaction_total_hours SET time = time + 1 WHERE time > 0",
        ):
            self.env.cr.execute(wrong)
        tables = {table for table, _difference in self.aggregate._check()}
        self.assertEqual(tables, {total.name for total in TOTALS})
        self.assertEqual(self.aggregate.action_check()["params"]["type"], "danger")
        self.aggregate.action_rebuild()
        self.assert_right()
        self.assertEqual(self.aggregate.action_check()["params"]["type"], "success")

    def test_change_appends_and_is_not_written_over(self):
        with self.appends(1):
            self.log(type_id=self.types[5].id)
        with self.appends(2):
            self.some[0].type_id = self.types[6]
        self.assert_right()

    def test_changes_of_many_contacts_are_summed_up_first(self):
        """New ones are appended as they are, which is sooner done: mostly no two are alike."""
        with self.appends(12):
            contacts = self.log_many(12)
        with self.appends(2):
            contacts.type_id = self.types[6]
            self.env.flush_all()
        self.assert_right()

    def log_many(self, number):
        vals = {"partner_id": self.clients[0].id, "type_id": self.types[5].id, "date": "2026-05-05 10:00:00"}
        return self.env["crm.interaction"].create([vals] * number)
        self.env.flush_all()

    def test_what_no_sum_depends_on_appends_nothing(self):
        with self.appends(0):
            self.some._by_code().write({"subject": "Other", "note": "x", "res_model": "res.partner"})
        with self.appends(2):
            self.some[0].channel = "letter"
        with self.appends(0):
            self.some[0].date = self.some[0].date  # same month
        with self.appends(0):
            self.log(active=False)
        self.assert_right()

    def test_ignored_contact_is_taken_away_and_comes_back(self):
        before = self.totals(TOTALS[0])
        self.some[0].action_ignore()
        self.env.flush_all()
        self.assertEqual(self.totals(TOTALS[0])[0], before[0] - 1)
        self.some[0].action_reset()
        self.env.flush_all()
        self.assertEqual(self.totals(TOTALS[0]), before)
        self.assert_right()

    def test_user_and_client_that_are_deleted(self):
        user = self.make_staff(login="leaves")
        self.log(user_id=user.id, partner_id=self.clients[0].id)
        self.env.flush_all()
        user.unlink()
        self.clients[0].unlink()
        self.assert_right()

    def test_logged_contact_costs_no_statement_more(self):
        """The triggers work inside the statement that logs it."""
        self.env["crm.interaction.pipeline"]._run([self.event("warm")])
        self.env.flush_all()
        with self.assertQueryCount(INSERT + MATTER):
            self.env["crm.interaction.pipeline"]._run([self.event("cold")])
        self.assert_right()

    def test_second_delivery_of_a_contact_adds_nothing(self):
        self.env["crm.interaction.pipeline"]._run([self.event("twice")])
        with self.appends(0):
            self.env["crm.interaction.pipeline"]._run([self.event("twice")])
        self.assert_right()

    def test_undone_work_leaves_no_trace(self):
        before = self.rows()
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            self.log()
            self.env.flush_all()
            self.assertEqual(self.rows(), before + 1)
            1 / 0  # noqa: B018
        self.assertEqual(self.rows(), before)
        self.assert_right()

    def test_bulk_load_without_triggers_needs_a_rebuild(self):
        self.env.cr.execute("ALTER TABLE crm_interaction DISABLE TRIGGER USER")
        self.log()
        self.env.flush_all()
        self.env.cr.execute("ALTER TABLE crm_interaction ENABLE TRIGGER USER")
        self.assertTrue(self.aggregate._check())
        self.aggregate._rebuild()
        self.assert_right()

    def test_compaction_leaves_one_row_for_each_key(self):
        for number in range(6):
            self.log(partner_id=self.clients[0].id, type_id=self.types[number % 2].id, date="2026-05-05 10:00:00")
        self.some[1].action_ignore()
        self.aggregate._flush()
        before = [self.totals(total) for total in TOTALS]
        self.aggregate._fold()
        self.assertEqual([self.totals(total) for total in TOTALS], before)
        for total in TOTALS:
            keys = ", ".join(total.keys)
            self.env.cr.execute(  # pylint: disable=sql-injection
                f"SELECT COUNT(*) FROM (SELECT 1 FROM {total.name} GROUP BY {keys} HAVING COUNT(*) > 1 OR SUM(n) = 0) d"
            )
            self.assertEqual(self.env.cr.fetchone(), (0,))
        self.assertEqual(self.rows(), 0)
        self.assert_right()

    def test_folding_without_client_leaves_one_row_per_key(self):
        for _round in range(2):
            self.log(partner_id=False, type_id=self.types[0].id)
            self.aggregate._flush()
            self.aggregate._fold()
        self.env.cr.execute(
            "SELECT SUM(n), COUNT(*) FROM crm_interaction_total_client"
            " WHERE commercial_partner_id IS NULL AND kind_id = %s",
            [self.types[0].kind_id.id],
        )
        self.assertEqual(self.env.cr.fetchone(), (2, 1))
        self.assert_right()

    def test_compaction_leaves_other_months_alone(self):
        self.aggregate._fold()
        self.env.cr.execute("SELECT ctid::text, month FROM crm_interaction_total_client ORDER BY 2")
        before = self.env.cr.fetchall()
        self.log(date="2023-05-05 10:00:00")
        self.aggregate._flush()
        self.aggregate._fold()
        self.env.cr.execute(
            "SELECT ctid::text, month FROM crm_interaction_total_client WHERE month != '2023-05-01' ORDER BY 2"
        )
        self.assertEqual(self.env.cr.fetchall(), before)
        self.assert_right()

    def test_buttons_in_the_settings(self):
        settings = self.env["res.config.settings"].create({})
        self.env.cr.execute(f"DELETE FROM {PENDING.name}")
        self.assertEqual(settings.action_check_interaction_totals()["params"]["type"], "danger")
        settings.action_rebuild_interaction_totals()
        self.assertEqual(settings.action_check_interaction_totals()["params"]["type"], "success")

    def test_only_managers_may_check_and_rebuild(self):
        for method in ("action_check", "action_rebuild"):
            getattr(self.aggregate.with_user(self.manager), method)()
            with self.assertRaises(AccessError):
                getattr(self.aggregate.with_user(self.staff), method)()
