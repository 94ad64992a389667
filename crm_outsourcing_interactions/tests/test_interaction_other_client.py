from odoo.exceptions import AccessError, UserError
from odoo.tests.common import new_test_user, tagged

from .unknown_sender_common import UnknownSenderCase

ANNA = "Anna <anna@client.example.com>"


@tagged("post_install", "-at_install")
class TestInteractionOtherClient(UnknownSenderCase):
    """One key gives what waits to another client of the same person."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(cls.env, "only.user", groups="crm_outsourcing_interactions.group_user")
        cls.beta, cls.gamma, cls.delta = (cls.make_client(name=name) for name in ("Beta", "Gamma", "Delta"))
        for client in (cls.beta, cls.gamma, cls.delta):
            cls.make_project(partner_id=client.id)
        cls.of_beta = cls.make_contact(name="Anna B", email="anna@client.example.com", parent_id=cls.beta.id)
        cls.make_project(alias_name="general", alias_contact="everyone")

    def thread(self):
        """Return two mails of Anna in one thread that wait for a client."""
        first = self.wait(sender=ANNA, to="general@firm.example.com", key="first")
        headers = f"In-Reply-To: {first.message_id.message_id}\n"
        return first, self.wait(sender=ANNA, to="catchall@firm.example.com", key="second", headers=headers)

    def of_user(self, interactions, user=None):
        user = user or self.user
        interactions.sudo().user_id = user
        return interactions.with_user(user)

    def choose(self, interactions, client):
        """Choose ``client`` in the dialog, as the user of ``interactions``."""
        action = interactions.action_other_client()
        dialog = self.env[action["res_model"]].with_user(interactions.env.user).with_context(**action["context"])
        dialog = dialog.create({"partner_id": client.id})
        dialog.action_choose()
        return dialog

    def test_key_goes_to_and_fro_between_two_clients(self):
        interaction = self.of_user(self.answer(sender=ANNA))
        self.assertEqual(interaction.sudo().partner_id, self.anna)
        self.assertTrue(interaction.can_change_client)
        for expected in (self.of_beta, self.anna):
            self.assertFalse(interaction.action_other_client())
            self.assertEqual(interaction.sudo().partner_id, expected)

    def test_dialog_offers_the_clients_of_the_address(self):
        first, second = self.thread()
        dialog = self.choose(self.of_user(first), self.beta)
        self.assertTrue(dialog.is_limited)
        self.assertEqual(dialog.client_ids, self.alfa)
        self.assertEqual((first.partner_id, second.partner_id), (self.of_beta, self.of_beta))
        third = self.wait(
            sender=ANNA,
            to="catchall@firm.example.com",
            key="third",
            headers=f"In-Reply-To: {first.message_id.message_id}\n",
        )
        self.assertEqual(third.partner_id, self.of_beta)
        self.assertNotIn("several", third.reason or "")

    def test_other_clients_are_the_managers(self):
        first, _second = self.thread()
        with self.assertRaises(AccessError):
            self.choose(self.of_user(first), self.delta)
        self.choose(self.of_user(first, self.manager), self.delta)
        self.assertEqual(first.commercial_partner_id, self.delta)

    def test_firm_colleagues_and_archived_contacts_are_no_clients(self):
        first, _second = self.thread()
        archived = self.make_client(name="Gone", active=False)
        for partner in (self.env.company.partner_id, self.staff.partner_id, archived):
            with self.subTest(partner=partner.name), self.assertRaises(UserError):
                self.choose(self.of_user(first, self.manager), partner)
        self.assertFalse(first.commercial_partner_id)

    def test_chosen_contact_is_a_client_from_now_on(self):
        first, _second = self.thread()
        contact = self.env["res.partner"].create({"name": "New", "is_company": True})
        self.choose(self.of_user(first, self.manager), contact)
        self.assertTrue(contact.is_outsourcing_client)
        self.assertEqual(first.commercial_partner_id, contact)

    def test_popover_offers_it_where_the_queue_does(self):
        interaction = self.of_user(self.answer(sender=ANNA))
        message = interaction.sudo().message_id.with_user(self.user)
        self.assertTrue(message._interaction_badges()[message.id][0]["other_client"])
        self.of_beta.active = False
        self.env.invalidate_all()
        self.assertFalse(message._interaction_badges()[message.id][0]["other_client"])
        manager = message.with_user(self.manager)
        self.assertTrue(manager._interaction_badges()[message.id][0]["other_client"])
        interaction.tag({"type_id": self.type_("1.1.3").id})
        self.assertFalse(manager._interaction_badges()[message.id][0]["other_client"])

    def test_dialog_names_the_sender(self):
        first, _second = self.thread()
        action = self.of_user(first).action_other_client() or {"context": {"default_interaction_ids": first.ids}}
        dialog = self.env["crm.interaction.other.client"].with_user(self.user).with_context(**action["context"])
        self.assertEqual(dialog.new({}).addresses, "anna@client.example.com")

    def test_person_of_one_client(self):
        self.of_beta.active = False
        interaction = self.of_user(self.answer(sender=ANNA))
        self.assertFalse(interaction.can_change_client)
        with self.assertRaisesRegex(UserError, "no other client"):
            interaction.action_other_client()
        self.assertTrue(interaction.with_user(self.manager).can_change_client)
        self.choose(interaction.with_user(self.manager), self.gamma)
        self.assertEqual(interaction.sudo().commercial_partner_id, self.gamma)

    def test_confirmed_ones_and_strangers_stay(self):
        interaction = self.of_user(self.answer(sender=ANNA))
        interaction.tag({"type_id": self.type_("1.1.3").id})
        self.assertFalse(interaction.can_change_client)
        for refused in (interaction, self.of_user(self.wait(key="s"))):
            with self.assertRaises(UserError):
                refused.action_other_client()

    def test_only_users_who_may_write_it(self):
        interaction = self.answer(sender=ANNA)
        interaction.sudo().user_id = self.staff
        for user in (new_test_user(self.env, "no.group", groups="base.group_user"), self.user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                interaction.with_user(user).action_other_client()

    def test_client_of_another_company_is_not_offered(self):
        branch = self.env["res.company"].create({"name": "Branch"})
        foreign = self.make_client(name="Foreign", company_id=branch.id, is_outsourcing_client=True)
        self.make_contact(email="anna@client.example.com", parent_id=foreign.id, company_id=branch.id)
        interaction = self.of_user(self.answer(sender=ANNA))
        self.assertFalse(interaction.action_other_client())
        self.assertEqual(interaction.sudo().partner_id, self.of_beta)
