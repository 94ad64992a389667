from odoo.tests.common import tagged

from .unknown_sender_common import UnknownSenderCase


@tagged("post_install", "-at_install")
class TestCaptureAddresses(UnknownSenderCase):
    """Test the client of an address: additional addresses, a client's colleagues, shared addresses."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.beta = cls.make_client(name="Beta")
        cls.betas = cls.make_project(partner_id=cls.beta.id, alias_name="beta", alias_contact="everyone")

    def assert_of(self, interaction, client, reason, state="to_review"):
        self.assertRecordValues(
            interaction,
            [{"commercial_partner_id": client.id, "unknown_sender": False, "active": True, "state": state}],
        )
        self.assertIn(reason, interaction.reason or "")

    # --- other addresses of a client ------------------------------------------------------

    def test_new_person_at_the_domain_of_a_client(self):
        for number, to in enumerate(("bookkeeping", "hello")):
            with self.subTest(to=to):
                sender = f"new.girl{number}@client.example.com"
                interaction = self.wait(sender=sender, to=f"{to}@firm.example.com", key=to)
                self.assert_of(interaction, self.alfa, f"{sender} is at the domain of Alfa")

    def test_public_domain_tells_nothing(self):
        self.anna.email = "anna@gmail.com"
        self.assertTrue(self.wait(sender="someone@gmail.com").unknown_sender)

    def test_domain_of_the_firm_tells_nothing(self):
        self.make_contact(name="Guest", email="guest@firm.example.com", parent_id=self.alfa.id)
        self.alfa.is_outsourcing_client = True
        self.assertFalse(self.wait(sender="robot@firm.example.com").commercial_partner_id)

    def test_similar_domain_is_another_one(self):
        self.make_contact(email="x@my_client.example.com", parent_id=self.beta.id)
        self.assertTrue(self.wait(sender="a@myxclient.example.com").unknown_sender)
        self.assertTrue(self.wait(sender="a@other.client.example.com", key="2").unknown_sender)

    def test_domain_of_two_clients(self):
        self.make_contact(email="boris@client.example.com", parent_id=self.beta.id)
        self.assertTrue(self.wait(sender="new@client.example.com").unknown_sender)
        of_beta = self.wait(sender="new@client.example.com", to="beta@firm.example.com", key="2")
        self.assert_of(of_beta, self.beta, "domain of Beta")

    def test_domain_of_a_contact_who_is_no_client(self):
        self.make_contact(email="head@tax.example.gov", parent_id=self.make_client(name="Tax").id)
        self.assertTrue(self.wait().unknown_sender)

    def test_ignored_sender_at_the_domain_of_a_client(self):
        self.env["crm.interaction.ignored.sender"].create({"address": "news@client.example.com"})
        self.assertFalse(self.wait(sender="news@client.example.com"))
        self.env["crm.interaction.ignored.sender"].create({"address": "anna@client.example.com"})
        self.assertEqual(self.wait(sender="anna@client.example.com", key="2").partner_id, self.anna)

    def test_subaddress(self):
        interaction = self.wait(sender="Anna <anna+tax@client.example.com>")
        self.assert_of(interaction, self.alfa, "anna+tax@client.example.com is another form of anna@client.example.com")
        self.assertEqual(interaction.partner_id, self.anna)

    def test_spellings_of_an_international_domain(self):
        for number, pair in enumerate(
            (("пример.рф", "xn--e1afmkfd.xn--p1ai"), ("xn--d1acpjx3f.xn--p1ai", "яндекс.рф"))
        ):
            with self.subTest(pair=pair):
                known, written = pair
                person = self.make_contact(name="Ivan", email=f"ivan@{known}", parent_id=self.beta.id)
                interaction = self.wait(sender=f"ivan@{written}", key=f"idna{number}")
                self.assert_of(interaction, self.beta, "another form of")
                self.assertEqual(interaction.partner_id, person)

    def test_client_hidden_behind_another_contact(self):
        self.make_contact(name="Double", email="boris@beta.example.com")
        boris = self.make_contact(name="Boris", email="boris@beta.example.com", parent_id=self.beta.id)
        interaction = self.wait(sender="boris@beta.example.com")
        self.assertEqual(interaction.partner_id, boris)

    # --- addresses of several clients ---------------------------------------------------------

    def share(self):
        """Give Anna's address to a person of Beta too."""
        return self.make_contact(name="Anna of Beta", email="anna@client.example.com", parent_id=self.beta.id)

    def test_project_decides(self):
        person = self.share()
        for key, to, expected in (("a", "beta", person), ("b", "bookkeeping", self.anna)):
            with self.subTest(to=to):
                interaction = self.wait(sender="anna@client.example.com", to=f"{to}@firm.example.com", key=key)
                self.assertEqual(interaction.partner_id, expected)
                self.assertNotIn("several", interaction.reason or "")

    def test_thread_decides(self):
        person = self.share()
        task = self.make_task(project_id=self.betas.id, partner_id=self.beta.id, user_ids=self.staff.ids)
        question = task.with_user(self.staff).message_post(
            body="Hello", message_type="comment", subtype_xmlid="mail.mt_comment", partner_ids=person.ids
        )
        headers = f"In-Reply-To: {question.message_id}\n"
        interaction = self.wait(sender="anna@client.example.com", headers=headers, to="beta@firm.example.com")
        self.assertEqual((interaction.res_id, interaction.partner_id), (task.id, person))

    def test_document_decides_on_what_staff_send(self):
        person = self.share()
        sent = {"sender": "Staff <staff@firm.example.com>", "to": "beta@firm.example.com, anna@client.example.com"}
        self.assertRecordValues(self.wait(**sent), [{"direction": "outgoing", "partner_id": person.id}])

    def test_nobody_decides(self):
        self.share()
        interaction = self.wait(sender="anna@client.example.com")
        self.assertRecordValues(interaction, [{"partner_id": False, "active": True, "state": "to_review"}])
        self.assertIn("several clients", interaction.reason)

    def test_last_confirmed_one_is_proposed(self):
        person = self.share()
        for client, date in ((self.anna, "2026-10-01 10:00:00"), (person, "2026-10-02 10:00:00")):
            self.log(partner_id=client.id, type_id=self.type_("1.1.3").id, date=date)
        self.log(partner_id=self.anna.id, type_id=False, date="2026-10-03 10:00:00")
        interaction = self.wait(sender="anna@client.example.com")
        self.assert_of(interaction, self.beta, "matches several clients, confirmed last: Beta")
        self.assertEqual(interaction.partner_id, person)

    def test_company_of_the_alias_decides(self):
        branch = self.env["res.company"].create(
            {"name": "Branch", "alias_domain_id": self.env.company.alias_domain_id.id}
        )
        foreign = self.make_client(name="Gamma", company_id=branch.id, is_outsourcing_client=True)
        person = self.make_contact(email="both@x.example.com", parent_id=foreign.id, company_id=branch.id)
        own = self.make_client(name="Delta", company_id=self.env.company.id, is_outsourcing_client=True)
        own_person = self.make_contact(email="both@x.example.com", parent_id=own.id, company_id=self.env.company.id)
        self.make_project(name="B", company_id=branch.id, alias_name="branch", alias_contact="everyone")
        self.make_project(name="A", company_id=self.env.company.id, alias_name="main", alias_contact="everyone")
        for to, company, expected in (("branch", branch, person), ("main", self.env.company, own_person)):
            with self.subTest(to=to):
                interaction = self.wait(sender="both@x.example.com", to=f"{to}@firm.example.com", key=to)
                self.assertEqual((interaction.company_id, interaction.partner_id), (company, expected))
