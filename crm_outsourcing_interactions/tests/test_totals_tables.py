from unittest.mock import patch

from odoo.tests.common import tagged

from odoo.addons.base.models.ir_cron import IrCron
from odoo.addons.crm_outsourcing_interactions.models.totals import crm_interaction_total
from odoo.addons.crm_outsourcing_interactions.models.totals.plan import PENDING, TOTALS
from odoo.addons.crm_outsourcing_interactions.models.totals.sums import SUMS

from .test_totals_aggregate import AggregateCase


@tagged("post_install", "-at_install")
class TestAnalysisTotalTables(AggregateCase):
    """Test the four tables of totals, which belong to models and are filled in portions."""

    def test_fold_goes_in_portions_that_are_committed(self):
        self.aggregate._fold()
        for number in range(5):
            self.log(type_id=self.types[number].id)
        self.env.flush_all()
        committed = []

        def progress(cron, processed=0, *, remaining=None, deactivate=False):
            self.assert_right()
            committed.append((processed, remaining))
            return len(committed) < 2  # then the time is over

        with patch.object(crm_interaction_total, "PORTION", 2), patch.object(IrCron, "_commit_progress", progress):
            self.aggregate._cron_fold()
            self.assertEqual((committed, self.rows()), ([(2, 2), (2, 2)], 1))
            committed.clear()
            self.aggregate._cron_fold()
        self.assertEqual((committed, self.rows()), ([(1, 0)], 0))

    def test_tables_have_the_columns_of_the_plan(self):
        for total in (PENDING, *TOTALS):
            model = self.env[total.name.replace("_", ".")]
            self.assertEqual(set(model._fields), {*total.keys, *SUMS, "id", "display_name"})

    def test_every_table_belongs_to_a_model(self):
        """What belongs to none is what tools that tidy up databases offer to drop."""
        self.env.cr.execute("SELECT tablename FROM pg_tables WHERE tablename LIKE 'crm\\_interaction%'")
        tables = {table for (table,) in self.env.cr.fetchall()}
        models = self.env["ir.model"].search([]).mapped("model")
        fields = (field for model in models for field in self.env[model]._fields.values())
        relations = {field.relation for field in fields if field.type == "many2many" and field.store}
        self.assertLessEqual({PENDING.name, *(total.name for total in TOTALS)}, tables)
        self.assertEqual(tables - relations - {self.env[model]._table for model in models}, set())
        self.assertLessEqual(len([table for table in tables if "_total" in table]), 4)

    def test_installation_with_a_new_table_sums_up_anew(self):
        """Changes that are pending for the old tables would else count twice in the new one."""
        self.aggregate._fold()
        self.log()
        self.env.cr.execute(f"DELETE FROM {TOTALS[1].name}")  # as Odoo makes it
        self.aggregate._install()
        self.assertEqual(self.rows(), 0)
        self.assert_right()
        with self.appends(1):
            self.log()
        self.assert_right()

    def test_second_installation_changes_nothing(self):
        self.aggregate._fold()
        self.log()
        rows = self.rows()
        self.assertGreater(rows, 0)
        self.aggregate._install()
        self.assertEqual(self.rows(), rows)
        self.log()
        self.assert_right()
