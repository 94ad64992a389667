from odoo.tests.common import tagged

from odoo.addons.crm_outsourcing_interactions.models.interaction.tagging.crm_interaction_unknown_senders import is_free

from .unknown_sender_common import TAX, UnknownSenderCase

STAFF = "Staff <staff@firm.example.com>"
BOOKS = "bookkeeping@firm.example.com"
HELLO = "hello@firm.example.com"
BETA = "beta@firm.example.com"
FORWARD = (
    "Please log.\n\n---------- Forwarded message ---------\nFrom: Anna <anna@client.example.com>\n"
    "Date: Fri, 30 Oct 2026 at 09:00\nSubject: Act\nTo: <staff@firm.example.com>\n\nPlease sign it."
)


@tagged("post_install", "-at_install")
class TestCasesPeople(UnknownSenderCase):
    """The cases “People and direction”: each input with the contacts that it is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.beta = cls.make_client(name="Beta")
        cls.make_project(partner_id=cls.beta.id, alias_name="beta", alias_contact="everyone")
        cls.boris = cls.make_contact(name="Boris", email="boris@beta.example.com", parent_id=cls.beta.id)

    def facts(self, interactions):
        """Return ``(direction, client, unknown sender, reason's code)`` of each, in a fixed order."""
        return sorted(
            (i.direction, i.commercial_partner_id.name or "", i.unknown_sender or "", (i.why or {}).get("code") or "")
            for i in interactions
        )

    def assert_is(self, interactions, *expected):
        found = [fact[: len(expected[0])] for fact in self.facts(interactions)]
        self.assertEqual(found, sorted(expected))

    def test_answer_sent_as_the_alias(self):
        both = f"{BOOKS}, anna@client.example.com"
        for key, sender in enumerate(("Books <bookkeeping@firm.example.com>", "Books <accounting@firm.example.com>")):
            with self.subTest(sender=sender):
                answer = self.answer(sender=sender, to=both, key=str(key), body=f"Another {key}")
                self.assertLessEqual(set(self.facts(answer)), {("outgoing", "Alfa", "", fact) for fact in ("", "rule")})

    def test_group_mailbox_in_copy(self):
        self.make_contact(name="Accounting", email="accounting@firm.example.com")
        sent = self.wait(sender=STAFF, to=f"anna@client.example.com, accounting@firm.example.com, {BOOKS}")
        self.assert_is(sent, ("outgoing", "Alfa"))

    def test_authority_in_the_thread(self):
        address = "office@tax.example.gov"
        self.assert_is(self.answer(sender=TAX), ("incoming", "", address, "unknown_sender"))

    def test_supplier_in_the_thread_waits_and_its_relay_is_none_of_ours(self):
        self.make_client(name="Printer", email="rent@landlord.example.org", supplier_rank=3)
        self.task.message_subscribe(self.anna.ids)
        answer = self.answer(sender="Printer <rent@landlord.example.org>")
        self.assert_is(answer, ("incoming", "", "rent@landlord.example.org", "unknown_sender"))
        self.assertIn(self.anna, answer.message_id.notified_partner_ids)

    def test_one_sender_to_an_alias(self):
        anna = "Anna <anna@client.example.com>"
        cases = (
            ("new.girl@client.example.com", BOOKS, ("incoming", "Alfa", "", "client_domain")),
            ("anna+tax@client.example.com", BOOKS, ("incoming", "Alfa", "", "address_form")),
            ("Ivan", BOOKS, ("incoming", "", "Ivan", "unknown_sender")),
            (anna, BETA, ("incoming", "Beta")),
        )
        for number, (sender, to, expected) in enumerate(cases):
            with self.subTest(sender=sender, to=to):
                if to == BETA:
                    self.make_contact(name="Anna B", email="anna@client.example.com", parent_id=self.beta.id)
                self.assert_is(self.wait(sender=sender, to=to, key=f"one{number}"), expected)

    def test_client_of_the_company_of_the_alias(self):
        branch = self.env["res.company"].create(
            {"name": "Branch", "alias_domain_id": self.env.company.alias_domain_id.id}
        )
        for company, name in ((self.env.company, "Main"), (branch, "Other")):
            client = self.make_client(name=name, company_id=company.id, is_outsourcing_client=True)
            self.make_contact(email="both@x.example.com", parent_id=client.id, company_id=company.id)
            self.make_project(company_id=company.id, alias_name=name, alias_contact="everyone")
        for name in ("Main", "Other"):
            with self.subTest(company=name):
                found = self.wait(sender="both@x.example.com", to=f"{name.lower()}@firm.example.com", key=name)
                self.assert_is(found, ("incoming", name))

    def test_opportunity_converted_later(self):
        interaction = self.wait(sender="boss@gamma.example.com", to=HELLO)
        gamma = self.make_client(name="Gamma", is_outsourcing_client=True)
        self.env["crm.lead"].browse(interaction.res_id).convert_opportunity(gamma)
        self.assert_is(interaction, ("incoming", "Gamma", ""))

    def test_forwarded_mail(self):
        interaction = self.wait(sender=STAFF, to=BOOKS, subject="Fwd: Act", body=FORWARD)
        self.assert_is(interaction, ("incoming", "Alfa", "", "forwarded"))
        self.assertRecordValues(interaction, [{"state": "to_review", "partner_id": self.anna.id}])
        self.assertEqual(f"{interaction.date:%Y-%m-%d}", "2026-10-30")

    # --- mended before without a test of its own ------------------------------------------------

    def test_percent_in_a_domain_is_no_wildcard(self):
        self.make_contact(name="Anybody", email="x@clientXexample.com", parent_id=self.beta.id)
        for number, sender in enumerate(("new@client%example.com", "new@client_example.com")):
            with self.subTest(sender=sender):
                self.assertFalse(self.wait(sender=sender, key=f"wild{number}").commercial_partner_id)

    def test_very_long_sender_waits_shortened(self):
        waiting = self.wait(sender=f"{'x' * 3000}@long.example.org")
        self.assertEqual(len(waiting), 1)
        self.assertLessEqual(len(waiting.unknown_sender), 320)

    def test_never_is_for_the_selected_companies(self):
        branch = self.env["res.company"].create(
            {"name": "Branch", "alias_domain_id": self.env.company.alias_domain_id.id}
        )
        self.make_project(company_id=branch.id, alias_name="branch", alias_contact="everyone")
        self.make_project(company_id=self.env.company.id, alias_name="main", alias_contact="everyone")
        here = self.wait(to="main@firm.example.com", key="here")
        there = self.wait(to="branch@firm.example.com", key="there")
        self.assertEqual((here | there).company_id, self.env.company | branch)
        here.with_user(self.manager).action_never_client()
        self.assertEqual((here.state, there.state), ("ignored", "to_review"))
        self.assertFalse(self.wait(to="main@firm.example.com", key="here2"))
        self.assertTrue(self.wait(to="branch@firm.example.com", key="there2").unknown_sender)

    def test_only_free_people_join_a_client(self):
        person = self.make_contact(email="free@x.example.org")
        self.assertTrue(is_free(person))
        bound = {
            "company": self.make_client(email="c@x.example.org"),
            "of another": self.anna,
            "supplier": self.make_contact(email="s@x.example.org", supplier_rank=1),
            "marked": self.make_contact(email="m@x.example.org", is_outsourcing_client=True),
            "user": self.staff.partner_id,
        }
        bound["with a project"] = self.make_contact(email="p@x.example.org")
        self.make_project(partner_id=bound["with a project"].id)
        bound["with contacts"] = self.make_contact(email="k@x.example.org")
        self.make_contact(email="child@x.example.org", parent_id=bound["with contacts"].id)
        for name, partner in bound.items():
            with self.subTest(name):
                self.assertFalse(is_free(partner))
