from odoo.tests import Form, tagged

from .test_roles_access import RolesCase


@tagged("post_install", "-at_install")
class TestRolesViews(RolesCase):
    """Test accountant, supervisor and team in views, filters and groups."""

    def test_manager_without_other_groups_assigns_in_the_form(self):
        form = Form(self.client_company.with_user(self.manager), "base.view_partner_form")
        form.interaction_accountant_id = self.accountant
        form.interaction_supervisor_id = self.supervisor
        form.save()
        self.assertEqual(self.contact.interaction_accountant_id, self.accountant)
        self.assertEqual(self.contact.interaction_supervisor_id, self.supervisor)

    def test_others_save_the_form_and_assign_nobody(self):
        self.assign()
        editor = self.make_staff(
            "roles.editor", groups="crm_outsourcing_interactions.group_user,base.group_partner_manager"
        )
        form = Form(self.client_company.with_user(editor), "base.view_partner_form")
        form.name = "Renamed"
        with self.assertRaises(AssertionError):
            form.interaction_supervisor_id = editor
        form.save()
        self.assertEqual(self.client_company.name, "Renamed")
        self.assertEqual(self.client_company.interaction_supervisor_id, self.supervisor)

    def test_groups_by_accountant(self):
        self.assign()
        for user in (self.accountant, self.manager):
            with self.subTest(user=user.login):
                interactions = self.env["crm.interaction"].with_user(user)
                domain = [("commercial_partner_id", "=", self.client_company.id)]
                names = ["accountant_id", "supervisor_id"]
                groups = interactions._read_group(domain, names, ["__count", "improvement_ratio:avg"])
                self.assertEqual([group[:3] for group in groups], [(self.accountant, self.supervisor, 1)])
                for name, person in zip(names, (self.accountant, self.supervisor), strict=True):
                    shown = interactions.formatted_read_group(domain, [name], ["__count"])
                    self.assertEqual([(row[name][0], row["__count"]) for row in shown], [(person.id, 1)])
        for name in ("crm.interaction.recommendation", "crm.interaction.target", "crm.interaction.indicator"):
            self.env[name].with_user(self.accountant)._read_group([], ["accountant_id", "supervisor_id"], ["__count"])

    def test_searches_find_own_clients(self):
        self.assign()
        partners = self.env["res.partner"]
        for user, mine, supervised in ((self.accountant, True, False), (self.supervisor, False, True)):
            own = partners.with_user(user)
            id_ = ("id", "=", self.client_company.id)
            self.assertEqual(bool(own.search_count([id_, ("interaction_is_mine", "=", True)])), mine)
            self.assertEqual(bool(own.search_count([id_, ("interaction_is_supervised", "=", True)])), supervised)

    def test_deputy_in_the_preferences(self):
        form = Form(self.accountant.with_user(self.accountant), "base.view_users_form_simple_modif")
        form.interaction_deputy_id = self.deputy
        form.interaction_deputy_from = "2026-12-01"
        form.interaction_deputy_until = "2026-12-05"
        form.save()
        self.assertEqual(self.accountant.interaction_deputy_id, self.deputy)

    def test_message_to_the_client_is_in_the_queue_of_the_accountant(self):
        self.assign()
        for record in (self.client_company, self.contact):
            message = record.message_post(
                body="When is the report due?",
                author_id=self.contact.id,
                message_type="email",
                subtype_xmlid="mail.mt_comment",
            )
            interaction = self.env["crm.interaction"].search([("message_id", "=", message.id)])
            self.assertEqual((interaction.state, interaction.user_id), ("to_review", self.accountant))
        counts = {
            name: self.env["crm.interaction"].with_user(user).review_counts() for name, user in self.users.items()
        }
        self.assertEqual((counts["accountant"]["mine"], counts["seller"]["mine"]), (2, 0))
