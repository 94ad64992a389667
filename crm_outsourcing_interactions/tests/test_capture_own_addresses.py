from odoo.exceptions import AccessError, ValidationError
from odoo.tests.common import tagged

from .common import ClientMailCase


@tagged("post_install", "-at_install")
class TestCaptureOwnAddresses(ClientMailCase):
    """Test that the firm's own addresses are no clients, even if Odoo has created a contact for one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.task = cls.make_task(project_id=cls.project.id, partner_id=cls.contact.id)
        cls.people = cls.env["crm.interaction.people"]

    def is_client(self, **vals):
        return self.people._is_client(self.make_contact(**vals))

    def post(self):
        return self.task.with_user(self.staff).message_post(
            body="Hello", message_type="comment", subtype_xmlid="mail.mt_comment", partner_ids=self.contact.ids
        )

    def answer(self, sender, to="bookkeeping@firm.example.com", **values):
        """Receive an answer in the thread; return what was logged for it."""
        before = self.captured()
        headers = f"In-Reply-To: {self.post().message_id}\n"
        logged = self.captured()
        self.receive(sender=sender, to=to, headers=headers, key=f"answer-{len(logged)}", **values)
        self.assertEqual(len(logged - before), 1)
        return self.captured() - logged

    def test_addresses_of_the_alias_domain_are_the_firms(self):
        for name in ("bookkeeping", "catchall", "bounce", "notifications", "accounting"):
            with self.subTest(name=name):
                self.assertFalse(self.is_client(email=f"{name.upper()}@Firm.example.com"))
        self.assertTrue(self.is_client(email="a@firm.example.org"))

    def test_domain_of_a_public_provider_is_nobodys(self):
        self.env["mail.alias.domain"].create({"name": "gmail.com", "default_from": "firm@gmail.com"})
        self.assertTrue(self.is_client(email="anna@gmail.com"))
        self.assertFalse(self.is_client(email="firm@gmail.com"))
        self.assertFalse(self.is_client(email="catchall@gmail.com"))

    def test_customer_at_the_alias_domain_is_a_client(self):
        sister = self.make_client(email="sister@firm.example.com")
        self.assertFalse(self.people._is_client(sister))
        sister._increase_rank("customer_rank")
        self.assertTrue(self.people._is_client(sister))

    def test_renamed_alias_domain(self):
        contact = self.make_contact(email="a@other.example.com")
        self.assertTrue(self.people._is_client(contact))
        self.env.company.alias_domain_id.name = "other.example.com"
        self.assertFalse(self.people._is_client(contact))

    def test_colleague_sending_as_an_alias_is_no_client(self):
        answers = self.answer("Books <bookkeeping@firm.example.com>")
        self.assertFalse(answers.filtered(lambda i: i.direction != "outgoing"))
        both = "bookkeeping@firm.example.com, anna@client.example.com"
        answers = self.answer("Books <accounting@firm.example.com>", both, body="Another mail")
        self.assertRecordValues(answers, [{"direction": "outgoing", "commercial_partner_id": self.client_company.id}])

    def test_alias_that_became_a_contact_is_outgoing(self):
        self.make_contact(name="Bookkeeping", email="bookkeeping@firm.example.com")
        answers = self.answer("bookkeeping@firm.example.com", "catchall@firm.example.com, anna@client.example.com")
        self.assertRecordValues(answers, [{"direction": "outgoing", "commercial_partner_id": self.client_company.id}])

    def test_group_mailbox_in_copy_is_no_second_client(self):
        self.make_contact(name="Accounting", email="accounting@firm.example.com")
        to = "anna@client.example.com, accounting@firm.example.com, bookkeeping@firm.example.com"
        self.receive(sender="Staff <staff@firm.example.com>", to=to)
        self.assertEqual(self.captured().commercial_partner_id, self.client_company)
        self.assertEqual(len(self.captured()), 1)

    def test_listed_address_and_domain(self):
        office = self.make_contact(email="office@mail.example.org")
        other = self.make_contact(email="a@group.example.org")
        self.assertTrue(self.people._is_client(office))
        self.env.company.interaction_own_addresses = "Office <Office@mail.example.org>\n\n@Group.example.org"
        self.assertFalse(self.people._is_client(office) or self.people._is_client(other))
        self.receive(headers="Precedence: list\nList-Id: <all.group.example.org>\n")
        self.assertEqual(self.captured().partner_id, self.contact)
        self.env.company.interaction_own_addresses = False
        self.assertTrue(self.people._is_client(office))

    def test_faulty_lists_are_refused(self):
        faulty = (
            "office",
            "@gmail.com",
            "a@b@c",
            "@",
            "office@mail.example.org, @",
            "a@b.example c@d.example",
            "@" + "a." * 50_000,
        )
        for text in faulty:
            with self.subTest(text=text[:40]), self.assertRaisesRegex(ValidationError, "is not an address or a domain"):
                self.env.company.interaction_own_addresses = f"good@mail.example.org\n{text}"

    def test_addresses_of_clients_are_refused(self):
        self.contact.parent_id.is_outsourcing_client = True
        for text in ("anna@client.example.com", "@client.example.com"):
            with self.subTest(text=text), self.assertRaisesRegex(ValidationError, "of the client “Alfa”"):
                self.env.company.interaction_own_addresses = text
        with self.assertRaisesRegex(ValidationError, "of the client “Alfa”"):
            self.staff.interaction_private_addresses = "Anna@client.example.com"

    def test_contact_made_of_a_group_mailbox_may_be_listed(self):
        self.make_contact(name="office", email="office@mail.example.org")
        self.env.company.interaction_own_addresses = "office@mail.example.org"

    def test_private_address_of_a_colleague_is_outgoing(self):
        self.make_contact(name="Staff at home", email="staff@home.example.org")
        self.staff.interaction_private_addresses = "Staff@home.example.org"
        answers = self.answer("staff@home.example.org", "bookkeeping@firm.example.com, anna@client.example.com")
        self.assertRecordValues(
            answers,
            [{"direction": "outgoing", "commercial_partner_id": self.client_company.id, "user_id": self.staff.id}],
        )

    def test_private_address_of_a_former_colleague_is_nobodys(self):
        self.staff.interaction_private_addresses = "staff@home.example.org"
        contact = self.make_contact(email="staff@home.example.org")
        self.assertFalse(self.people._is_client(contact))
        self.staff.sudo().active = False
        self.assertTrue(self.people._is_client(contact))

    def test_client_who_gets_a_private_address_stays_one(self):
        self.staff.interaction_private_addresses = "staff@home.example.org"
        client = self.make_client(email="staff@home.example.org")
        client._increase_rank("customer_rank")
        self.assertTrue(self.people._is_client(client))

    def test_nobody_makes_an_address_his_own(self):
        staff = self.staff.with_user(self.staff)
        with self.assertRaises(AccessError):
            staff.interaction_private_addresses = "anyone@home.example.org"
        with self.assertRaises(AccessError):
            self.manager.with_user(self.staff).interaction_private_addresses = "anyone@home.example.org"
        self.staff.interaction_private_addresses = "staff@home.example.org"
        self.assertEqual(staff.interaction_private_addresses, "staff@home.example.org")

    def test_colleagues_do_not_read_private_addresses(self):
        self.manager.interaction_private_addresses = "manager@home.example.org"
        colleague = self.manager.with_user(self.staff)
        with self.assertRaises(AccessError):
            colleague.read(["interaction_private_addresses"])
        with self.assertRaises(AccessError):
            colleague.search([("interaction_private_addresses", "!=", False)])

    def test_domains_are_no_private_addresses(self):
        with self.assertRaisesRegex(ValidationError, "@home.example.org. is not an address"):
            self.staff.interaction_private_addresses = "@home.example.org"

    def test_supplier_in_a_clients_thread_is_neither_side(self):
        self.make_client(name="Landlord", email="rent@landlord.example.org", supplier_rank=1)
        answers = self.answer("rent@landlord.example.org", "bookkeeping@firm.example.com, anna@client.example.com")
        self.assertFalse(answers.commercial_partner_id)
        self.assertNotIn("outgoing", answers.mapped("direction"))
