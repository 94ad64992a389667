from unittest.mock import patch

from odoo.tests.common import new_test_user, tagged

from .common import InteractionCase


@tagged("post_install", "-at_install")
class TestCapturePeople(InteractionCase):
    """Test that cached facts about people are never older than the database."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_company = cls.make_client(name="Romashka")
        cls.contact = cls.make_contact(parent_id=cls.client_company.id)
        cls.people = cls.env["crm.interaction.people"]
        cls.make_older(cls.client_company | cls.contact)

    @classmethod
    def make_older(cls, people):
        """As if they had been created by an earlier transaction."""
        cls.env.flush_all()
        cls.env.cr.execute("UPDATE res_partner SET create_date = '2026-01-01' WHERE id = ANY(%s)", [people.ids])
        cls.env.invalidate_all()

    def setUp(self):
        super().setUp()
        self.env.registry.cache_invalidated.clear()  # as at the beginning of a transaction
        self.addCleanup(self.env.registry.clear_cache)
        self.assertTrue(self.is_client())

    def is_client(self):
        """Ask as a new transaction does: nothing is in the cache of records."""
        self.env.invalidate_all()
        return self.people._is_client(self.contact)

    def client(self):
        self.env.invalidate_all()
        return self.env["res.partner"].browse(self.people._client_id(self.contact))

    def test_somebody_known_costs_no_query(self):
        before = self.env.cr.sql_log_count
        self.assertTrue(self.is_client())
        self.assertEqual(self.env.cr.sql_log_count, before)

    def test_people_read_together_cost_one_query(self):
        people = self.env["res.partner"].create([{"name": f"Person {number}"} for number in range(20)])
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.assertEqual(people.filtered(self.people._is_client), people)
        self.assertEqual(self.env.cr.sql_log_count, before + 1)

    def test_address_that_becomes_the_firms(self):
        self.contact.email = "books@firm.example.com"
        self.assertTrue(self.is_client())
        server = {"name": "Books", "server_type": "imap", "user": "books@firm.example.com"}
        server = self.env["fetchmail.server"].create(server)
        self.assertFalse(self.is_client())
        server.user = "other@firm.example.com"
        self.assertTrue(self.is_client())
        server.user = "books@firm.example.com"
        server.unlink()
        self.assertTrue(self.is_client())

    def test_address_of_the_firm_given_and_taken(self):
        self.env.company.email = "office@firm.example.com"
        self.contact.email = "Office <office@firm.example.com>"
        self.assertFalse(self.is_client())
        self.contact.email = "anna@example.com"
        self.assertTrue(self.is_client())
        self.env.company.email = "anna@example.com"
        self.assertFalse(self.is_client())

    def test_other_employer(self):
        other = self.make_client(name="Vector")
        self.contact.parent_id = other
        self.assertEqual(self.client(), other)

    def test_employer_that_joins_a_group_of_companies(self):
        group = self.make_client(name="Group")
        self.client_company.write({"parent_id": group.id, "is_company": False})
        self.assertEqual(self.client(), group)

    def test_mark_of_a_client(self):
        self.env.company.interaction_clients = "marked"
        self.assertFalse(self.is_client())
        self.client_company.is_outsourcing_client = True
        self.assertTrue(self.is_client())

    def test_first_bill_of_a_supplier(self):
        self.client_company._increase_rank("supplier_rank")
        self.assertFalse(self.is_client())
        self.client_company._increase_rank("customer_rank")
        self.assertTrue(self.is_client())

    def test_further_invoices_leave_the_caches_alone(self):
        self.client_company.write({"customer_rank": 1, "supplier_rank": 1})
        self.env.registry.cache_invalidated.clear()
        self.client_company.write({"customer_rank": 2, "supplier_rank": 2})
        self.assertFalse(self.env.registry.cache_invalidated)

    def test_contact_who_joins_the_staff(self):
        new_test_user(self.env, "new.colleague", groups="base.group_user", partner_id=self.contact.id)
        self.assertFalse(self.is_client())

    def test_contact_who_gets_access_to_the_portal(self):
        user = new_test_user(self.env, "new.portal", groups="base.group_portal", partner_id=self.contact.id)
        self.assertTrue(self.is_client())
        user.group_ids = self.env.ref("base.group_user")
        self.assertFalse(self.is_client())

    def test_employer_that_becomes_a_company_of_the_firm(self):
        self.env["res.company"].create({"name": "Romashka", "partner_id": self.client_company.id})
        self.assertFalse(self.is_client())

    def test_merged_employer(self):
        other = self.make_client(name="Vector")
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.client_company | other).ids, other)
        self.assertEqual(self.client(), other)

    def test_what_is_undone_is_not_remembered(self):
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            self.contact.parent_id = self.make_client(name="Vector")
            self.assertNotEqual(self.client(), self.client_company)
            raise ZeroDivisionError
        self.assertEqual(self.client(), self.client_company)

    def test_new_contacts_leave_the_caches_alone(self):
        self.client_company.is_outsourcing_client = True
        self.env.registry.cache_invalidated.clear()
        contact = self.make_contact(parent_id=self.client_company.id, email="new@example.com")
        self.assertEqual(self.people._client_id(contact), self.client_company.id)
        self.assertTrue(contact.is_outsourcing_client)
        contact.parent_id = other = self.make_client(name="Vector")
        self.assertFalse(self.env.registry.cache_invalidated)
        self.assertEqual(self.people._client_id(contact), other.id)

    def test_same_values_again_leave_the_caches_alone(self):
        self.contact.write({"parent_id": self.client_company.id, "user_id": False, "is_outsourcing_client": False})
        self.assertFalse(self.env.registry.cache_invalidated)

    def test_address_that_another_client_has_too(self):
        self.assertFalse(self.people._shares_address(self.contact))
        other = self.make_contact(parent_id=self.make_client(name="Vector").id)
        self.assertTrue(self.people._shares_address(self.contact))
        other.email = "boris@example.com"
        self.assertFalse(self.people._shares_address(self.contact))
        other.email = "Anna <ANNA@example.com>"
        self.assertTrue(self.people._shares_address(self.contact))
        other.parent_id = self.client_company
        self.assertFalse(self.people._shares_address(self.contact))

    def test_deleted_contact_without_rules_leaves_the_caches_alone(self):
        self.contact.unlink()
        self.assertFalse(self.env.registry.cache_invalidated)

    def test_all_workers_learn_of_a_change(self):
        self.contact.parent_id = self.make_client(name="Vector")
        self.assertIn("default", self.env.registry.cache_invalidated)

    def test_many_changes_of_one_transaction_empty_the_caches_once(self):
        people = self.env["res.partner"].create([{"name": f"Person {number}"} for number in range(5)])
        self.make_older(people)
        registry = type(self.env.registry)
        with patch.object(registry, "clear_cache", autospec=True, side_effect=registry.clear_cache) as clear:
            for person in people:
                person.parent_id = self.client_company
                self.assertEqual(self.people._client_id(person), self.client_company.id)
        self.assertEqual(clear.call_count, 1)
