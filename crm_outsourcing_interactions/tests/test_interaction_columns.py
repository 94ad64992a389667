from odoo.tests.common import tagged

from odoo.addons.crm_outsourcing_interactions.models.interaction.record.crm_interaction_columns import FIRST

from .common import InteractionCase

COLUMNS = """
    SELECT column_name, is_nullable FROM information_schema.columns
    WHERE table_schema = CURRENT_SCHEMA AND table_name = 'crm_interaction' ORDER BY ordinal_position
"""


@tagged("post_install", "-at_install")
class TestInteractionColumns(InteractionCase):
    """The table begins with what pivots read, and is otherwise as Odoo makes it."""

    def test_order(self):
        self.env.cr.execute(COLUMNS)
        names = [name for name, _nullable in self.env.cr.fetchall()]
        self.assertEqual(tuple(names[: len(FIRST) + 1]), ("id", *FIRST))
        model = self.env["crm.interaction"]
        self.assertEqual(
            set(names), {name for name, field in model._fields.items() if field.column_type and field.store}
        )

    def test_required_columns(self):
        self.env.cr.execute(COLUMNS)
        required = {name for name, nullable in self.env.cr.fetchall() if nullable == "NO"}
        self.assertEqual(required, {"id", "company_id", "date", "channel", "state"})
