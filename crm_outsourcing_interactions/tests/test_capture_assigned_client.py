from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from .common import MailCase

BORIS = "boris@director.example.com"


@tagged("post_install", "-at_install")
@freeze_time("2026-11-10 12:00:00")
class TestCaptureAssignedClient(MailCase):
    """One person writes for several clients: a rule tells by words for which."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alfa, cls.beta = cls.make_client(name="Alfa"), cls.make_client(name="Beta", user_id=cls.staff.id)
        cls.of_alfa = cls.make_contact(parent_id=cls.alfa.id, email=BORIS)
        cls.of_beta = cls.make_contact(parent_id=cls.beta.id, email=BORIS)
        cls.make_project(alias_name="bookkeeping", alias_contact="everyone")
        rules = cls.env["crm.interaction.rule"].with_user(cls.manager)
        values = {"name": "Beta", "event": "message_in", "address": f"Boris <{BORIS}>", "words": "bakery"}
        cls.rule = rules.create({**values, "assigned_client_id": cls.beta.id})

    def receive_one(self, body="Wages of the bakery", key="1", sender=f"Boris <{BORIS}>"):
        task = self.env["project.task"].browse(self.receive(sender=sender, key=key, body=body))
        return self.captured(task)

    def test_words_decide_the_client_and_the_reason_is_shown(self):
        interaction = self.receive_one()
        self.assertEqual((interaction.partner_id, interaction.commercial_partner_id), (self.of_beta, self.beta))
        self.assertEqual((interaction.state, interaction.user_id), ("to_review", self.staff))
        self.assertIn("Beta", interaction.reason)
        self.assertNotIn("several", interaction.reason)

    def test_rule_is_named_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.rule.update_field_translations("name", {"ru_RU": "Пекарня"})
        interaction = self.receive_one().with_user(self.manager)
        self.assertEqual(interaction.with_context(lang="ru_RU").reason, "Клиент назначен правилом «Пекарня»")
        self.rule.unlink()
        interaction.invalidate_recordset()
        self.assertIn("Beta", interaction.with_context(lang="ru_RU").reason)

    def test_other_words_and_addresses_are_not_assigned(self):
        self.assertFalse(self.receive_one(body="Wages of October").commercial_partner_id)
        self.make_contact(parent_id=self.alfa.id, email="anna@client.example.com")
        anna = self.receive_one(key="2", sender="anna@client.example.com")
        self.assertEqual(anna.commercial_partner_id, self.alfa)

    def test_rule_outweighs_the_client_confirmed_last(self):
        last = self.receive_one(body="Wages of October")
        last.with_user(self.manager).write({"partner_id": self.of_alfa.id, "type_id": self.type_("1.1.1").id})
        self.assertEqual(self.receive_one(key="2", body="And of November").commercial_partner_id, self.alfa)
        self.assertEqual(self.receive_one(key="3").commercial_partner_id, self.beta)

    def test_decision_in_the_thread_outweighs_the_rule(self):
        task = self.env["project.task"].browse(self.receive(sender=BORIS, key="1", body="Wages of October"))
        first = self.captured(task)
        first.with_user(self.manager).write({"partner_id": self.of_alfa.id, "type_id": self.type_("1.1.1").id})
        answer = {"headers": "In-Reply-To: <1@client.example.com>\n", "body": "And of the bakery"}
        self.receive(sender=BORIS, key="2", **answer)
        self.assertEqual((self.captured(task) - first).commercial_partner_id, self.alfa)

    def test_only_clients_can_be_assigned(self):
        self.env.company.interaction_clients = "customers"
        stranger = self.env["res.partner"].create({"name": "Stranger", "is_company": True})
        for partner in (self.env.company.partner_id, self.staff.partner_id, self.of_alfa, stranger):
            with self.subTest(partner=partner.name), self.assertRaisesRegex(ValidationError, "not a client"):
                self.rule.assigned_client_id = partner
        stranger.is_outsourcing_client = True
        self.rule.assigned_client_id = stranger

    def test_rule_of_a_former_client_assigns_nothing(self):
        self.beta.is_outsourcing_client = True
        self.env.company.interaction_clients = "marked"
        self.beta.is_outsourcing_client = False
        self.assertNotEqual(self.receive_one().commercial_partner_id, self.beta)

    def test_word_of_a_person_stays(self):
        interaction = self.receive_one()
        interaction.with_user(self.manager).write({"partner_id": self.of_alfa.id, "type_id": self.type_("1.1.1").id})
        replay = self.env["crm.interaction.replay"].create({"date_from": "2026-11-01", "date_to": "2026-11-30"})
        replay.action_run()
        while replay.state == "running":
            replay._run_batch()
        logged = self.env["crm.interaction"].search([("message_id", "=", interaction.message_id.id)])
        self.assertEqual((logged, logged.commercial_partner_id), (interaction, self.alfa))

    def test_rule_with_a_type_confirms_both(self):
        self.rule.write({"type_id": self.type_("1.1.1").id, "confirms": True})
        interaction = self.receive_one()
        self.assertEqual((interaction.commercial_partner_id, interaction.rule_id), (self.beta, self.rule))
        self.assertEqual(interaction.state, "confirmed")

    def test_client_of_another_company_or_archived_is_not_assigned(self):
        for values in ({"company_id": self.env["res.company"].create({"name": "Other"}).id}, {"active": False}):
            with self.subTest(values=values):
                self.beta.write({"company_id": False, "active": True, **values})
                self.assertNotEqual(self.receive_one(key=str(values)[:9]).commercial_partner_id, self.beta)

    def test_rule_for_the_client_only_gives_no_type(self):
        interaction = self.receive_one()
        self.assertNotEqual(interaction.rule_id, self.rule)
        test = self.env["crm.interaction.rule.test"].create({"body": "bakery", "partner_id": self.of_alfa.id})
        self.assertNotEqual(test.rule_id, self.rule)
        verdicts = {line.rule_id: line.verdict for line in test.line_ids}
        self.assertIn("Beta", verdicts[self.rule])

    def test_rule_needs_an_effect_and_an_address(self):
        for values in (
            {"assigned_client_id": False},
            {"address": False},
            {"address": "Boris"},
            {"event": "activity_done"},
        ):
            with self.subTest(values=values), self.assertRaises(ValidationError), self.cr.savepoint():
                self.rule.write(values)

    def test_form_needs_a_type_or_a_client(self):
        form = Form(self.env["crm.interaction.rule"].with_user(self.manager))
        form.name, form.event = "Both", "message_in"
        with self.assertRaises(AssertionError):
            form.save()
        form.address, form.assigned_client_id = BORIS, self.beta
        self.assertTrue(form.save())

    def test_doubtful_mail_keeps_its_sign(self):
        self.rule.write({"type_id": self.type_("1.1.1").id, "confirms": True})
        for confirms in (True, False):
            self.rule.confirms = confirms
            with self.subTest(confirms=confirms):
                task = self.receive(
                    sender=BORIS,
                    key=f"doubt{confirms}",
                    body="Wages of the bakery",
                    subject="Отсутствую: больничный",
                )
                interaction = self.captured(self.env["project.task"].browse(task))
                self.assertEqual((interaction.commercial_partner_id, interaction.state), (self.beta, "to_review"))
                self.assertIn("Possibly automatic mail: Отсутствую", interaction.reason)

    def test_rule_of_a_mailbox_and_of_a_subaddress(self):
        plus = BORIS.replace("@", "+tax@")
        for of_rule, sender, is_assigned in (
            (BORIS, plus, True),
            (plus, plus, True),
            (plus, BORIS, False),
        ):
            self.rule.address = of_rule
            with self.subTest(of_rule=of_rule, sender=sender):
                interaction = self.receive_one(key=f"{of_rule}{sender}", sender=sender)
                self.assertEqual(interaction.commercial_partner_id == self.beta, is_assigned)

    def test_rule_goes_with_its_client(self):
        self.of_beta.unlink()
        self.beta.unlink()
        self.assertFalse(self.rule.exists())
