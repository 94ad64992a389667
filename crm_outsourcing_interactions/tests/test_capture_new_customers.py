from odoo.tests.common import tagged

from .common import InteractionCase


@tagged("post_install", "-at_install")
class TestCaptureNewCustomers(InteractionCase):
    """Test that on a fresh installation contacts count as soon as they become customers."""

    counted_clients = "customers"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls.env["crm.interaction.people"]
        cls.firm = cls.make_client(name="Romashka", email=False)
        cls.anna = cls.make_contact(parent_id=cls.firm.id)
        cls.env.flush_all()
        ids = [*cls.firm.ids, *cls.anna.ids]
        cls.env.cr.execute("UPDATE res_partner SET create_date = '2026-01-01' WHERE id = ANY(%s)", [ids])
        cls.env.invalidate_all()

    def setUp(self):
        super().setUp()
        self.env.registry.cache_invalidated.clear()  # as at the beginning of a transaction
        self.addCleanup(self.env.registry.clear_cache)
        self.assertEqual(self.clients(), self.env["res.partner"])

    def clients(self):
        """Return the clients among company and contact, as a new transaction sees them."""
        self.env.invalidate_all()
        return (self.anna | self.firm).filtered(self.people._is_client)

    def test_new_company_counts_customers_only(self):
        self.env["ir.default"].search([("field_id.name", "=", "interaction_clients")]).unlink()
        company = self.env["res.company"].create({"name": "Branch"})
        self.assertEqual(company.interaction_clients, "customers")

    def test_marked_contact(self):
        self.firm.is_outsourcing_client = True
        self.assertEqual(self.clients(), self.anna | self.firm)

    def test_first_invoice(self):
        self.setup_accounting()
        self.make_invoice(partner_id=self.anna.id).action_post()
        self.assertEqual(self.clients(), self.anna | self.firm)
        self.assertEqual(self.captured().mapped("event"), ["invoice_posted"])

    def test_supplier_is_no_customer(self):
        self.firm._increase_rank("supplier_rank")
        self.assertFalse(self.clients())

    def test_project_of_the_client(self):
        project = self.make_project(partner_id=self.firm.id)
        self.assertEqual(self.clients(), self.anna | self.firm)
        project.partner_id = False
        self.assertFalse(self.clients())

    def test_project_of_a_contact_person(self):
        project = self.make_project()
        project.partner_id = self.anna
        self.assertEqual(self.clients(), self.anna | self.firm)
        project.unlink()
        self.assertFalse(self.clients())

    def test_project_of_a_new_contact_person(self):
        self.make_project(partner_id=self.make_contact(name="Boris", parent_id=self.firm.id).id)
        self.assertEqual(self.clients(), self.anna | self.firm)

    def test_archived_project(self):
        self.make_project(partner_id=self.firm.id, active=False)
        self.assertEqual(self.clients(), self.anna | self.firm)

    def test_contract_scope(self):
        service = self.env["crm.interaction.service"].search([], limit=1)
        other = self.make_client(name="Other")
        scope = self.env["crm.interaction.scope"].create({"partner_id": self.firm.id, "service_id": service.id})
        self.assertEqual(self.clients(), self.anna | self.firm)
        scope.partner_id = other
        self.assertFalse(self.clients())
        scope.partner_id = self.firm
        self.assertTrue(self.clients())
        scope.unlink()
        self.assertFalse(self.clients())

    def test_accountant(self):
        self.firm.write({"interaction_accountant_id": self.env.user.id, "supplier_rank": 1})
        for counted in ("all", "customers"):
            self.env.company.interaction_clients = counted
            self.assertEqual(self.clients(), self.anna | self.firm)
        self.firm.interaction_accountant_id = False
        self.assertFalse(self.clients())

    def test_all_workers_learn_of_a_customer(self):
        self.make_project(partner_id=self.firm.id)
        self.assertIn("default", self.env.registry.cache_invalidated)

    def test_more_projects_of_a_client_keep_the_caches(self):
        self.firm.customer_rank = 1
        self.env.registry.cache_invalidated.clear()
        self.people._forget_customers(self.anna)
        self.assertFalse(self.env.registry.cache_invalidated)

    def test_task_without_partner_leaves_the_caches_alone(self):
        self.people._forget_customers(self.env["res.partner"])
        self.assertFalse(self.env.registry.cache_invalidated)

    def test_known_customer_costs_no_query(self):
        self.make_project(partner_id=self.firm.id)
        self.assertTrue(self.clients())
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.people._is_client(self.anna)
        self.assertEqual(self.env.cr.sql_log_count, before)

    def test_people_of_both_companies(self):
        """Each company has its own setting."""
        branch = self.env["res.company"].create({"name": "Branch", "interaction_clients": "all"})
        self.assertTrue(self.people._is_client(self.anna, branch))
        self.assertFalse(self.people._is_client(self.anna, self.env.company))

    def test_message_to_no_customer_is_no_interaction(self):
        task = self.make_task()
        post = {"body": "Hello", "message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
        task.with_user(self.staff).message_post(partner_ids=self.anna.ids, **post)
        self.assertFalse(self.captured(task))
        task.project_id.partner_id = self.firm
        task.with_user(self.staff).message_post(partner_ids=self.anna.ids, **post)
        self.assertEqual(self.captured(task).commercial_partner_id, self.firm)
