from odoo.tests.common import tagged

from .common import InteractionCase


@tagged("post_install", "-at_install")
class TestCaptureClients(InteractionCase):
    """Test which clients count, and the client of each interaction."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_company = cls.make_client(name="Romashka")
        cls.contact = cls.make_contact(parent_id=cls.client_company.id)
        cls.task = cls.make_task(partner_id=cls.contact.id)

    def write_to(self, *people, record=None):
        (record or self.task).message_post(
            body="Hello",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=[person.id for person in people],
        )
        return self.env["crm.interaction"].search([("event", "=", "message_out")])

    def test_two_clients_are_two_contacts_with_one_key(self):
        other = self.make_contact(name="Boris", parent_id=self.make_client(name="Vector").id, email="b@example.com")
        interactions = self.write_to(self.contact, other)
        self.assertEqual(set(interactions.commercial_partner_id.mapped("name")), {"Romashka", "Vector"})
        self.assertEqual(len(set(interactions.mapped("origin_key"))), 1)

    def test_two_people_of_one_client_are_one_contact(self):
        colleague = self.make_contact(name="Boris", parent_id=self.client_company.id, email="b@example.com")
        interaction = self.write_to(self.contact, colleague)
        self.assertEqual(interaction.commercial_partner_id, self.client_company)

    def test_supplier_is_no_client(self):
        self.client_company.supplier_rank = 1
        self.assertFalse(self.write_to(self.contact))

    def test_supplier_marked_as_client_is_one(self):
        self.client_company.write({"supplier_rank": 1, "is_outsourcing_client": True})
        self.assertTrue(self.write_to(self.contact))

    def test_only_marked_clients_if_the_company_wants_it(self):
        self.env.company.interaction_clients = "marked"
        self.assertFalse(self.write_to(self.contact))
        self.client_company.is_outsourcing_client = True
        self.assertTrue(self.write_to(self.contact))

    def test_staff_who_are_contacts_of_a_client_are_staff(self):
        self.staff.partner_id.parent_id = self.client_company
        self.assertFalse(self.write_to(self.staff.partner_id, record=self.make_task(name="Internal")))

    def test_new_company_is_no_client_at_once(self):
        company = self.env["res.company"].create({"name": "Branch"})
        self.assertFalse(self.write_to(company.partner_id, record=self.make_task(name="Internal")))

    def make_mailbox(self, user="books@firm.example.com"):
        return self.env["fetchmail.server"].create({"name": "Summary Reports", "server_type": "imap", "user": user})

    def test_mailbox_of_the_firm_is_no_client(self):
        self.make_mailbox()
        mailbox = self.make_contact(name="books", email="Books <books@firm.example.com>")
        self.assertEqual(self.write_to(self.contact, mailbox).partner_id, self.contact)

    def test_address_of_the_firm_is_no_client(self):
        self.env.company.email = "office@firm.example.com"
        office = self.make_contact(name="office", email="office@firm.example.com")
        self.assertEqual(self.write_to(self.contact, office).partner_id, self.contact)

    def test_marked_client_with_the_address_of_the_firm_is_one(self):
        self.make_mailbox()
        self.client_company.is_outsourcing_client = True
        self.contact.email = "books@firm.example.com"
        self.assertTrue(self.write_to(self.contact))

    def test_mail_from_the_mailbox_of_the_firm_is_no_unknown_sender(self):
        self.make_mailbox()
        self.task.message_post(
            body="Hello",
            message_type="email",
            author_id=False,
            email_from="Books <books@firm.example.com>",
        )
        self.assertFalse(self.captured(self.task))

    def test_client_stays_when_the_contact_changes_employer(self):
        interaction = self.write_to(self.contact)
        self.contact.parent_id = self.make_client(name="Vector")
        self.assertEqual(interaction.commercial_partner_id, self.client_company)
