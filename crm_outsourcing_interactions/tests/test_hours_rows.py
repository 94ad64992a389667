import random
from datetime import date, datetime

from odoo.tests.common import new_test_user, tagged

from ..models.events.marks import marked
from ..models.optional.timesheets import has_timesheets
from .common import InteractionCase

MEASURES = ["contact_hours:sum", "all_hours:sum", "contact_share:avg", "reference:avg", "cost:sum"]


def client_of(part):
    """Return a condition or a group of contact hours as interactions call it."""
    if isinstance(part, tuple):
        return (client_of(part[0]), *part[1:])
    return part.replace("partner_id", "commercial_partner_id")


@tagged("post_install", "-at_install")
class TestAnalysisHours(InteractionCase):
    """Test contact hours; ``tests/test_timesheets.py`` tests them with timesheets installed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vector = cls.make_client(name="Vector")
        cls.contact = cls.make_contact(parent_id=cls.vector.id)
        for moment, hours, user in (
            ("2031-03-02 12:00:00", 0.5, cls.staff),
            ("2031-03-09 12:00:00", 1.0, cls.staff),
            ("2031-03-09 13:00:00", 2.0, cls.manager),
            ("2031-04-09 13:00:00", 4.0, cls.staff),
        ):
            cls.log(partner_id=cls.contact.id, date=moment, duration=hours, user_id=user.id)
        cls.log(partner_id=cls.contact.id, date="2031-03-09 13:00:00", duration=8.0).action_ignore()

    def hours(self, user=None):
        return self.env["crm.interaction.hours"].with_user(user or self.manager)

    def groups(self, groupby, measures=("contact_hours:sum",), user=None):
        return self.hours(user)._read_group([("partner_id", "=", self.vector.id)], groupby, measures)

    def test_hours_of_captured_contacts_are_zero_not_empty(self):
        client = self.make_client()
        self.capture(*(datetime(2031, 3, day, 12) for day in (2, 3)), partner=client, type_code="1.2.1")
        interactions = self.env["crm.interaction"].with_user(self.manager)
        for model, name, client_name in (
            (interactions, "duration:sum", "commercial_partner_id"),
            (interactions.with_context(interaction_standard_read=True), "duration:sum", "commercial_partner_id"),
            (self.hours(), "contact_hours:sum", "partner_id"),
            (self.hours().with_context(interaction_standard_read=True), "contact_hours:sum", "partner_id"),
        ):
            domain = [(client_name, "=", client.id)]
            for groupby in (["month:month"], ["month:year"], ["user_id"]):
                with self.subTest(model=model, groupby=groupby):
                    [[_group, hours, n]] = model._read_group(domain, groupby, [name, "__count"])
                    self.assertEqual((hours, type(hours)), (0.0, float))
                    self.assertTrue(n)
        self.assertFalse(interactions._read_group([("partner_id", "=", client.id)], [], ["duration:avg"])[0][0])

    def test_hours_of_client_month_and_responsible(self):
        rows = self.hours().search([("partner_id", "=", self.vector.id)], order="month, contact_hours")
        self.assertEqual(
            [(row.month, row.user_id, row.contact_hours) for row in rows],
            [
                (date(2031, 3, 1), self.staff, 1.5),
                (date(2031, 3, 1), self.manager, 2.0),
                (date(2031, 4, 1), self.staff, 4.0),
            ],
        )
        self.assertEqual(rows, self.hours().search([("id", "in", rows.ids)]).sorted("contact_hours"))

    def test_months_have_names(self):
        row = self.hours().search([("partner_id", "=", self.vector.id), ("month", "=", "2031-04-01")])
        self.assertEqual(row.with_context(lang="en_US").month_name, "April 2031")

    def test_totals(self):
        self.assertEqual(self.groups([]), [(7.5,)])
        self.assertEqual(self.groups(["month:month"]), [(date(2031, 3, 1), 3.5), (date(2031, 4, 1), 4.0)])

    def test_groups_equal_the_interactions(self):
        other, dice = self.make_client(name="Sever"), random.Random(20121002)
        people = [self.staff.id, self.manager.id, False]
        second = self.env["res.company"].create({"name": "Second"})
        interactions = self.env["crm.interaction"]._by_code()
        made = interactions.create(
            [
                {
                    "partner_id": dice.choice([other.id, self.contact.id, False]),
                    "user_id": dice.choice(people),
                    "company_id": dice.choice([second.id, self.env.company.id]),
                    "date": f"203{dice.randint(0, 1)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02} 12:00:00",
                    "duration": dice.choice([False, 0, 0.1, 3.25]),
                }
                for _number in range(120)
            ]
        )
        self.env["crm.interaction.total"]._flush()
        self.env["crm.interaction.total"]._fold()
        made[:20].action_ignore()
        made[20:40].write({"date": "2031-06-05 12:00:00"})
        made[40:50].write({"duration": 2.0})
        companies = (second | self.env.company).ids
        facts = marked(self.env["crm.interaction"], "interaction_standard_read").with_context(
            allowed_company_ids=companies
        )
        for groupby in ([], ["partner_id"], ["month:month", "user_id"], ["company_id", "partner_id", "month:year"]):
            for domain in ([], [("month", ">=", "2031-04-01")], [("partner_id.name", "ilike", "e")]):
                with self.subTest(groupby=groupby, domain=domain):
                    hours = self.env["crm.interaction.hours"].with_context(allowed_company_ids=companies)
                    ours = hours._read_group(domain, groupby, ["contact_hours:sum"], order=", ".join(groupby))
                    of_facts = [client_of(part) for part in groupby]
                    expected = facts._read_group(
                        [client_of(part) for part in domain], of_facts, ["duration:sum"], order=", ".join(of_facts)
                    )
                    self.assertTrue(ours)
                    for one, another in zip(ours, expected, strict=True):
                        self.assertEqual(one[:-1], another[:-1])
                        self.assertAlmostEqual(one[-1], another[-1] or 0, places=5)

    def test_rows_keep_their_ids(self):
        self.env["crm.interaction.total"]._flush()
        self.env["crm.interaction.total"]._fold()
        before = self.hours().search([("partner_id", "=", self.vector.id)])
        self.log(partner_id=self.vector.id, date="2031-02-09 12:00:00", duration=0.5, user_id=self.manager.id)
        after = self.hours().search([("partner_id", "=", self.vector.id)])
        self.assertEqual(before & after, before)
        self.assertEqual(len(after), len(before) + 1)
        self.assertLess(max(after.ids), 2**31)  # the most that XML-RPC transmits
        self.assertFalse(self.hours().search([("id", "in", [max(after.ids) + 1])]))

    def test_groups_are_one_statement_and_leave_the_contacts_alone(self):
        measures = ["__count", "contact_hours:sum"]
        self.groups(["partner_id", "month:month"], measures)
        self.env.flush_all()
        self.env.cr.execute("ALTER TABLE crm_interaction RENAME TO crm_interaction_elsewhere")
        with self.assertQueryCount(1):
            self.hours()._read_group([], ["partner_id", "month:month"], measures)
        with self.assertQueryCount(1):
            self.hours()._read_grouping_sets([], [["partner_id", "month:month"], ["partner_id"], []], measures)

    def test_who_asks_for_rows_of_groups_gets_them(self):
        [(rows,)] = self.groups([], ["id:recordset"])
        self.assertEqual(rows, self.hours().search([("partner_id", "=", self.vector.id)]))
        self.assertEqual(self.hours()._read_group([("id", "in", rows.ids)], [], ["contact_hours:sum"]), [(7.5,)])

    def test_a_change_counts_at_once(self):
        self.log(partner_id=self.vector.id, date="2031-03-09 12:00:00", duration=0.5)
        self.assertEqual(self.groups([]), [(8.0,)])

    def test_staff_see_their_own_hours_and_no_cost(self):
        self.assertEqual(self.groups([], user=self.staff), [(5.5,)])
        self.assertNotIn("cost", self.hours(self.staff).fields_get())
        self.assertIn("cost", self.hours().fields_get())

    def test_other_companies_hours_stay_theirs(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.log(partner_id=self.vector.id, date="2031-03-09 12:00:00", duration=0.5, company_id=other.id)
        self.assertEqual(self.groups([]), [(7.5,)])

    def test_outsiders_get_nothing(self):
        for groups in ("base.group_portal", "base.group_user"):
            user = new_test_user(self.env, groups, groups=groups)
            self.assertFalse(self.hours(user).has_access("read"))

    def test_a_row_leads_to_its_contacts(self):
        row = self.hours().search([("partner_id", "=", self.vector.id), ("month", "=", "2031-04-01")])
        domain = row.action_view_interactions()["domain"]
        self.assertEqual(self.env["crm.interaction"].search(domain).mapped("duration"), [4.0])

    def test_share_is_found_and_sorted(self):
        hours = self.hours()
        known = hours.search([("contact_share", ">", 0)], order="contact_share desc")
        self.assertEqual(known.mapped("contact_share"), sorted(known.mapped("contact_share"), reverse=True))
        rows = hours.search([("partner_id", "=", self.vector.id), ("contact_share", "=", 0)], order="contact_share")
        self.assertEqual(len(rows), 3, "without timesheet hours, the share is empty")

    def test_without_timesheets_share_is_empty_with_a_notice(self):
        if has_timesheets(self.env):
            self.skipTest("Odoo's timesheets are installed")
        [(contact, everything, share, reference, cost)] = self.groups([], MEASURES)
        self.assertEqual((contact, everything, share, cost), (7.5, False, False, False))
        self.assertFalse(reference, "nothing to compare it with")
        self.assertIn("hr_timesheet", self.hours().notice())
