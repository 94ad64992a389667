from odoo.tests.common import tagged

from .common import InteractionCase

NAMES = ["origin_key", "partner_id/.id", "type_id/.id"]


@tagged("post_install", "-at_install")
class TestInteractionImport(InteractionCase):
    """Test file import: known references add nothing, unchanged rows change nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_company = cls.make_client(user_id=cls.staff.id)
        cls.user = cls.make_staff(login="exactly.user", groups="crm_outsourcing_interactions.group_user")

    def load(self, rows, names=NAMES, user=None, **context):
        return self.env["crm.interaction"].with_user(user or self.user).with_context(**context).load(names, rows)

    def row(self, reference, client=None, code="1.1.3"):
        return [reference, str((client or self.client_company).id), str(self.type_(code).id)]

    def test_import_again_adds_nothing(self):
        first = self.load([self.row("pbx-7")])
        again = self.load([self.row("pbx-7"), self.row("pbx-8"), self.row("pbx-7")])
        self.assertFalse(again["messages"])
        self.assertEqual(again["ids"][0], first["ids"][0])
        self.assertEqual(again["ids"][2], first["ids"][0])
        domain = [("commercial_partner_id", "=", self.client_company.id)]
        self.assertEqual(self.env["crm.interaction"].search_count(domain), 2)

    def test_import_of_a_reference_of_another_client_adds_one(self):
        result = self.load([self.row("pbx-7"), self.row("pbx-7", self.make_client(name="Second"))])
        self.assertEqual(len(set(result["ids"])), 2)

    def test_reference_does_not_suppress_a_real_event(self):
        task = self.make_task(partner_id=self.client_company.id)
        self.assertFalse(self.load([self.row(f"project.task,{task.id},delivered")])["messages"])
        task.state = "1_done"
        self.assertEqual(len(self.captured(task)), 1)

    def test_reference_of_another_company_is_another(self):
        other = self.env["res.company"].create({"name": "Other Firm"})
        theirs = self.make_staff(login="theirs", company_id=other.id, company_ids=other.ids)
        first = self.load([self.row("pbx-7", client := self.make_client())], user=theirs)
        second = self.load([self.row("pbx-7", client)])
        self.assertTrue(first["ids"] and second["ids"])
        self.assertNotEqual(first["ids"], second["ids"])

    def test_hidden_reference_is_refused_and_its_id_stays_hidden(self):
        client = self.make_client()
        hidden = (
            self.env["crm.interaction"].with_user(self.manager).create({"partner_id": client.id, "origin_key": "pbx-7"})
        )
        result = self.load([self.row("pbx-7", client)])
        self.assertIn("cannot see", result["messages"][0]["message"])
        self.assertNotIn(hidden.id, result["ids"] or [])

    def test_rows_that_come_back_unchanged_change_nothing(self):
        task = self.make_task(partner_id=self.client_company.id, user_ids=self.user.ids)
        task.state = "1_done"
        interaction = self.captured(task)
        self.assertEqual(interaction.classified_by, "rule")
        names = ["id", "origin_key", "date", "type_id/id", "kind_id/.id", "state", "user_id/.id", "channel", "subject"]
        exported = interaction.with_context(import_compat=True).export_data(names)["datas"]
        rows = [[str(value) for value in row] for row in exported]
        result = self.load(rows, names)
        self.assertFalse(result["messages"])
        self.assertEqual(interaction.classified_by, "rule")
        self.assertFalse(interaction.type_change_ids)
        rows[0][names.index("type_id/id")] = "crm_outsourcing_interactions.type_1_2_4"
        self.assertFalse(self.load(rows, names)["messages"])
        self.assertEqual(interaction.classified_by, "person")

    def test_import_as_ignored_is_archived(self):
        result = self.load([["ignored", str(self.client_company.id)]], ["state", "partner_id/.id"])
        self.assertFalse(self.env["crm.interaction"].browse(result["ids"]).active)

    def test_import_of_an_impossible_date_says_what_is_possible(self):
        for date in ("9999-01-01 00:00:00", "1970-01-01 00:00:00"):
            result = self.load([[date, str(self.client_company.id)]], ["date", "partner_id/.id"])
            self.assertIn("between 2000-01-01 and", result["messages"][0]["message"])
