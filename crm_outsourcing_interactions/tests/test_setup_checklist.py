from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from ..models.setup.crm_interaction_setup import STEPS
from .common import InteractionCase

ADDON = "crm_outsourcing_interactions"


class SetupCase(InteractionCase):
    """A second, empty company with a manager of its own who is no administrator."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.firm = cls.env["res.company"].create({"name": "Second Firm", "interaction_tz": "Pacific/Auckland"})
        cls.env["res.partner"].search([("is_outsourcing_client", "=", True)]).company_id = cls.env.company
        own = {"company_id": cls.firm.id, "company_ids": [Command.set(cls.firm.ids)]}
        groups = f"{ADDON}.group_manager"
        cls.boss, cls.user = cls.make_users(
            {"login": "second.manager", "groups": groups, **own},
            {"login": "second.user", "groups": f"{ADDON}.group_user", **own},
        )

    def setup_of(self, user=None):
        """Return the checklist's model as ``user`` (the manager) opens it in the second company."""
        return self.env["crm.interaction.setup"].with_user(user or self.boss).with_company(self.firm)

    def steps(self, user=None):
        """Return ``{name: step}``."""
        return {step["name"]: step for step in self.setup_of(user).checklist()["steps"]}

    def done(self):
        return {name for name, step in self.steps().items() if step["is_done"]}

    def log_confirmed(self, number):
        client = self.make_client(company_id=self.firm.id)
        for code in ("1.1.1", "2.2.1") * (number // 2):
            self.log(partner_id=client.id, type_id=self.type_(code).id, company_id=self.firm.id, user_id=self.boss.id)


@tagged("post_install", "-at_install")
class TestSetupChecklist(SetupCase):
    def test_nothing_is_done_in_an_empty_company(self):
        steps = self.steps()
        self.assertEqual(tuple(steps), STEPS)
        self.assertEqual(self.done(), {"rights"})
        self.assertIn("0 contacts", steps["clients"]["text"])
        self.assertFalse(steps["people"]["is_ready"])
        self.assertFalse(steps["targets"]["is_ready"])

    def test_only_managers_see_and_open_it(self):
        for user in (self.user, self.make_staff(login="outsider", groups="base.group_user")):
            model = self.env["crm.interaction.setup"].with_user(user)
            for call in (model.checklist, model.hide, model.action_open, lambda model=model: model.open_step("rights")):
                with self.assertRaises(AccessError):
                    call()

    def test_each_step_opens_for_a_manager_without_administration(self):
        self.assertFalse(self.boss.has_group("base.group_system"))
        for name in set(STEPS) - {"targets", "rights"}:
            with self.subTest(name):
                self.assertTrue(self.setup_of().open_step(name)["res_model"])

    def test_unknown_steps_are_refused(self):
        with self.assertRaises(ValueError):
            self.setup_of().open_step("unlink")

    def test_clients_are_proposed_from_invoices_and_projects(self):
        with_project, other = (self.make_client(name=name) for name in ("With Project", "Nobody Yet"))
        contact = self.make_contact(parent_id=with_project.id)
        self.make_project(partner_id=contact.id, company_id=self.firm.id)
        proposed = self.env["res.partner"].with_user(self.boss).with_company(self.firm)
        found = proposed.search([("interaction_is_proposed", "=", True)])
        self.assertEqual(found, with_project)
        self.assertNotIn(other, found)
        self.assertIn("1 contact", self.steps()["clients"]["text"])
        found.action_interaction_mark_client()
        self.assertTrue(contact.is_outsourcing_client)
        self.assertTrue(self.env["crm.interaction.client"].search([("partner_id", "=", with_project.id)]))
        self.assertFalse(proposed.search([("interaction_is_proposed", "=", True)]))
        self.assertIn("clients", self.done())

    def test_clients_are_chosen_among_all_contacts_but_own_companies(self):
        action = self.setup_of().open_step("clients")
        partners = self.env["res.partner"].with_user(self.boss).with_company(self.firm)
        found = partners.search(action["domain"])
        self.assertIn(self.make_client(name="Nobody Yet"), partners.search(action["domain"]))
        self.assertFalse(found & (self.firm | self.env.company).partner_id)
        created = partners.with_context(**action["context"]).create({"name": "New Client"})
        self.assertIn(created, self.env["crm.interaction.client"].search([]).partner_id)
        self.assertEqual(created.company_id, self.firm, "managers of other companies do not meet it")

    def test_managers_ask_the_administrators_for_rights(self):
        step = self.steps()["rights"]
        self.assertEqual(step["button"], "Ask an Administrator", "this company has none of its own")
        self.assertIn(self.env.ref("base.user_admin").name, step["text"])
        self.assertIn(self.boss.name, step["text"])
        self.assertIn(self.user.name, step["text"])
        own = {"company_id": self.firm.id, "company_ids": [Command.set(self.firm.ids)]}
        [admin] = self.make_users({"login": "ada", "name": "Ada Admin", "groups": "base.group_erp_manager", **own})
        step = self.steps()["rights"]
        self.assertIn("Only administrators give access: Ada Admin.", step["text"])
        self.assertEqual(step["button"], "Ask an Administrator")
        self.assertIn("Ada Admin", self.setup_of().open_step("rights")["params"]["message"])
        message = self.env["mail.message"].search([("notified_partner_ids", "=", admin.partner_id.id)])
        self.assertEqual(message.subject, "Access to Client Interactions")
        self.assertIn(self.boss.name, message.body)
        admin.group_ids += self.env.ref(f"{ADDON}.group_manager")
        self.assertEqual(self.setup_of(admin).open_step("rights")["res_model"], "res.users")

    def test_projects_of_other_companies_propose_nobody(self):
        self.make_project(partner_id=self.make_client().id, company_id=self.env.company.id)
        proposed = self.env["res.partner"].with_user(self.boss).with_company(self.firm)
        self.assertFalse(proposed.search([("interaction_is_proposed", "=", True)]))

    def test_invoices_propose_clients_to_managers_without_invoicing(self):
        self.setup_accounting()
        client = self.make_client(name="Invoiced")
        self.make_invoice(partner_id=client.id).action_post()
        proposed = self.env["res.partner"].with_user(self.manager).search([("interaction_is_proposed", "=", True)])
        self.assertIn(client, proposed)

    def test_people_are_done_when_each_client_has_both(self):
        client = self.make_client(company_id=self.firm.id, is_outsourcing_client=True)
        self.assertIn("1 client has no", self.steps()["people"]["text"])
        client.interaction_accountant_id = self.user
        self.assertNotIn("people", self.done())
        client.interaction_supervisor_id = self.boss
        self.assertIn("people", self.done())

    def test_history_starts_with_a_dry_run(self):
        action = self.setup_of().open_step("history")
        load = self.env["crm.interaction.replay"].browse(action["res_id"])
        self.assertEqual((load.state, load.company_id), ("counting", self.firm))
        self.assertEqual(self.setup_of().open_step("history")["res_id"], load.id, "not started twice")
        self.assertNotIn("history", self.done())

    def test_recipients_without_administration(self):
        wizard = self.env["crm.interaction.recipients"].with_user(self.boss).with_company(self.firm)
        wizard.create({"user_ids": [Command.set((self.user | self.staff).ids)]}).action_apply()
        self.assertEqual(self.firm.interaction_summary_report_user_ids, self.user, "nobody of another company")
        self.assertIn("report", self.done())
        with self.assertRaises(AccessError):
            wizard.create({"company_id": self.env.company.id, "user_ids": [Command.clear()]}).action_apply()

    def test_hidden_in_one_company_and_opened_again(self):
        self.setup_of().hide()
        self.assertEqual(self.setup_of().checklist(), {"is_hidden": True, "steps": []})
        self.assertTrue(self.env["crm.interaction.setup"].with_user(self.manager).checklist()["steps"])
        server_action = self.env.ref(f"{ADDON}.crm_interaction_setup_server_action")
        action = server_action.with_user(self.boss).with_company(self.firm).run()
        self.assertTrue(action["context"]["interaction_setup"])
        self.assertTrue(self.steps())
        self.patch(type(self.firm), "write", lambda *_args: self.fail("it is open already"))
        self.setup_of().action_open()

    def test_complete_checklist_is_not_computed_again(self):
        setup = self.setup_of()
        self.patch(type(setup), "_step", lambda _self, name: {"name": name, "is_done": True})
        self.assertEqual(len(setup.checklist()["steps"]), len(STEPS), "the menu shows it once more")
        self.assertEqual(setup.checklist(), {"is_hidden": True, "steps": []})
        setup.action_open()
        self.assertTrue(setup.checklist()["steps"])

    def test_russian(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        steps = self.setup_of().with_context(lang="ru_RU").checklist()["steps"]
        self.assertEqual(steps[0]["title"], "Отметьте клиентов")

    def test_few_statements_whatever_the_number_of_clients(self):
        self.steps()
        few = self.count_statements(self.steps)
        for _number in range(5):
            self.make_client(company_id=self.firm.id, is_outsourcing_client=True)
        self.assertLessEqual(self.count_statements(self.steps), few + 2)
        self.assertLessEqual(few, 25)


@tagged("post_install", "-at_install")
class TestSetupTour(SetupCase, HttpCase):
    def test_manager_walks_through_the_checklist(self):
        client = self.make_client(name="Proposed Client")
        self.make_project(partner_id=client.id, company_id=self.firm.id)
        self.start_tour("/odoo/interaction-clients", "crm_interaction_setup", login=self.boss.login)
        self.assertTrue(client.is_outsourcing_client)
        self.assertEqual(client.interaction_supervisor_id.id, False)
        self.assertEqual(self.firm.interaction_summary_report_user_ids, self.boss)
        self.assertTrue(self.firm.interaction_setup_hidden is False)
