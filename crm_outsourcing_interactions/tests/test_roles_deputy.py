from datetime import timedelta

from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tests.common import new_test_user
from odoo.tools import mute_logger

from .test_roles_access import RolesCase


@tagged("post_install", "-at_install")
class TestRolesDeputy(RolesCase):
    """Test that a deputy replaces a user from the first day to the last."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.assign()
        cls.env.company.interaction_tz = "Europe/Moscow"

    def appoint(self, user, **vals):
        dates = {"interaction_deputy_from": "2026-12-01", "interaction_deputy_until": "2026-12-05"}
        user.with_user(user).write({"interaction_deputy_id": self.deputy.id, **dates, **vals})

    def test_begins_and_ends_on_the_day_of_the_company(self):
        self.appoint(self.accountant)
        for moment, sees in (
            ("2026-11-30 20:59:00", False),
            ("2026-11-30 21:01:00", True),
            ("2026-12-05 20:59:00", True),
            ("2026-12-05 21:01:00", False),
        ):
            with self.subTest(moment=moment), freeze_time(moment):
                self.assertEqual(self.sees(self.deputy), sees)
                self.assertFalse(self.sees(self.colleague))

    @property
    def today(self):
        """Return today's date where the company is: after 21:00 UTC it is Moscow's tomorrow."""
        return self.env.company._interaction_today()

    def test_of_supervisor_and_team(self):
        today = self.today
        for user in (self.supervisor, self.clerk):
            with self.subTest(user=user.login):
                self.appoint(user, interaction_deputy_from=today, interaction_deputy_until=today + timedelta(days=2))
                self.assertTrue(self.sees(self.deputy))
                user.interaction_deputy_id = False
                self.assertFalse(self.sees(self.deputy))

    def test_is_not_passed_on(self):
        days = {"interaction_deputy_from": self.today, "interaction_deputy_until": self.today}
        self.appoint(self.accountant, **days)
        self.appoint(self.deputy, interaction_deputy_id=self.colleague.id, **days)
        self.assertTrue(self.sees(self.deputy))
        self.assertFalse(self.sees(self.colleague))

    def test_users_appoint_their_own_only(self):
        with self.assertRaises(AccessError):
            self.appoint_for_another()

    def appoint_for_another(self):
        days = {"interaction_deputy_from": self.today, "interaction_deputy_until": self.today}
        self.accountant.with_user(self.colleague).write({"interaction_deputy_id": self.colleague.id, **days})

    def test_refused(self):
        outsider = new_test_user(self.env, "roles.outsider", groups="base.group_user")
        portal = new_test_user(self.env, "roles.portal", groups="base.group_portal")
        for user, vals in (
            (self.accountant, {"interaction_deputy_id": self.accountant.id}),
            (self.accountant, {"interaction_deputy_id": outsider.id}),
            (portal, {}),
        ):
            with self.subTest(user=user.login, vals=vals), self.assertRaises(ValidationError):
                self.appoint(user, **vals)

    def test_without_dates_in_order(self):
        for until in ("2026-11-30", False):
            with self.subTest(until=until), self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"):
                self.appoint(self.accountant, interaction_deputy_until=until)
                self.env.flush_all()
