from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests.common import new_test_user, tagged

from .common import InteractionCase

MODELS = (
    "crm.interaction",
    "crm.interaction.kind",
    "crm.interaction.type",
    "crm.interaction.rule",
    "crm.interaction.recommendation",
    "crm.interaction.scope",
    "crm.interaction.service",
    "crm.interaction.capture.error",
    "crm.interaction.replay",
    "crm.interaction.rule.test",
)
MANAGERS_ONLY = MODELS[-3:]


@tagged("post_install", "-at_install")
class TestInteractionAccess(InteractionCase):
    """Test that users see their own clients and interactions, managers all, others none."""

    def found(self, user, interaction):
        return bool(self.env["crm.interaction"].with_user(user).search([("id", "=", interaction.id)]))

    def test_user_sees_own_interactions_and_those_of_own_clients(self):
        colleague = self.make_staff(login="colleague")
        own_client = self.make_client(user_id=self.staff.id)
        contact = self.make_contact(parent_id=own_client.id)
        for vals, sees in (
            ({"user_id": self.staff.id}, True),
            ({"user_id": colleague.id, "partner_id": contact.id}, True),
            ({"user_id": colleague.id}, False),
            ({"user_id": False}, False),
        ):
            with self.subTest(vals=vals):
                interaction = self.log(**vals)
                self.assertEqual(self.found(self.staff, interaction), sees)
                self.assertTrue(self.found(self.manager, interaction))
                if not sees:
                    with self.assertRaises(AccessError):
                        interaction.with_user(self.staff).type_id = self.type_("1.1.3")

    def test_author_deletes_what_was_logged_by_hand_within_a_day(self):
        client = self.make_client(user_id=self.staff.id)
        model = self.env["crm.interaction"]
        mine, old, of_manager = (
            model.with_user(user).create({"partner_id": client.id}) for user in (self.staff, self.staff, self.manager)
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_interaction SET create_date = create_date - interval '25 hours' WHERE id = %s", [old.id]
        )
        old.invalidate_recordset()
        for user in (self.staff, self.manager):
            for refused in (old, of_manager if user == self.staff else mine):
                with self.assertRaisesRegex(UserError, "within one day"):
                    refused.with_user(user).unlink()
        mine.unlink()
        self.assertFalse(mine.exists())

    def test_count_of_a_contact_holds_what_its_reader_may_see(self):
        client = self.make_client()
        self.log(partner_id=client.id, user_id=self.staff.id)
        self.log(partner_id=client.id, user_id=self.manager.id)
        self.assertEqual(client.with_user(self.staff).interaction_count, 1)
        self.assertEqual(client.with_user(self.manager).interaction_count, 2)

    def test_users_only_read_the_configuration(self):
        for name in set(MODELS) - {"crm.interaction"}:
            model = self.env[name].with_user(self.staff)
            with self.subTest(model=name):
                self.assertEqual(model.has_access("read"), name not in MANAGERS_ONLY)
                self.assertFalse(model.has_access("write") or model.has_access("create") or model.has_access("unlink"))
                self.assertTrue(self.env[name].with_user(self.manager).has_access("write"))

    def test_portal_public_and_plain_employees_get_nothing(self):
        outsiders = (
            new_test_user(self.env, "client.portal", groups="base.group_portal"),
            new_test_user(self.env, "plain.employee", groups="base.group_user"),
            self.env.ref("base.public_user"),
        )
        client = self.make_client()
        for user in outsiders:
            for name in MODELS:
                with self.subTest(user=user.login, model=name):
                    self.assertFalse(self.env[name].with_user(user).has_access("read"))
            with self.assertRaises(AccessError):
                client.with_user(user).interaction_count  # noqa: B018

    def test_other_companies_data_stay_theirs(self):
        other = self.env["res.company"].create({"name": "Other Firm"})
        theirs = self.log(company_id=other.id, user_id=False)
        self.assertFalse(self.found(self.manager, theirs))
        self.manager.company_ids = [Command.link(other.id)]
        both = (
            self.env["crm.interaction"]
            .with_user(self.manager)
            .with_context(allowed_company_ids=[self.env.company.id, other.id])
        )
        self.assertTrue(both.search([("id", "=", theirs.id)]))

    def test_every_model_of_the_addon_has_access_rights(self):
        names = {
            name
            for name, model in self.registry.items()
            if model._module == "crm_outsourcing_interactions" and not model._abstract
        }
        with_rights = set(self.env["ir.model.access"].search([]).model_id.mapped("model"))
        self.assertFalse(names - with_rights)
