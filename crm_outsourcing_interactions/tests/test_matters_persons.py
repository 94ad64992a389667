from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.tests.common import tagged

from .common import InteractionCase

MONDAY = datetime(2026, 11, 2, 9)


@tagged("post_install", "-at_install")
class TestMattersPersons(InteractionCase):
    """Whose hours are whose: changes of the accountant, and deputies."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.write({"resource_calendar_id": False, "interaction_tz": "UTC", "interaction_response_hours": 9})
        names = ("anna", "boris", "vera")
        group = "crm_outsourcing_interactions.group_user"
        cls.anna, cls.boris, cls.vera = cls.make_users(*({"login": name, "groups": group} for name in names))
        cls.alfa = cls.make_client(name="Alfa", user_id=cls.anna.id)
        cls.task = cls.make_task(partner_id=cls.alfa.id)

    def message(self, hours, code="message_in"):
        with freeze_time(MONDAY + timedelta(hours=hours)):
            values = {"partner": self.alfa, "record": self.task, "user": self.anna}
            return self.capture(MONDAY + timedelta(hours=hours), code=code, **values)

    def asked(self):
        return self.message(0).matter_id

    def shares(self, matter):
        others = self.env["crm.interaction.matter.share"].sudo().search([("matter_id", "=", matter.id)])
        return {matter.answer_user_id: matter.answer_user_hours, **{share.user_id: share.hours for share in others}}

    def change(self, hours, records, **values):
        with freeze_time(MONDAY + timedelta(hours=hours)):
            records.write(values)

    def test_rule_9_time_is_the_teams_and_hours_a_persons(self):
        matter = self.asked()
        self.change(4, self.alfa, interaction_accountant_id=self.boris.id)
        self.message(6, "message_out")
        self.assertEqual(self.shares(matter), {self.anna: 4.0, self.boris: 2.0})
        self.assertEqual((matter.answer_user_id, matter.our_hours, matter.our_late), (self.boris, 6.0, False))
        self.assertEqual((matter.hours_us, matter.commercial_partner_id), (6.0, self.alfa))
        self.assertEqual(matter.turn_ids.mapped("user_id"), self.anna | self.boris)

    def test_late_answer_belongs_to_whoever_let_it_pass(self):
        matter = self.asked()
        self.change(25, self.alfa, user_id=self.vera.id)
        self.message(26, "message_out")
        self.assertEqual(self.shares(matter), {self.anna: 10.0, self.vera: 1.0})
        self.assertEqual((matter.answer_user_id, matter.our_due), (self.anna, MONDAY + timedelta(hours=9)))
        answerers = self.env["crm.interaction.matter.share"].sudo().search([("is_answerer", "=", True)])
        self.assertEqual(answerers.user_id, self.vera)

    def test_rule_9_days_of_the_deputy_stay_the_deputys(self):
        days = {"interaction_deputy_from": "2026-11-02", "interaction_deputy_until": "2026-11-03"}
        self.change(-1, self.anna, interaction_deputy_id=self.boris.id, **days)
        matter = self.asked()
        self.change(3, self.anna, interaction_deputy_id=self.vera.id)
        self.change(26, self.anna, interaction_deputy_id=False)
        self.message(27, "message_out")
        self.assertEqual(self.shares(matter), {self.boris: 3.0, self.vera: 8.0, self.anna: 1.0})

    def test_who_had_no_working_hour_has_no_share(self):
        matter = self.asked()
        self.change(10, self.alfa, interaction_accountant_id=self.boris.id)
        self.change(12, self.alfa, interaction_accountant_id=self.vera.id)
        self.message(25, "message_out")
        self.assertEqual(self.shares(matter), {self.anna: 9.0, self.vera: 1.0})

    def test_open_matter_counts_on_every_hour(self):
        matter = self.asked()
        self.assertEqual((matter.our_hours, matter.answer_user_id), (0, self.anna))
        self.change(2, self.alfa, interaction_accountant_id=self.boris.id)
        with freeze_time(MONDAY + timedelta(hours=5)):
            matter._refresh(matter)
        self.assertEqual((matter.our_hours, matter.hours_us, matter.as_of), (5, 5, MONDAY + timedelta(hours=5)))
        self.assertEqual(self.shares(matter), {self.anna: 2.0, self.boris: 3.0})
        self.assertFalse(matter.our_answered_on)

    def test_merge_and_split_restore_the_persons(self):
        matter = self.asked()
        self.change(2, self.alfa, interaction_accountant_id=self.boris.id)
        self.message(3, "message_out")
        second = self.message(4)
        self.change(5, self.alfa, interaction_accountant_id=self.vera.id)
        self.message(6, "message_out")
        names = ["our_hours", "our_due", "our_late", "our_answered_on", "hours_us", "month"]
        other = second.matter_id
        self.assertNotEqual(matter, other)
        before = [(self.shares(m), m.read(names, load=None)[0] | {"id": 0}) for m in (matter, other)]
        rows = other.interaction_ids
        rows.sudo().merge_matter(matter.id)
        self.assertEqual(matter.interaction_count, 4)
        rows.sudo().split_matter()
        after = [(self.shares(m), m.read(names, load=None)[0] | {"id": 0}) for m in (matter, rows.matter_id)]
        self.assertEqual(after, before)

    def test_month_is_that_of_the_due_date_where_the_company_is(self):
        self.env.company.write({"interaction_tz": "Pacific/Auckland", "interaction_response_hours": 3})
        with freeze_time("2026-11-30 04:30:00"):
            matter = self.capture(datetime(2026, 11, 30, 4, 30), code="message_in", partner=self.alfa).matter_id
        self.assertEqual((matter.our_due.month, str(matter.month)), (11, "2026-12-01"))
        self.env.company.interaction_tz = "Pacific/Honolulu"
        self.assertEqual(str(matter.month), "2026-11-01")
