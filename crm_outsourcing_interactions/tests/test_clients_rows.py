"""Test which clients have rows, and who sees them."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests.common import tagged

from .target_common import TargetCase


@tagged("post_install", "-at_install")
class TestClientsRows(TargetCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rows = cls.env["crm.interaction.client"]
        cls.other = cls.env["res.company"].create({"name": "Other Firm"})

    def of(self, partner):
        return self.rows.with_context(active_test=False).search([("partner_id", "in", partner.ids)])

    def marked(self, **vals):
        return self.make_client(is_outsourcing_client=True, **vals)

    def test_marked_client_appears_at_once(self):
        client = self.make_client(company_id=self.env.company.id)
        self.assertFalse(self.of(client))
        client.is_outsourcing_client = True
        self.assertEqual(self.of(client).company_id, self.env.company)
        self.assertFalse(self.of(client).refreshed_on)
        self.env.flush_all()
        self.env.cr.execute("UPDATE res_partner SET create_date = create_date - interval '1 day'")
        self.env.invalidate_all()
        client.is_outsourcing_client = False
        self.assertFalse(self.of(client))
        client.with_user(self.manager).interaction_accountant_id = self.staff
        self.assertTrue(self.of(client))

    def test_people_of_a_client_have_no_row(self):
        client = self.marked()
        self.assertFalse(self.of(self.make_contact(parent_id=client.id, is_outsourcing_client=True)))

    def test_other_contacts_cost_no_query(self):
        self.make_contact(email=False)
        client = self.make_client()
        statements = self.statements(lambda: self.make_contact(email=False, parent_id=client.id))
        self.assertFalse([text for text in statements if "crm_interaction_client" in text])

    def test_shared_client_is_listed_where_it_was_contacted(self):
        client = self.marked()
        self.assertLessEqual(self.env.company | self.other, self.of(client).company_id)
        self.log_many(client, "2026-10-05", {"1.1.2": 1})
        self.rows._refresh(self.other)
        self.rows._refresh(self.env.company)
        self.assertIn(self.env.company, self.of(client).company_id)
        self.assertNotIn(self.other, self.of(client).company_id)

    def test_client_that_moves_leaves_the_list_of_its_company(self):
        client = self.marked(company_id=self.env.company.id)
        client.company_id = self.other
        self.assertEqual(self.of(client).company_id, self.other)

    def test_branch_has_the_clients_it_talks_to(self):
        branch = self.env["res.company"].create({"name": "Branch", "parent_id": self.env.company.id})
        client = self.marked(company_id=self.env.company.id)
        self.assertEqual(self.of(client).company_id, self.env.company)
        self.log_many(client, "2026-10-05", {"1.1.2": 1}, company_id=branch.id)
        self.rows._refresh(branch)
        self.assertEqual(self.of(client).company_id, self.env.company | branch)

    def test_archived_and_deleted_clients_leave_the_list(self):
        client = self.marked()
        client.action_archive()
        self.assertFalse(self.rows.search([("partner_id", "=", client.id)]))
        self.assertTrue(self.of(client))
        client.action_unarchive()
        self.assertTrue(self.rows.search([("partner_id", "=", client.id)]))
        row = self.of(client)
        client.unlink()
        self.assertFalse(row.exists())

    def test_merged_clients_share_a_row(self):
        client, twin = self.marked(), self.marked()
        self.env["base.partner.merge.automatic.wizard"]._merge((client | twin).ids, client)
        self.assertEqual(len(self.of(client).filtered(lambda row: row.company_id == self.env.company)), 1)

    def test_users_see_their_own_clients(self):
        stranger = self.make_staff(login="clients.stranger")
        client = self.marked(user_id=self.staff.id)
        for user, is_seen in ((self.staff, True), (stranger, False), (self.manager, True)):
            with self.subTest(user=user.login):
                found = self.rows.with_user(user).search([("partner_id", "=", client.id)])
                self.assertEqual(self.env.company in found.company_id, is_seen)
                self.assertNotIn(self.other, found.company_id)

    def test_managers_assign_several_at_once(self):
        clients = self.marked() | self.marked()
        rows = self.of(clients).filtered(lambda row: row.company_id == self.env.company)
        rows.with_user(self.manager).write(
            {"accountant_id": self.staff.id, "team_ids": [Command.link(self.manager.id)]}
        )
        self.assertEqual(clients.interaction_accountant_id, self.staff)
        self.assertEqual(clients.interaction_team_ids, self.manager)

    def test_nobody_writes_figures(self):
        row = self.of(self.marked(user_id=self.staff.id))[:1]
        with self.assertRaises(AccessError):
            row.with_user(self.staff).write({"accountant_id": self.staff.id})
        for name in self.rows._protected_fields:
            with self.subTest(name), self.assertRaises(AccessError):
                row.with_user(self.manager).write({name: False})

    def test_figures_by_person_obey_the_setting(self):
        self.env.company.interaction_names_in_figures = "nobody"
        self.marked(user_id=self.staff.id)
        rows = self.rows.with_user(self.staff)
        with self.assertRaises(AccessError):
            rows._read_group([], ["accountant_id"], ["targets_off:sum"])
        self.assertTrue(rows._read_group([], [], ["targets_off:sum"]))
