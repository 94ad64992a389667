from odoo.exceptions import AccessError, UserError
from odoo.tests import Form
from odoo.tests.common import new_test_user, tagged

from .target_common import TargetCase


@tagged("post_install", "-at_install")
class TestTargetsAct(TargetCase):
    """Test that corrective actions do something with the rights of the user, and leave a dated record."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.action = cls.env["crm.interaction.corrective.action"].create(
            {"name": "Bundle", "description": "Collect questions", "days": 3}
        )
        cls.target = cls.make_target(corrective_action_ids=cls.action.ids)
        cls.log_many(cls.client, "2026-10-05", {"1.1.2": 20})
        cls.env["crm.interaction.indicator"]._refresh(cls.env.company)

    def act(self, user=None, indicator=None, **vals):
        self.action.write(vals)
        indicator = indicator or self.indicator()
        return (
            self.env["crm.interaction.taken.action"]
            .with_user(user or self.staff)
            .create({"indicator_id": indicator.id, "corrective_action_id": self.action.id})
        )

    def manager_with(self, group):
        groups = f"crm_outsourcing_interactions.group_manager,{group}"
        return new_test_user(self.env, "act.manager", groups=groups)

    def dialog(self, user, indicator=None):
        taken = self.env["crm.interaction.taken.action"].with_user(user)
        return Form(taken.with_context(default_indicator_id=(indicator or self.indicator()).id))

    def test_activity_is_planned_for_the_user_and_dated(self):
        taken = self.act()
        self.assertEqual((str(taken.date), taken.user_id), ("2026-10-20", self.staff))
        self.assertEqual((taken.partner_id, taken.target_id), (self.client, self.target))
        activity = self.client.activity_ids.filtered(lambda activity: activity.summary == "Bundle")
        self.assertEqual((str(activity.date_deadline), activity.user_id), ("2026-10-23", self.staff))
        self.assertEqual(taken.action_open()["res_model"], "res.partner")
        self.assertEqual(self.indicator().with_user(self.staff).taken_action_ids, taken)

    def test_task_goes_into_a_project_that_the_client_does_not_see(self):
        user = self.manager_with("project.group_project_user")
        projects = self.env["project.project"]
        projects.create({"name": "Shared", "partner_id": self.client.id, "privacy_visibility": "portal"})
        task = self.env["project.task"].browse(self.act(user, act="task").res_id)
        self.assertFalse(task.project_id)
        inside = projects.create({"name": "In", "partner_id": self.client.id, "privacy_visibility": "employees"})
        task = self.env["project.task"].browse(self.act(user).res_id)
        self.assertEqual((task.project_id, task.user_ids, str(task.date_deadline)[:10]), (inside, user, "2026-10-23"))
        self.assertIn("Target Client", task.name)
        self.assertIn("Collect questions", task.description)

    def test_task_is_a_copy_of_its_template(self):
        project = self.env["project.project"].create({"name": "Procedures", "privacy_visibility": "employees"})
        template = self.env["project.task"].create(
            {
                "name": "Agree on formats",
                "project_id": project.id,
                "is_template": True,
                "child_ids": [(0, 0, {"name": "Draft"}), (0, 0, {"name": "Sign"})],
            }
        )
        user = self.manager_with("project.group_project_user")
        task = self.env["project.task"].browse(self.act(user, act="task", template_id=template.id).res_id)
        self.assertEqual((task.name, task.project_id), ("Agree on formats · Target Client", project))
        self.assertEqual((task.is_template, len(task.child_ids), task.user_ids), (False, 2, user))

    def test_user_without_projects_gets_a_private_task(self):
        task = self.env["project.task"].browse(self.act(act="task").res_id)
        self.assertEqual((task.project_id.id, task.user_ids), (False, self.staff))

    def test_offer_is_an_opportunity_of_the_client(self):
        user = self.manager_with("sales_team.group_sale_salesman")
        lead = self.env["crm.lead"].browse(self.act(user, act="offer").res_id)
        self.assertEqual((lead.type, lead.partner_id, lead.user_id), ("opportunity", self.client, user))

    def test_client_without_an_address_is_invited_in_odoo_s_wizard(self):
        self.client.email = False
        wizard = self.act(self.manager, act="portal").action_finish()
        self.assertEqual(wizard["res_model"], "portal.wizard")
        invited = self.env["portal.wizard"].browse(wizard["res_id"]).user_ids
        self.assertEqual((invited.partner_id, invited.email_state), (self.client, "ko"))

    def test_nobody_does_more_than_his_rights_allow(self):
        for act in ("offer", "portal"):
            with self.subTest(act=act):
                self.action.act = act
                self.assertFalse(self.dialog(self.staff).is_allowed)
                with self.assertRaises(AccessError):
                    self.act(self.staff)
        self.assertFalse(self.env["crm.interaction.taken.action"].search([]))

    def test_planning_needs_no_right_to_edit_contacts(self):
        self.assertFalse(self.client.with_user(self.staff).has_access("write"))
        self.assertTrue(self.act().res_id)

    def test_action_for_a_client_is_refused_for_the_whole_firm(self):
        of_firm = self.indicator(client=self.client.browse())
        with self.assertRaises(UserError):
            self.act(self.manager, of_firm, act="task")
        taken = self.act(self.manager, of_firm, act="activity")
        self.assertEqual((taken.res_model, taken.res_id), (self.target._name, self.target.id))

    def test_only_readers_of_the_indicator_act_and_read(self):
        taken = self.act()
        stranger = new_test_user(self.env, "act.stranger", groups="crm_outsourcing_interactions.group_user")
        with self.assertRaises(AccessError):
            self.act(stranger)
        self.assertFalse(self.env["crm.interaction.taken.action"].with_user(stranger).search([("id", "=", taken.id)]))

    def test_other_company_sees_nothing(self):
        taken = self.act()
        company = self.env["res.company"].create({"name": "Act Elsewhere"})
        outsider = new_test_user(
            self.env,
            "act.elsewhere",
            groups="crm_outsourcing_interactions.group_manager",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        with self.assertRaises(AccessError):
            taken.with_user(outsider).read(["date"])
        with self.assertRaises(AccessError):
            self.act(outsider)

    def test_record_follows_from_the_indicator_only(self):
        taken = (
            self.env["crm.interaction.taken.action"]
            .with_user(self.staff)
            .create(
                {
                    "indicator_id": self.indicator().id,
                    "corrective_action_id": self.action.id,
                    "date": "2020-01-01",
                    "user_id": self.manager.id,
                    "res_model": "res.users",
                    "res_id": self.manager.id,
                }
            )
        )
        self.assertEqual((str(taken.date), taken.user_id, taken.res_model), ("2026-10-20", self.staff, "res.partner"))
        for user in (self.staff, self.manager):
            with self.assertRaises(AccessError):
                taken.with_user(user).date = "2020-01-01"
            with self.assertRaises(AccessError):
                taken.with_user(user).unlink()

    def test_dialog_takes_the_first_action_offered(self):
        dialog = self.dialog(self.staff)
        self.assertEqual((dialog.corrective_action_id, dialog.description), (self.action, "Collect questions"))
        self.assertEqual(dialog.words, "Improvements / base: 0 %, agreed ≥ 8 % (Oct 2026)")
        self.assertIn("10/23/2026", dialog.effect_text)
        taken = dialog.save()
        self.assertEqual(taken.partner_id, self.client)
        self.assertIn("Bundle", taken.action_finish()["params"]["message"])

    def test_nothing_is_taken_without_an_indicator(self):
        taken = self.env["crm.interaction.taken.action"].with_user(self.staff)
        for vals in ({}, {"corrective_action_id": self.action.id}, {"indicator_id": self.indicator().id}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                taken.create(vals)

    def marks(self, user, domain):
        taken = self.env["crm.interaction.taken.action"].with_user(user)
        return taken.marks("crm.interaction", domain, "2026-10-01", "2026-11-01")

    def test_action_is_marked_in_the_graphs_of_its_client(self):
        taken = self.act()
        own = [("commercial_partner_id", "=", self.client.id)]
        [mark] = self.marks(self.staff, own)
        self.assertEqual(mark, {"id": taken.id, "date": "2026-10-20", "display_date": "10/20/2026", "name": "Bundle"})
        self.assertEqual(self.client.with_user(self.staff).interaction_sparkline[-1]["marks"], [mark])
        self.log_many(self.make_client(name="Other"), "2026-10-05", {"1.1.2": 1})
        self.assertFalse(self.marks(self.manager, []))
        of_firm = self.act(self.manager, self.indicator(client=self.client.browse()))
        self.assertEqual([mark["id"] for mark in self.marks(self.manager, [])], [of_firm.id])

    def test_graph_marks_nothing_that_its_reader_may_not_see(self):
        self.act()
        stranger = new_test_user(self.env, "act.stranger", groups="crm_outsourcing_interactions.group_user")
        self.assertFalse(self.marks(stranger, [("commercial_partner_id", "=", self.client.id)]))
        taken = self.env["crm.interaction.taken.action"].with_user(self.staff)
        self.assertFalse(taken.marks("crm.interaction.kind", [], "2026-10-01", "2026-11-01"))

    def test_deleted_document_is_named(self):
        taken = self.act(act="activity")
        taken.sudo().write({"res_id": 0})
        with self.assertRaises(UserError):
            taken.action_open()
        taken.sudo().write({"res_id": self.env["res.partner"].create({"name": "Gone"}).id})
        self.env["res.partner"].browse(taken.res_id).unlink()
        self.assertEqual(taken.action_open()["params"]["message"], "Document deleted")
