from datetime import timedelta

from freezegun import freeze_time

from odoo.tests.common import tagged

from .requests_common import GROUP, MONDAY, WEEK, LetterCase


@tagged("post_install", "-at_install")
@freeze_time(MONDAY - timedelta(days=3))
class TestRequestResponsible(LetterCase):
    """Test whose lists, letters and activities they are when accountants change, leave or are away."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vector.interaction_reminders = "0"
        cls.list = cls.list.with_env(cls.env)
        cls.successor = cls.make_staff(login="successor", groups=GROUP)

    def assert_reaches(self, user):
        """Assert that the letter goes in the name of ``user``, who then gets an activity and may read the list."""
        letter = self.run_job()
        self.assertIn(user.email, letter.message_id.email_from)
        self.assertEqual(letter.message_id.author_id, user.partner_id)
        self.assertIn(user.name, letter.body)
        self.run_job(MONDAY + WEEK)
        self.assertEqual(self.activities().user_id, user)
        with freeze_time(MONDAY + WEEK):
            self.assertTrue(self.list.with_user(user).has_access("read"))

    def test_changed_accountant_takes_open_lists_over(self):
        closed = self.make_list(period="2026-09-01").sudo()
        closed.item_ids.action_not_applicable()
        self.vector.with_user(self.manager).interaction_accountant_id = self.successor
        self.assertEqual((self.list.user_id, closed.user_id), (self.successor, self.accountant))
        self.assert_reaches(self.successor)
        closed.item_ids[:1].with_user(self.successor).action_reopen()
        self.assertEqual(closed.user_id, self.successor)

    def test_archived_accountant_leaves_lists_to_the_successor(self):
        self.accountant.interaction_successor_id = self.successor
        self.accountant.action_archive()
        self.assertEqual(self.list.user_id, self.successor)
        self.assert_reaches(self.successor)

    def test_deputy_acts_during_an_absence(self):
        self.accountant.write(
            {
                "interaction_deputy_id": self.successor.id,
                "interaction_deputy_from": "2026-11-01",
                "interaction_deputy_until": "2026-11-30",
            }
        )
        self.assertEqual(self.list.user_id, self.accountant)
        self.assert_reaches(self.successor)
        self.assertEqual(self.letters().interaction_id.user_id, self.accountant)

    def test_chosen_colleague_keeps_the_list_while_in_the_team(self):
        clerk = self.make_staff(login="clerk", groups=GROUP)
        self.vector.interaction_team_ids = clerk
        self.list.user_id = clerk
        self.vector.interaction_accountant_id = self.successor
        self.assertEqual(self.list.user_id, clerk)
        self.vector.interaction_team_ids = False
        self.assertEqual(self.list.user_id, self.successor)

    def test_archived_colleague_does_not_keep_the_activity(self):
        clerk = self.make_staff(login="clerk", groups=GROUP)
        self.vector.interaction_team_ids = clerk
        self.list.user_id = clerk
        clerk.action_archive()
        self.assert_reaches(self.accountant)

    def test_manager_keeps_the_list(self):
        self.list.user_id = self.manager
        self.vector.interaction_accountant_id = self.successor
        self.assertEqual(self.list.user_id, self.manager)

    def test_list_of_another_company_goes_to_its_colleague(self):
        firm = self.env["res.company"].create({"name": "Second Firm", "email": "second@example.com"})
        self.successor.company_ids += firm
        self.vector.interaction_team_ids = self.successor
        lists = self.env["crm.interaction.request.list"]
        list_ = lists.create({"commercial_partner_id": self.vector.id, "company_id": firm.id, "period": "2026-10-01"})
        self.assertEqual(list_.user_id, self.successor)
