from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .test_roles_access import RolesCase


@tagged("post_install", "-at_install")
class TestRolesCompanies(RolesCase):
    """Test the handover when a user or a client leaves a company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = cls.make_staff("roles.admin", groups="base.group_erp_manager,base.group_partner_manager")
        cls.other = cls.env["res.company"].create({"name": "Second Firm"})
        cls.admin.company_ids += cls.other
        for user in (cls.accountant, cls.supervisor, cls.clerk, cls.colleague):
            user.company_ids += cls.other
        cls.theirs = cls.make_client(
            name="Client of Two",
            company_id=cls.other.id,
            is_outsourcing_client=True,
            interaction_accountant_id=cls.accountant.id,
            interaction_supervisor_id=cls.supervisor.id,
            interaction_team_ids=[Command.set(cls.clerk.ids)],
        )
        cls.assign()
        cls.env.flush_all()

    def leave_by(self, user):
        """Return the ways to leave a company: name → what an administrator does."""
        user, other = user.with_user(self.admin), self.other.with_user(self.admin)
        return {
            "companies of the user": lambda: user.write({"company_ids": [Command.unlink(other.id)]}),
            "users of the company": lambda: other.write({"user_ids": [Command.unlink(user.id)]}),
        }

    def test_clients_go_to_the_supervisor(self):
        for name, leave in self.leave_by(self.accountant).items():
            with self.subTest(way=name), self.env.cr.savepoint() as savepoint:
                leave()
                self.assertEqual(self.theirs.interaction_accountant_id, self.supervisor)
                self.assertEqual(self.client_company.interaction_accountant_id, self.accountant)  # of all companies
                savepoint.rollback()
                self.env.invalidate_all()
                self.env.registry.clear_cache()

    def test_successor_comes_first(self):
        self.accountant.interaction_successor_id = self.colleague
        self.leave_by(self.accountant)["companies of the user"]()
        self.assertEqual(self.theirs.interaction_accountant_id, self.colleague)

    def test_refused_when_nobody_takes_them(self):
        self.theirs.interaction_supervisor_id = False
        for name, leave in self.leave_by(self.accountant).items():
            with self.subTest(way=name):
                with self.assertRaises(UserError) as refused:
                    leave()
                self.assertIn("without a successor: 1 (Client of Two)", str(refused.exception))
                self.assertEqual(self.theirs.interaction_accountant_id, self.accountant)
                self.assertIn(self.other, self.accountant.company_ids)

    def test_both_leave_the_company_together(self):
        with self.assertRaises(UserError) as refused:
            (self.accountant | self.supervisor).with_user(self.admin).write(
                {"company_ids": [Command.unlink(self.other.id)]}
            )
        self.assertIn("without a successor: 1 (Client of Two)", str(refused.exception))

    def test_other_roles(self):
        self.supervisor.interaction_successor_id = self.colleague
        (self.supervisor | self.clerk).with_user(self.admin).write({"company_ids": [Command.unlink(self.other.id)]})
        self.assertEqual(self.theirs.interaction_supervisor_id, self.colleague)
        self.assertFalse(self.theirs.interaction_team_ids)
        self.assertEqual(self.client_company.interaction_supervisor_id, self.supervisor)
        self.assertEqual(self.client_company.interaction_team_ids, self.clerk)
        self.assertEqual(self.theirs.interaction_accountant_id, self.accountant)

    def test_a_new_company_changes_nothing(self):
        self.seller.with_user(self.admin).company_ids += self.other
        self.accountant.with_user(self.admin).write({"company_ids": [Command.link(self.other.id)]})
        self.assertEqual(self.theirs.interaction_accountant_id, self.accountant)

    def away(self, **vals):
        """Return a client of no company that the accountant looks after, with an interaction in the other company."""
        client = self.make_client(name="Client of None", interaction_accountant_id=self.accountant.id, **vals)
        self.log(partner_id=client.id, company_id=self.other.id, user_id=False)
        return client

    def test_client_of_no_company_known_there_only(self):
        """Without access to the company, the accountant would see none of its interactions."""
        away, known_here = (self.away(interaction_supervisor_id=self.supervisor.id) for _ in range(2))
        self.log(partner_id=known_here.id, user_id=False)
        self.supervisor.company_ids -= self.other  # leaves the role too, as it has no successor
        (away | known_here).interaction_supervisor_id = self.supervisor
        self.accountant.interaction_successor_id = self.colleague
        self.leave_by(self.accountant)["companies of the user"]()
        self.assertEqual(away.interaction_accountant_id, self.colleague)
        self.assertEqual(known_here.interaction_accountant_id, self.accountant)

    def test_nobody_there_takes_a_client_of_no_company(self):
        self.theirs.interaction_accountant_id = self.supervisor
        self.away()
        with self.assertRaises(UserError) as refused:
            self.leave_by(self.accountant)["companies of the user"]()
        self.assertIn("without a successor: 1 (Client of None)", str(refused.exception))

    def test_taker_of_a_client_of_no_company_works_where_it_is_known(self):
        away = self.away(interaction_supervisor_id=self.supervisor.id)
        self.colleague.company_ids -= self.other
        self.accountant.interaction_successor_id = self.colleague
        self.accountant.with_user(self.admin).action_archive()
        self.assertEqual(away.interaction_accountant_id, self.supervisor)
        self.assertEqual(self.client_company.interaction_accountant_id, self.colleague)

    def test_company_and_accountant_in_one_save(self):
        third = self.abroad()
        self.supervisor.company_ids -= third
        self.colleague.company_ids += third
        self.theirs.write({"company_id": third.id, "interaction_accountant_id": self.colleague.id})
        self.assertEqual(self.theirs.interaction_accountant_id, self.colleague)

    def test_client_of_no_company_known_in_two_lost_companies(self):
        second = self.env["res.company"].create({"name": "Third Firm"})
        (self.accountant | self.colleague | self.admin).company_ids += second
        self.accountant.interaction_successor_id = self.colleague
        for lost in (self.other | second,), (self.other, second):
            with self.subTest(steps=len(lost)), self.env.cr.savepoint() as savepoint:
                away = self.away()
                self.log(partner_id=away.id, company_id=second.id, user_id=False)
                for companies in lost:
                    self.assertEqual(away.interaction_accountant_id, self.accountant)
                    self.accountant.with_user(self.admin).company_ids -= companies
                self.assertEqual(away.interaction_accountant_id, self.colleague)
                savepoint.rollback()
                self.env.invalidate_all()
                self.env.registry.clear_cache()

    def test_taker_uses_the_addon(self):
        outsider = self.make_staff("roles.outsider", groups="base.group_user")
        (outsider | self.admin).company_ids += self.other
        self.theirs.interaction_supervisor_id = False
        self.accountant.interaction_successor_id = outsider
        with self.assertRaises(UserError):
            self.leave_by(self.accountant)["companies of the user"]()

    # --- the client goes ---------------------------------------------------------------

    def abroad(self):
        """Return a third company in which only the supervisor works, and the administrator."""
        third = self.env["res.company"].create({"name": "Third Firm"})
        (self.supervisor | self.admin).company_ids += third
        return third

    def test_client_goes_to_another_company(self):
        third = self.abroad()
        for client in (self.theirs, self.client_company):
            with self.subTest(client=client.name):
                client.with_user(self.admin).company_id = third
                self.assertEqual(client.interaction_accountant_id, self.supervisor)
                self.assertEqual(client.interaction_supervisor_id, self.supervisor)
                self.assertFalse(client.interaction_team_ids)
        self.assertEqual(self.contact.company_id, third)
        self.assertEqual(self.contact.interaction_accountant_id, self.supervisor)

    def test_salesperson_who_does_not_work_there(self):
        client = self.make_client(
            user_id=self.seller.id, is_outsourcing_client=True, interaction_supervisor_id=self.supervisor.id
        )
        client.with_user(self.admin).company_id = self.other
        self.assertEqual(client.interaction_accountant_id, self.supervisor)

    def test_taker_of_a_client_that_goes_uses_the_addon(self):
        self.abroad()
        outsider = self.make_staff("roles.outsider", groups="base.group_user")
        third = self.env["res.company"].create({"name": "Fourth Firm"})
        (outsider | self.admin).company_ids += third
        self.accountant.interaction_successor_id = outsider
        with self.assertRaises(UserError):
            self.theirs.with_user(self.admin).company_id = third

    def test_open_activities_go_along(self):
        third = self.abroad()
        activities = self.env["mail.activity"]
        for user in (self.accountant, self.clerk):
            activities += self.theirs.activity_schedule(
                "crm_outsourcing_interactions.activity_type_breach", user_id=user.id
            )
        self.theirs.with_user(self.admin).company_id = third
        self.assertEqual(activities.mapped("user_id"), self.supervisor)

    def test_open_activities_of_other_roles_go_to_the_accountant(self):
        activity = self.theirs.activity_schedule(
            "crm_outsourcing_interactions.activity_type_breach", user_id=self.supervisor.id
        )
        self.leave_by(self.supervisor)["companies of the user"]()
        self.assertEqual(activity.user_id, self.accountant)

    def test_client_stays_when_nobody_takes_it(self):
        third = self.abroad()
        self.supervisor.company_ids -= third
        for client in (self.theirs, self.client_company):
            with self.subTest(client=client.name):
                with self.assertRaises(UserError) as refused:
                    client.with_user(self.admin).company_id = third
                self.assertIn(f"without a successor: 1 ({client.name})", str(refused.exception))
                self.assertEqual(client.interaction_accountant_id, self.accountant)
                self.assertNotEqual(client.company_id, third)

    def test_client_of_all_companies_keeps_its_people(self):
        self.theirs.with_user(self.admin).company_id = False
        self.assertEqual(self.theirs.interaction_accountant_id, self.accountant)
        self.theirs.with_user(self.admin).company_id = self.other
        self.assertEqual(self.theirs.interaction_team_ids, self.clerk)
