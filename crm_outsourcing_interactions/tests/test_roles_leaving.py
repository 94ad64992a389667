from contextlib import nullcontext
from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .test_roles_access import RolesCase


@tagged("post_install", "-at_install")
class TestRolesLeaving(RolesCase):
    """Test that clients of a leaving user go to the successor or the supervisor."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = cls.make_staff("roles.admin", groups="base.group_erp_manager,base.group_partner_manager")
        cls.client_company.is_outsourcing_client = True
        cls.group = cls.env.ref("crm_outsourcing_interactions.group_user")

    def leave_by(self):
        """Return the ways to leave: name → what an administrator does."""
        user, group = self.accountant.with_user(self.admin), self.group.with_user(self.admin)
        return {
            "archive": user.action_archive,
            "write": lambda: user.write({"active": False}),
            "groups of the user": lambda: user.write({"group_ids": [Command.unlink(self.group.id)]}),
            "users of the group": lambda: group.write({"user_ids": [Command.unlink(user.id)]}),
            "delete": user.unlink,
        }

    def test_clients_go_to_the_supervisor(self):
        for name, leave in self.leave_by().items():
            with self.subTest(way=name), self.env.cr.savepoint() as savepoint:
                self.assign()
                leave()
                self.assertEqual(self.client_company.interaction_accountant_id, self.supervisor)
                self.assertEqual(self.contact.interaction_accountant_id, self.supervisor)
                savepoint.rollback()
                self.env.invalidate_all()
                self.env.registry.clear_cache()

    def test_refused_when_nobody_takes_them(self):
        for name, leave in self.leave_by().items():
            with self.subTest(way=name):
                self.client_company.interaction_accountant_id = self.accountant
                with self.assertRaises(UserError) as refused:
                    leave()
                self.assertIn(self.accountant.name, str(refused.exception))
                self.assertIn("1 (Roles Client)", str(refused.exception))
                self.assertTrue(self.accountant.active)
                self.assertEqual(self.client_company.interaction_accountant_id, self.accountant)

    def test_client_whose_contract_has_ended_keeps_nobody(self):
        today = self.env.company._interaction_today()
        self.client_company.interaction_accountant_id = self.accountant
        for until, from_, is_refused in ((0, -30, True), (-1, -30, False), (30, 10, True)):
            with self.subTest(until=until), self.env.cr.savepoint() as savepoint:
                self.client_company.interaction_client_from = today + timedelta(days=from_)
                self.client_company.interaction_client_until = today + timedelta(days=until)
                with self.assertRaises(UserError) if is_refused else nullcontext():
                    self.accountant.with_user(self.admin).action_archive()
                self.assertEqual(self.accountant.active, is_refused)
                savepoint.rollback()
                self.env.invalidate_all()
                self.env.registry.clear_cache()

    def test_ended_client_still_goes_to_the_supervisor(self):
        self.assign()
        self.client_company.interaction_client_until = "2020-01-01"
        self.accountant.with_user(self.admin).action_archive()
        self.assertEqual(self.client_company.interaction_accountant_id, self.supervisor)

    def test_strangers_are_told_no_client(self):
        self.client_company.interaction_accountant_id = self.accountant
        user = self.accountant.with_user(self.colleague)
        for leave in (user.action_archive, user.unlink, lambda: user.write({"active": False})):
            with self.assertRaises(AccessError):
                leave()

    def test_successor_comes_first_and_takes_all_roles(self):
        self.assign()
        other = self.make_client(interaction_supervisor_id=self.accountant.id)
        third = self.make_client(interaction_team_ids=[Command.set((self.accountant | self.clerk).ids)])
        self.accountant.interaction_successor_id = self.colleague
        self.accountant.with_user(self.admin).action_archive()
        self.assertEqual(self.client_company.interaction_accountant_id, self.colleague)
        self.assertEqual(self.client_company.interaction_supervisor_id, self.supervisor)
        self.assertEqual(other.interaction_supervisor_id, self.colleague)
        self.assertEqual(third.interaction_team_ids, self.clerk | self.colleague)

    def test_supervisor_who_leaves(self):
        self.assign()
        self.clerk.interaction_deputy_from = self.clerk.interaction_deputy_until = "2026-12-01"
        self.clerk.interaction_deputy_id = self.supervisor
        self.supervisor.with_user(self.admin).action_archive()
        self.assertFalse(self.client_company.interaction_supervisor_id)
        self.assertFalse(self.clerk.interaction_deputy_id)
        self.assertEqual(self.client_company.interaction_accountant_id, self.accountant)

    def test_both_leave_together(self):
        self.assign()
        with self.assertRaises(UserError) as refused:
            (self.accountant | self.supervisor).with_user(self.admin).action_archive()
        self.assertIn("without a successor: 1 (Roles Client)", str(refused.exception))
        self.assertIn(self.accountant.name, str(refused.exception))  # never given to the supervisor meanwhile
        self.assertEqual(self.client_company.interaction_accountant_id, self.accountant)
        self.assertEqual(self.client_company.interaction_supervisor_id, self.supervisor)

    def test_salesperson_counts_until_an_accountant_is_set(self):
        self.client_company.interaction_supervisor_id = self.supervisor
        self.seller.with_user(self.admin).action_archive()
        self.assertEqual(self.client_company.interaction_accountant_id, self.supervisor)

    def test_salesperson_of_others_may_leave(self):
        self.client_company.is_outsourcing_client = False
        self.seller.with_user(self.admin).action_archive()
        self.assertFalse(self.seller.active)

    def test_supervisor_of_another_company_takes_nothing(self):
        other = self.env["res.company"].create({"name": "Second Firm"})
        self.accountant.company_ids += other
        self.supervisor.company_ids += other
        client = self.make_client(
            name="Client of Two",
            company_id=other.id,
            interaction_accountant_id=self.accountant.id,
            interaction_supervisor_id=self.supervisor.id,
        )
        # by SQL: who leaves a company by its form leaves the role too
        self.env.cr.execute("DELETE FROM res_company_users_rel WHERE user_id = %s", [self.supervisor.id])
        self.env.invalidate_all()
        with self.assertRaises(UserError) as refused:
            self.accountant.with_user(self.admin).action_archive()
        self.assertIn("without a successor: 1 (Client of Two)", str(refused.exception))
        self.assertEqual(client.interaction_accountant_id, self.accountant)

    def test_other_changes_of_a_user_hand_nothing_over(self):
        self.assign()
        self.accountant.with_user(self.admin).write({"name": "Married", "active": True})
        manager = self.env.ref("crm_outsourcing_interactions.group_manager")
        self.accountant.with_user(self.admin).group_ids = [Command.link(manager.id)]
        self.assertEqual(self.client_company.interaction_accountant_id, self.accountant)

    def test_what_is_to_review_waits_in_the_queue_of_the_new_accountant(self):
        self.assign()
        waiting = self.log(partner_id=self.contact.id, user_id=self.accountant.id)
        interactions = self.env["crm.interaction"].with_user(self.supervisor)
        before = interactions.review_counts()["mine"]
        self.accountant.with_user(self.admin).action_archive()
        self.assertEqual(interactions.review_counts()["mine"], before + 1)
        action = self.env.ref("crm_outsourcing_interactions.crm_interaction_action_review")
        queue = interactions.search(safe_eval(action.domain, {"uid": self.supervisor.id}))
        self.assertIn(waiting, queue)
        self.assertEqual(len(queue), before + 1)
        self.assertEqual(waiting.user_id, self.accountant)  # the past stays theirs

    def test_open_breach_goes_along(self):
        self.assign()
        activity = self.env["mail.activity"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id("res.partner"),
                "res_id": self.client_company.id,
                "activity_type_id": self.env.ref("crm_outsourcing_interactions.activity_type_breach").id,
                "user_id": self.accountant.id,
            }
        )
        self.accountant.with_user(self.admin).action_archive()
        self.assertEqual(activity.exists().user_id, self.supervisor)
