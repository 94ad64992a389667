from datetime import date
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import Form
from odoo.tests.common import tagged
from odoo.tools import mute_logger

from .requests_common import MONDAY, WEEK, LetterCase

TEMPLATE = "crm.interaction.request.template"


@tagged("post_install", "-at_install")
class TestRequestPeriods(LetterCase):
    """Test lists of months, quarters and years beside each other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("ru_RU")
        cls.quarter = cls.template("quarter")
        cls.year = cls.template("year")

    @classmethod
    def template(cls, length):
        item = {"name": f"Return of the {length}", "due_days": 15}
        vals = {"name": length, "period_length": length, "item_ids": [Command.create(item)]}
        clients = {"is_automatic": True, "month_day": 1, "partner_ids": cls.vector.ids}
        return cls.env[TEMPLATE].create({**vals, **clients, "company_id": cls.env.company.id})

    def names(self, period, length):
        lists = self.make_list(period=period, period_length=length, state="draft")
        return [lists.with_context(lang=lang).name for lang in ("en_US", "ru_RU")]

    def make_due(self, *day):
        with patch.object(type(self.env.company), "_interaction_today", lambda company: date(*day)):
            self.env[TEMPLATE]._make_last_periods(self.env.company)
        lists = self.list.search([("commercial_partner_id", "=", self.vector.id)]) - self.list
        return [(list_.name, str(list_.due)) for list_ in lists.sorted("id")]

    def test_lists_are_named_by_their_period(self):
        self.assertEqual(self.names("2026-11-01", "month"), ["November 2026 · Vector", "Ноябрь 2026 · Vector"])
        self.assertEqual(self.names("2026-07-01", "quarter"), ["Q3 2026 · Vector", "III квартал 2026 г. · Vector"])
        self.assertEqual(self.names("2026-01-01", "year"), ["2026 · Vector", "2026 год · Vector"])

    def test_period_is_stored_as_its_first_day(self):
        for period, length in (("2026-08-01", "quarter"), ("2026-04-01", "year"), ("2026-04-02", "month")):
            with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"), self.cr.savepoint():
                self.make_list(period=period, period_length=length)

    def test_proposed_due_day_follows_the_period(self):
        with Form(self.list.with_user(self.accountant).browse()) as form:
            form.commercial_partner_id = self.vector
            form.period = "2026-11-01"
            self.assertEqual(str(form.due), "2026-12-10")
            form.period_length = "year"
            self.assertEqual(str(form.due), "2027-01-10")
            form.due = "2027-02-01"
            form.period_length = "quarter"
            self.assertEqual(str(form.due), "2027-02-01", "a person's")

    def test_form_finds_the_first_day_of_the_quarter(self):
        with Form(self.list.with_user(self.accountant).browse()) as form:
            form.commercial_partner_id = self.vector
            form.period = "2026-08-01"
            form.due = False
            form.period_length = "quarter"
            self.assertEqual((str(form.period), str(form.due)), ("2026-07-01", "2026-10-10"))

    def test_job_makes_quarters_and_years_after_they_end(self):
        self.assertEqual(self.make_due(2026, 9, 30), [])
        self.assertEqual(self.make_due(2026, 10, 1), [("Q3 2026 · Vector", "2026-10-15")])
        self.assertEqual(len(self.make_due(2026, 10, 2)), 1, "made once")
        made = self.make_due(2027, 1, 1)
        self.assertEqual(made[1:], [("Q4 2026 · Vector", "2027-01-15"), ("2026 · Vector", "2027-01-15")])

    def test_template_for_another_length_skips_no_period(self):
        monthly = self.env[TEMPLATE].search([("name", "=", "month")]) or self.template("month")
        monthly.write({"partner_ids": self.vector.ids, "is_automatic": True})
        self.quarter.active = False
        self.make_due(2026, 12, 2)
        self.assertEqual(str(monthly.made_for), "2026-11-01")
        monthly.period_length = "quarter"
        self.assertIn("Q4 2026 · Vector", [name for name, _due in self.make_due(2027, 1, 2)])

    def test_template_switched_on_late_waits(self):
        self.assertEqual(self.make_due(2026, 11, 20), [])
        self.assertEqual(len(self.make_due(2027, 1, 20)), 2)

    def test_template_for_all_clients_includes_later_ones(self):
        self.quarter.with_user(self.manager).write({"is_for_all": True, "partner_ids": False})
        later = self.make_client(name="Later", user_id=self.accountant.id)
        gone = self.make_client(name="Gone", user_id=self.accountant.id, interaction_client_until="2026-09-30")
        alone = self.make_client(name="Nobody's")
        self.make_due(2026, 10, 1)
        made = self.list.search([("template_id", "=", self.quarter.id)])
        self.assertEqual(made.commercial_partner_id & (later | gone | alone | self.vector), later | self.vector)
        making = self.env["crm.interaction.request.making"].with_user(self.accountant)
        with freeze_time("2026-11-04"):
            proposed = making.create({"template_id": self.quarter.id}).partner_ids
        self.assertEqual(proposed, later | self.vector)

    def test_letter_names_month_and_quarter(self):
        self.make_list(period="2026-10-01", period_length="quarter", names=("VAT",))
        [letter] = self.run_job(MONDAY)
        self.assertEqual(letter.message_id.subject, "Documents for October 2026 and Q4 2026")
        for title in ("October 2026", "Q4 2026", "VAT"):
            self.assertIn(title, letter.message_id.body)

    def test_subject_names_three_periods(self):
        for month in range(5, 10):
            self.make_list(period=f"2026-0{month}-01", names=("Act",))
        [letter] = self.run_job(MONDAY)
        latest = "August 2026, September 2026, October 2026"
        self.assertEqual(letter.message_id.subject, f"Documents for {latest}, and 3 more periods")
        self.ivan.lang = "ru_RU"
        [letter] = self.run_job(MONDAY + WEEK)
        latest = "август 2026, сентябрь 2026, октябрь 2026"
        self.assertEqual(letter.message_id.subject, f"Напоминание: документы за {latest} и ещё 3 периода")

    def test_dialog_proposes_the_last_quarter(self):
        making = self.env["crm.interaction.request.making"].with_user(self.accountant)
        with freeze_time("2026-11-04"):
            made = making.create({"template_id": self.quarter.id})
            self.assertEqual((str(made.period), made.existing_count), ("2026-07-01", 0))
            made.action_make()
        lists = self.list.search([("template_id", "=", self.quarter.id)])
        self.assertEqual((lists.period_length, str(lists.item_ids.due)), ("quarter", "2026-10-15"))

    def test_documents_are_added_to_the_list_of_the_quarter(self):
        quarter = self.make_list(period="2026-10-01", period_length="quarter")
        asking = self.env["crm.interaction.request.asking"].with_user(self.accountant)
        vals = {"client_id": self.vector.id, "period": "2026-11-01", "documents": "Customs declaration"}
        self.assertEqual(asking.create({**vals, "period_length": "quarter"}).list_id, quarter)
        self.assertFalse(asking.create(vals).list_id)

    def test_merged_clients_keep_lists_of_different_length(self):
        other = self.make_client(name="Other", user_id=self.accountant.id)
        quarter = self.make_list(other, period="2026-10-01", period_length="quarter")
        month = self.make_list(other, period="2026-10-01")
        self.env[self.list._name]._merge_clients(other, self.vector)
        self.assertEqual((self.list | quarter | month).exists(), self.list | quarter)

    def test_automatic_template_needs_clients(self):
        with self.assertRaisesRegex(ValidationError, "without clients"), self.cr.savepoint():
            self.quarter.partner_ids = False

    def test_clients_are_proposed_when_switched_on(self):
        self.year.write({"is_automatic": False, "partner_ids": False})
        with Form(self.year.with_user(self.manager)) as form:
            form.is_automatic = True
            self.assertIn(self.vector.id, form.partner_ids.ids)
