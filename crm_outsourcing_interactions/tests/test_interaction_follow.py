from psycopg2.errors import UniqueViolation

from odoo.tests.common import tagged
from odoo.tools import mute_logger

from .common import InteractionCase


@tagged("post_install", "-at_install")
class TestInteractionFollow(InteractionCase):
    """Test that interactions follow merged and moved records, and keep their client."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_company = cls.make_client(name="Romashka")
        cls.contact = cls.make_contact(parent_id=cls.client_company.id)
        cls.call = cls.type_("1.1.3")

    def merge(self, *partners):
        """Merge into the last one."""
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        partners = self.env["res.partner"].concat(*partners)
        wizard._merge(partners.ids, partners[-1], extra_checks=False)

    def test_merged_client_keeps_all_interactions(self):
        other = self.make_client(name="Romashka Ltd")
        first = self.log(partner_id=self.client_company.id, type_id=self.call.id, origin_key="a")
        second = self.log(partner_id=other.id, type_id=self.call.id, origin_key="b")
        self.merge(other, self.client_company)
        self.env.invalidate_all()
        self.assertEqual((first | second).commercial_partner_id, self.client_company)

    def test_one_contact_with_both_merged_clients_counts_once(self):
        other = self.make_client(name="Romashka Ltd")
        first = self.log(partner_id=self.client_company.id, type_id=self.call.id, origin_key="same")
        second = self.log(partner_id=other.id, type_id=self.call.id, origin_key="same")
        third = self.log(partner_id=other.id, type_id=self.call.id, origin_key="another")
        self.merge(other, self.client_company)
        self.env.invalidate_all()
        self.assertEqual((first | second | third).exists(), first | second | third)
        self.assertEqual((first | second | third).mapped("state"), ["confirmed", "ignored", "confirmed"])

    def test_way_out_when_the_same_contact_is_ignored_already(self):
        """The error names the way, and the way leads on."""
        wrong = self.make_client(name="Vector")
        ignored = self.log(partner_id=self.client_company.id, type_id=self.call.id, origin_key="same")
        ignored.action_ignore()
        interaction = self.log(partner_id=wrong.id, type_id=self.call.id, origin_key="same").with_user(self.manager)
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation) as refused, self.env.cr.savepoint():
            interaction.partner_id = self.client_company
            interaction.flush_recordset()
        message = interaction._sql_error_to_message(refused.exception)
        self.assertIn("If the other one is already marked (filter “Ignored”), choose “Back to Review” on it", message)
        ignored.with_user(self.manager).action_reset()
        interaction.action_ignore()
        self.assertEqual((ignored.state, interaction.state), ("to_review", "ignored"))

    def test_contact_that_joins_a_client_brings_its_interactions(self):
        freelancer = self.make_contact(name="Boris", email="boris@example.com")
        interaction = self.log(partner_id=freelancer.id, type_id=self.call.id)
        freelancer.parent_id = self.client_company
        self.assertEqual(interaction.commercial_partner_id, self.client_company)

    def test_company_joining_a_client_brings_its_interactions(self):
        branch = self.make_client(name="Branch", parent_id=self.client_company.id)
        interaction = self.log(partner_id=branch.id, type_id=self.call.id)
        self.assertEqual(interaction.commercial_partner_id, branch)
        branch.is_company = False
        self.assertEqual(interaction.commercial_partner_id, self.client_company)

    def test_contact_that_changes_employer_leaves_them(self):
        interaction = self.log(partner_id=self.contact.id, type_id=self.call.id)
        self.contact.parent_id = self.make_client(name="Vector")
        self.assertEqual(interaction.commercial_partner_id, self.client_company)

    def test_messages_moved_to_another_document(self):
        source, target = self.make_task(partner_id=self.contact.id), self.make_task(partner_id=self.contact.id)
        source.message_post(
            body="Hello", message_type="comment", subtype_xmlid="mail.mt_comment", partner_ids=self.contact.ids
        )
        interaction = self.env["crm.interaction"].search([("event", "=", "message_out")])
        source.message_change_thread(target)
        self.assertEqual(interaction.res_id, target.id)

    def test_merged_opportunities(self):
        leads = self.env["crm.lead"].create(
            [{"name": name, "partner_id": self.contact.id, "type": "opportunity"} for name in ("A", "B")]
        )
        for lead in leads:
            lead.message_post(
                body="Hello", message_type="comment", subtype_xmlid="mail.mt_comment", partner_ids=self.contact.ids
            )
        merged = leads.merge_opportunity()
        interactions = self.env["crm.interaction"].search([("event", "=", "message_out")])
        self.assertEqual(len(interactions), 2)
        self.assertEqual(set(interactions.mapped("res_id")), set(merged.ids))

    def test_merging_opportunities_asks_once_what_moves(self):
        leads = self.env["crm.lead"].create([{"name": name, "type": "opportunity"} for name in "AB"])
        for number in range(3):
            leads[0].message_post(body=str(number))
            leads[1].message_post(body=str(number))
        statements = self.statements(leads.merge_opportunity)
        self.assertEqual(len([code for code in statements if 'FROM "crm_interaction"' in code]), 1)

    def test_interaction_survives_its_document(self):
        task = self.make_task(partner_id=self.contact.id)
        task.state = "1_done"
        interaction = self.env["crm.interaction"].search([("event", "=", "task_delivered")])
        task.unlink()
        self.assertTrue(interaction.exists())
        self.assertEqual(interaction.action_open_document()["params"]["message"], "Document deleted")

    def test_deleted_client_leaves_its_interactions_in_the_totals(self):
        other = self.make_client(name="Other")
        kept = [
            self.log(partner_id=client.id, type_id=self.call.id, origin_key="same mail")
            for client in (self.client_company, other)
        ]
        (self.contact | self.client_company | other).unlink()
        for interaction in kept:
            interaction.invalidate_recordset()
            self.assertTrue(interaction.exists())
            self.assertFalse(interaction.commercial_partner_id)
            self.assertEqual(interaction.kind_id.code, "1")

    def test_deleted_contact_leaves_its_interactions_with_the_client(self):
        interaction = self.log(partner_id=self.contact.id, type_id=self.call.id)
        self.contact.unlink()
        interaction.invalidate_recordset()
        self.assertFalse(interaction.partner_id)
        self.assertEqual(interaction.commercial_partner_id, self.client_company)
