from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tests.common import new_test_user

from .test_roles_access import USER, RolesCase


@tagged("post_install", "-at_install")
class TestRolesOpening(RolesCase):
    """Test that contact managers without the manager right cannot give anyone access to a client's interactions."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = f"{USER},base.group_partner_manager"
        cls.intruder = new_test_user(cls.env, "roles.intruder", groups=groups)
        cls.client_company.user_id = False
        cls.mine = cls.make_client(name="Intruder's Client", user_id=cls.intruder.id)
        cls.loner = cls.make_contact(name="Loner", is_company=False)
        cls.of_loner = cls.log(partner_id=cls.loner.id, user_id=False)
        cls.env.flush_all()

    def assert_refused(self, change, partner, record):
        """Assert that ``change(partner)`` is refused to the intruder, who says so before and after."""
        self.env.invalidate_all()
        self.assertFalse(self.sees(self.intruder, record))
        with self.assertRaises(AccessError) as refused:
            change(partner.with_user(self.intruder))
        self.assertIn("Ask a manager of Client Interactions", str(refused.exception))
        self.assertIn(partner.name, str(refused.exception))
        self.assertFalse(self.sees(self.intruder, record))

    def test_salesperson_of_a_client_without_accountant(self):
        for user in (self.intruder, self.colleague):
            self.assert_refused(lambda p, u=user: p.write({"user_id": u.id}), self.client_company, self.interaction)
        self.assertFalse(self.client_company.user_id)

    def test_salesperson_in_place_of_another(self):
        self.client_company.user_id = self.seller
        self.assert_refused(lambda p: p.write({"user_id": self.intruder.id}), self.client_company, self.interaction)
        self.assertEqual(self.client_company.user_id, self.seller)

    def test_client_below_one_of_his_own(self):
        mine = {"parent_id": self.mine.id}
        self.assert_refused(lambda p: p.write(mine), self.loner, self.of_loner)
        self.assert_refused(lambda p: p.write({**mine, "is_company": False}), self.client_company, self.interaction)
        self.assert_refused(
            lambda p: p.write({**mine, "company_type": "person"}), self.client_company, self.interaction
        )
        vals = {"commercial_partner_id": self.mine.id}
        self.assert_refused(lambda p: p.write(vals), self.client_company, self.interaction)

    def test_client_below_one_of_his_own_in_two_steps(self):
        client = self.client_company.with_user(self.intruder)
        client.parent_id = self.mine  # a company below a company remains the client
        self.assertFalse(self.sees(self.intruder))
        self.assert_refused(lambda p: p.write({"is_company": False}), self.client_company, self.interaction)

    def test_client_taken_in_as_a_child(self):
        def take_in(client):
            mine = self.mine.with_user(self.intruder)
            mine.write({"child_ids": [Command.link(client.id)]})

        def make_parent(client):
            self.env["res.partner"].with_user(self.intruder).create(
                {"name": "New", "is_company": True, "user_id": self.intruder.id, "child_ids": [Command.link(client.id)]}
            )

        self.assert_refused(take_in, self.loner, self.of_loner)
        self.assert_refused(make_parent, self.loner, self.of_loner)

    def test_import(self):
        partners = self.env["res.partner"].with_user(self.intruder)
        rows = [[str(self.client_company.id), str(self.intruder.id)]]
        messages = partners.load([".id", "user_id/.id"], rows)["messages"]
        self.assertIn("Ask a manager of Client Interactions", str(messages))
        self.assertFalse(self.sees(self.intruder))

    def merge(self, source, target):
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(self.intruder)
        ids = (source | target).ids
        return wizard.create({"partner_ids": ids, "dst_partner_id": target.id}).action_merge()

    def test_merge_with_one_of_his_own(self):
        self.mine.interaction_accountant_id = self.intruder
        for source, target in ((self.client_company, self.mine), (self.mine, self.client_company)):
            with self.subTest(target=target.name), self.assertRaises(AccessError):
                self.merge(source, target)
            self.assertFalse(self.sees(self.intruder))

    def test_managers_and_those_who_see_it_pass_a_client_on(self):
        self.client_company.with_user(self.boss).user_id = self.intruder
        self.assertTrue(self.sees(self.intruder))
        self.client_company.with_user(self.intruder).user_id = self.colleague
        self.assertTrue(self.sees(self.colleague))
        self.assertFalse(self.sees(self.intruder))

    def test_accountant_set_leaves_salespeople_free(self):
        self.client_company.interaction_accountant_id = self.accountant
        self.client_company.with_user(self.intruder).user_id = self.intruder
        self.assertEqual(self.seeing(), {"accountant"})
        self.assertFalse(self.sees(self.intruder))

    def test_ordinary_work(self):
        prospect = self.make_client(name="Prospect").with_user(self.intruder)
        prospect.user_id = self.intruder
        prospect.parent_id = self.mine
        self.contact.with_user(self.intruder).parent_id = self.mine  # its interactions stay where they are
        self.assertFalse(self.sees(self.intruder))
        self.client_company.with_user(self.intruder).write({"name": "Renamed", "user_id": False})
        salesman = new_test_user(self.env, "roles.salesman", groups="base.group_user,base.group_partner_manager")
        self.client_company.with_user(salesman).user_id = salesman  # he does not use the addon
        self.assertEqual(self.client_company.user_id, salesman)

    def test_deputy_takes_nothing_for_good(self):
        self.client_company.user_id = self.seller
        today = self.env["res.users"]._interaction_today()
        dates = {"interaction_deputy_from": today, "interaction_deputy_until": today}
        self.seller.write({"interaction_deputy_id": self.intruder.id, **dates})
        self.assertTrue(self.sees(self.intruder))
        with self.assertRaises(AccessError):
            self.client_company.with_user(self.intruder).user_id = self.intruder
