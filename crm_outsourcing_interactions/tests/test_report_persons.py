import io

import openpyxl

from odoo.tests.common import tagged

from .persons_common import PersonsCase

QUALITY, LIST = "Classification Quality", "Interactions"


@tagged("post_install", "-at_install")
class TestReportPersons(PersonsCase):
    """Test that the workbook names no person whose figures the reader may not see."""

    setting = "team"

    def workbook(self, user):
        vals = {"date_from": "2026-11-01", "date_to": "2026-11-30", "with_contacts": True}
        wizard = self.env["crm.interaction.summary.report"].with_user(user).create(vals)
        wizard.action_create()
        return openpyxl.load_workbook(io.BytesIO(wizard.attachment_id.raw))

    def quality(self, user):
        """Return ``{person: number of purposes}`` of the table of quality by responsible."""
        rows = list(self.workbook(user)[QUALITY].iter_rows(values_only=True))
        start = next(number for number, row in enumerate(rows) if row[0] == "Responsible")
        return {row[0]: [value for value in row if value is not None][-1] for row in rows[start + 1 :] if row[0]}

    def responsible(self, user):
        """Return the persons in the list of interactions."""
        rows = list(self.workbook(user)[LIST].iter_rows(values_only=True))
        start, names = next((number, row) for number, row in enumerate(rows) if "Responsible" in row)
        return {row[names.index("Responsible")] for row in rows[start + 1 :]} - {None, ""}

    def total(self):
        domain = [("company_id", "=", self.env.company.id), ("month", "=", "2026-11-01")]
        return self.env["crm.interaction"].search_count(domain)

    def test_own_team_is_named_and_others_are_summed_up(self):
        found = self.quality(self.gleb)
        self.assertEqual((found["boris"], found["Others"]), (2, self.total() - 2))
        self.assertNotIn("anna", found)
        self.assertEqual(self.responsible(self.gleb), {"boris"})

    def test_nobody_is_named_to_a_manager(self):
        self.env.company.interaction_names_in_figures = "nobody"
        self.assertEqual(self.quality(self.gleb), {"Others": self.total()})
        self.assertFalse(self.responsible(self.gleb))
        self.assertEqual(self.quality(self.anna)["anna"], 2)

    def test_everybody_is_named_by_default(self):
        self.env.company.interaction_names_in_figures = "everybody"
        self.assertLessEqual({"anna", "boris"}, set(self.quality(self.gleb)))
        self.assertNotIn("Others", self.quality(self.gleb))
        self.assertLessEqual({"anna", "boris"}, self.responsible(self.gleb))
