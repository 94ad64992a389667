from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo import Command
from odoo.tests.common import tagged

from .portal_common import AccountCase

NOVEMBER = datetime(2026, 11, 10, 12)
SPECS = ["invited_count:sum", "active_count:sum", "active_share:avg", "item_count:sum", "account_share:avg"]


@tagged("post_install", "-at_install")
class TestPortalUse(AccountCase):
    """Test who uses the personal account, and which part of the documents comes through it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        people = cls.anna | cls.boris | cls.vera
        cls.env.flush_all()
        cls.env.cr.execute("UPDATE res_users SET create_date = '2026-10-05' WHERE id IN %s", [tuple(people.ids)])
        cls.env.invalidate_all()
        cls.beta.is_outsourcing_client = True
        cls.alfa.is_outsourcing_client = True
        names = ("By login", "By link", "By mail", "On paper", "Outstanding")
        items = [Command.create({"name": name, "partner_id": cls.anna.partner_id.id}) for name in names]
        vals = {"commercial_partner_id": cls.alfa.id, "period": "2026-10-01", "item_ids": items}
        cls.list = cls.env["crm.interaction.request.list"].with_user(cls.accountant).create(vals)
        cls.list.action_open()

    def use(self, *domain, groupby=(), user=None):
        self.env.flush_all()
        model = self.env["crm.interaction.portal.use"].with_user(user or self.boss)
        ours = ("commercial_partner_id", "in", (self.alfa | self.beta).ids)
        with freeze_time(NOVEMBER):
            return model._read_group([ours, *domain], groupby, SPECS)

    def hand_over_all(self):
        with freeze_time(NOVEMBER):
            person = self.anna.partner_id
            for item, how in zip(self.list.item_ids, ("login", "link", "mail"), strict=False):
                item._hand_over(person, {item.id: {"answer": how}}, how=how)
            self.list.item_ids[3].action_accept()

    def test_shares_are_made_of_counts(self):
        self.hand_over_all()
        november = [("month", "=", "2026-11-01")]
        self.assertEqual(self.use(*november), [(3, 1, 1 / 3, 4, 0.5)])
        by_client = {row[0]: row[1:] for row in self.use(*november, groupby=["commercial_partner_id"])}
        self.assertEqual(by_client, {self.alfa: (2, 1, 0.5, 4, 0.5), self.beta: (1, 0, 0.0, 0, False)})

    def test_item_handed_over_again_is_one(self):
        self.hand_over_all()
        item = self.list.item_ids[0]
        with freeze_time(NOVEMBER + timedelta(days=1)):
            item._return("Blurred")
            item._hand_over(self.anna.partner_id, {item.id: {"answer": "Sharp"}}, how="login")
        self.assertEqual(self.use(("month", "=", "2026-11-01")), [(3, 1, 1 / 3, 4, 0.5)])

    def test_months_before_have_no_documents_and_no_data(self):
        self.hand_over_all()
        self.assertEqual(self.use(("month", "=", "2026-10-01")), [(3, 0, 0.0, 0, False)])
        self.assertEqual(self.use(("month", "=", "2026-09-01")), [(0, 0, False, 0, False)])

    def test_complaints_and_ratings_there_are_use(self):
        now = self.env.cr.now().replace(microsecond=0)
        self.env["crm.interaction.portal.complaint"]._send(self.boris.partner_id, "Wrong", "t")
        self.env["rating.rating"]._interaction_rate(self.vera.partner_id, 5, "")
        self.env.flush_all()
        rows = self.env["crm.interaction.portal.use"].search([("month", "=", now.date().replace(day=1))])
        active = rows.filtered("active_count").partner_id
        self.assertEqual(active & (self.anna | self.boris | self.vera).partner_id, (self.boris | self.vera).partner_id)

    def test_former_clients_have_no_later_months(self):
        self.beta.interaction_client_until = "2026-10-31"
        months = {
            row[0].month for row in self.use(("commercial_partner_id", "=", self.beta.id), groupby=["month:month"])
        }
        self.assertEqual(months, {10})

    def test_past_months_stay_when_people_are_archived(self):
        self.env.cr.execute("UPDATE res_users SET create_date = '2026-08-05' WHERE id IN %s", [tuple(self.anna.ids)])
        self.hand_over_all()
        months = [(month, self.use(("month", "=", f"2026-{month}-01"))) for month in ("08", "10", "11")]
        archive = (
            lambda: self.anna.write({"active": False}),
            lambda: self.anna.partner_id.write({"active": False}),
            lambda: self.alfa.write({"active": False}),
        )
        for change in archive:
            change()
            self.assertEqual([(month, self.use(("month", "=", f"2026-{month}-01"))) for month, _row in months], months)
        self.env.cr.execute("UPDATE res_users SET write_date = '2026-09-15' WHERE id IN %s", [tuple(self.anna.ids)])
        self.assertEqual(self.use(("month", "=", "2026-10-01"))[0][0], 2, "gone in September")

    def test_person_in_two_companies_is_one(self):
        self.hand_over_all()
        november = [("month", "=", "2026-11-01")]
        before = self.use(*november)
        firm = self.env["res.company"].create({"name": "Second Firm"})
        self.env["crm.interaction.portal.link"]._of(self.anna.partner_id, firm)
        self.env.flush_all()
        self.env.cr.execute("UPDATE crm_interaction_portal_link SET create_date = '2026-10-05'")
        self.boss.company_ids += firm
        both = {"allowed_company_ids": (self.env.company | firm).ids}
        model = self.env["crm.interaction.portal.use"].with_user(self.boss).with_context(**both)
        clients = ("commercial_partner_id", "in", (self.alfa | self.beta).ids)
        with freeze_time(NOVEMBER):
            self.assertEqual(model._read_group([clients, *november], [], SPECS), before)
            by_company = dict(model._read_group([clients, *november], ["company_id"], ["invited_count:sum"]))
        self.assertEqual(by_company, {self.env.company: 3, firm: 1})

    def test_taken_back_paper_counts_no_more(self):
        self.hand_over_all()
        self.list.item_ids[3].action_reopen()
        self.assertEqual(self.use(("month", "=", "2026-11-01"))[0][3], 3)

    def test_colleagues_see_own_clients_and_clients_nothing(self):
        self.hand_over_all()
        outsider = self.make_staff(login="outsider", groups="crm_outsourcing_interactions.group_user")
        for user, n in ((self.accountant, 4), (self.auditor, 4), (self.boss, 4), (outsider, 0)):
            with self.subTest(user=user.login):
                self.assertEqual(self.use(user=user)[0][3], n)
        self.assertFalse(self.env["crm.interaction.portal.use"].with_user(self.anna).has_access("read"))

    def test_other_company_sees_nothing(self):
        self.hand_over_all()
        firm = self.env["res.company"].create({"name": "Second Firm"})
        self.boss.write({"company_ids": [Command.link(firm.id)], "company_id": firm.id})
        rows = self.env["crm.interaction.portal.use"].with_user(self.boss).with_context(allowed_company_ids=firm.ids)
        with freeze_time(NOVEMBER + timedelta(days=1)):
            self.assertFalse(rows.search([("commercial_partner_id", "=", self.alfa.id)]))

    def test_item_counts_once_in_its_first_month(self):
        self.list.audience = "client"
        first, second, third, *_rest = self.list.item_ids
        with freeze_time(NOVEMBER - timedelta(days=11)):
            first._hand_over(self.anna.partner_id, {first.id: {"answer": "By mail"}}, how="mail")
            first._return("Blurred")
            second._hand_over(self.anna.partner_id, {second.id: {"answer": "By link"}}, how="link")
        with freeze_time(NOVEMBER):
            first._hand_over(self.anna.partner_id, {first.id: {"answer": "Sharp"}}, how="login")
            second._hand_over(self.boris.partner_id, {second.id: {"answer": "Mine"}}, how="login")
            third._hand_over(self.boris.partner_id, {third.id: {"not_applicable": "None"}}, how="login")
        ours = ("commercial_partner_id", "=", self.alfa.id)
        self.assertEqual([row[3:] for row in self.use(ours)], [(2, 0.5)])
        self.assertEqual(self.use(ours, ("month", "=", "2026-11-01"))[0][1:], (2, 1.0, 0, False), "both were active")
