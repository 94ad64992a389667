import io
import random
from collections import Counter
from datetime import date

import openpyxl

from odoo.exceptions import UserError
from odoo.tests.common import tagged

from ..report.period import Period
from .common import InteractionCase

FEBRUARY, JANUARY = Period(date(2026, 2, 1), date(2026, 2, 28)), Period(date(2026, 1, 1), date(2026, 1, 31))


class SummaryReportCase(InteractionCase):
    """Set up interactions of three clients in January, February and March 2026."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.interaction"].search([]).action_archive()
        cls.env.company.interaction_tz = "Europe/Moscow"
        cls.clients = [cls.make_client(name=f"Client {number}") for number in range(3)]

    @classmethod
    def make_interactions(cls, number):
        dice = random.Random(20121001)
        types = cls.env["crm.interaction.type"].search([("is_group", "=", False)]).ids
        return cls.env["crm.interaction"].create(
            [
                {
                    "partner_id": dice.choice(cls.clients).id,
                    "type_id": dice.choice([*types, False]),
                    "user_id": dice.choice([cls.staff.id, cls.manager.id]),
                    "date": f"2026-{dice.randint(1, 3):02}-{dice.randint(1, 28):02} 12:00:00",
                    "subject": "=1+1",
                }
                for _number in range(number)
            ]
        )

    def summary_report(self, user=None, **vals):
        """Return the workbook that ``user`` (the manager) gets, read back."""
        vals = {"date_from": FEBRUARY.start, "date_to": FEBRUARY.end, **vals}
        wizard = self.env["crm.interaction.summary.report"].with_user(user or self.manager).create(vals)
        wizard.action_create()
        return openpyxl.load_workbook(io.BytesIO(wizard.attachment_id.raw))

    def table(self, sheet, first):
        """Return ``{first cell: other cells}`` of the table whose first heading is ``first``."""
        rows = list(sheet.iter_rows(values_only=True))
        start = next(number for number, row in enumerate(rows) if row[0] == first and row[1])
        lines = {}
        for row in rows[start + 1 :]:
            if row[0] is None:
                break
            lines[row[0]] = row[1:]
        return lines


@tagged("post_install", "-at_install")
class TestReportSummaryReport(SummaryReportCase):
    """Test every figure of the workbook against a manual count."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.interactions = cls.make_interactions(300)
        cls.february = cls.interactions.filtered(lambda i: i.date.month == 2)
        cls.january = cls.interactions.filtered(lambda i: i.date.month == 1)

    def assert_comparison(self, row, now, before):
        shares = now / len(self.february), before / len(self.january)
        for value, expected in zip(row[:5], (now, shares[0], before, shares[1], shares[0] - shares[1]), strict=True):
            self.assertAlmostEqual(value, expected, places=9)

    def count_by(self, name):
        return [Counter(i[name].display_name for i in period) for period in (self.february, self.january)]

    def counted_ratio(self, interactions, role):
        roles = Counter(interactions.kind_id and i.kind_id.ratio_role for i in interactions)
        return roles[role] / roles["base"]

    def test_shares_by_kind_are_those_of_the_period_and_the_one_before(self):
        lines = self.table(self.summary_report()["Shares"], "Kind")
        now, before = self.count_by("kind_id")
        for kind in self.env["crm.interaction.kind"].search([]):
            self.assert_comparison(lines[kind.display_name], now[kind.display_name], before[kind.display_name])
        self.assert_comparison(lines["Unclassified"], now[False], before[False])
        self.assert_comparison(lines["All purposes"], len(self.february), len(self.january))

    def test_types(self):
        lines = self.table(self.summary_report()["Shares"], "Type")
        now, before = self.count_by("type_id")
        types = self.env["crm.interaction.type"].search([("is_group", "=", False)])
        self.assertEqual(len(lines), len(types))
        for type_ in types:
            self.assert_comparison(lines[type_.display_name], now[type_.display_name], before[type_.display_name])

    def test_unreviewed_types_have_a_range(self):
        suggested = self.february.filtered("type_id")[:3]
        suggested.write({"state": "to_review"})
        lines = self.table(self.summary_report()["Shares"], "Type")
        name, all_ = suggested[0].type_id.display_name, len(self.february)
        n, to_review = (
            len(rows.filtered(lambda i: i.type_id == suggested[0].type_id)) for rows in (self.february, suggested)
        )
        open_n = len(self.february.filtered(lambda i: i.state == "to_review"))
        low, high, word, shown = lines[name][5:9]
        self.assertAlmostEqual(low, (n - to_review) / all_)
        self.assertAlmostEqual(high, (n - to_review + open_n) / all_)
        self.assertEqual((word, shown), ("bounds", to_review))

    def test_same_months_a_year_ago_go_before_the_period_before(self):
        self.log(partner_id=self.clients[0].id, type_id=self.type_("1.1.1").id, date="2025-02-10 12:00:00")
        sheet = self.summary_report()["Shares"]
        self.assertEqual(self.table(sheet, "Kind")["All purposes"][2], 1)
        self.assertIn("February 2025", [cell for row in sheet.iter_rows(values_only=True) for cell in row])
        other = self.summary_report(partner_ids=self.clients[1].ids)["Shares"]
        self.assertEqual(self.table(other, "Kind")["All purposes"][2], self.of_client(self.january, self.clients[1]))

    def of_client(self, interactions, client):
        return len(interactions.filtered(lambda i: i.commercial_partner_id == client))

    def test_ratios(self):
        lines = self.table(self.summary_report()["Shares"], "Ratio")
        for label, role, reference in (
            ("Improvements / base", "improvement", 0.08),
            ("Additional services / base", "additional", 0.66),
        ):
            base, now, before, change, low, high, word, shown_reference = lines[label][:8]
            expected = self.counted_ratio(self.february, role), self.counted_ratio(self.january, role)
            self.assertEqual(base, len(self.february.filtered(lambda i: i.kind_id.ratio_role == "base")))
            self.assertAlmostEqual(now, expected[0], places=9)
            self.assertAlmostEqual(before, expected[1], places=9)
            self.assertAlmostEqual(change, expected[0] - expected[1], places=9)
            self.assertEqual((shown_reference, word), (reference, "bounds"))
            names = [f"{role}_low:avg", f"{role}_high:avg"]
            [bounds] = self.env["crm.interaction"]._read_group([("id", "in", self.february.ids)], [], names)
            for value, bound in zip((low, high), bounds, strict=True):
                self.assertAlmostEqual(value, bound, places=9)

    def test_months(self):
        lines = self.table(self.summary_report()["Shares"], "Month")
        self.assertEqual(list(lines), ["January 2026", "February 2026"])
        for row, interactions in zip(lines.values(), (self.january, self.february), strict=True):
            kinds = Counter(interactions.mapped(lambda i: i.kind_id.code or ""))
            counts = (*(kinds[code] for code in "1234"), kinds[""], len(interactions), len(interactions))
            self.assertEqual(row[:7], counts)

    def test_clients_by_kinds(self):
        lines = self.table(self.summary_report()["Clients"], "Client")
        self.assertEqual(len(lines), 4)
        for client in self.clients:
            own = self.february.filtered(lambda i, client=client: i.commercial_partner_id == client)
            before = self.january.filtered(lambda i, client=client: i.commercial_partner_id == client)
            kinds = Counter(own.mapped(lambda i: i.kind_id.code or ""))
            period, *row = lines[client.name]
            self.assertEqual(period, "February 2026")
            self.assertEqual(tuple(row[:7]), (*(kinds[code] for code in "1234"), kinds[""], len(own), len(own)))
            self.assertEqual(row[7], len(own.filtered(lambda i: i.state == "to_review")))
            self.assertAlmostEqual(row[8], self.counted_ratio(own, "improvement"), places=9)
            self.assertAlmostEqual(row[12], self.counted_ratio(own, "additional"), places=9)
            self.assertAlmostEqual(row[16], len(own) / len(self.february), places=9)
            self.assertEqual(tuple(row[17:19]), (len(before), len(own) - len(before)))

    def test_quality(self):
        sheet = self.summary_report()["Classification Quality"]
        lines, users = self.table(sheet, "Classification Quality"), self.table(sheet, "Responsible")
        now, before = (Counter(period.mapped("quality")) for period in (self.february, self.january))
        for key, label in self.env["crm.interaction"]._fields["quality"]._description_selection(self.env):
            self.assert_comparison(lines[label], now[key], before[key])
        for user in (self.staff, self.manager):
            own = self.february.filtered(lambda i, user=user: i.user_id == user)
            self.assertEqual(users[user.name][-1] or users[user.name][4], len(own))

    def test_definitions_hold_the_classification(self):
        lines = self.table(self.summary_report()["Definitions"], "Type")
        types = self.env["crm.interaction.type"].search([])
        self.assertEqual(set(lines), set(types.mapped("display_name")))

    def test_charts_are_excels_own(self):
        pie, months = self.summary_report()["Shares"]._charts
        self.assertEqual((pie.tagname, months.tagname), ("pieChart", "barChart"))
        self.assertEqual(pie.ser[0].val.numRef.f, "Shares!$B$23:$B$27")
        self.assertEqual(len(months.ser), 5)

    def test_split_contact_is_one_contact_with_two_purposes(self):
        self.february[0]._by_code().copy({"split_from_id": self.february[0].id, "date": self.february[0].date})
        n = len(self.february)
        line = self.summary_report()["Shares"]["A3"].value
        self.assertEqual(line, f"Interactions: {n}, purposes: {n + 1}. Shares are calculated from purposes.")

    def test_chosen_clients_only(self):
        summary_report = self.summary_report(partner_ids=self.clients[0].ids)
        self.assertEqual(set(self.table(summary_report["Clients"], "Client")), {"Client 0", "All clients"})

    def test_days_are_those_of_the_company(self):
        self.log(partner_id=self.clients[0].id, date="2026-01-31 20:59:59")
        self.log(partner_id=self.clients[0].id, date="2026-01-31 21:00:00")
        row = self.table(self.summary_report()["Shares"], "Kind")["All purposes"]
        self.assertEqual((row[0], row[2]), (len(self.february) + 1, len(self.january) + 1))

    def test_list_of_contacts(self):
        sheet = self.summary_report(with_contacts=True)["Interactions"]
        rows = list(sheet.iter_rows(min_row=5, values_only=True))
        self.assertEqual(len(rows), len(self.february))
        self.assertEqual(sheet["A5"].value.hour, 15, "12:00 UTC is 15:00 in Moscow")
        self.assertEqual({row[8] for row in rows}, {"=1+1"}, "text, not a formula")
        self.assertEqual({sheet.cell(5, 9).data_type}, {"s"})
        self.assertEqual(Counter(row[1] for row in rows), self.count_by("commercial_partner_id")[0])

    def test_user_sees_own_clients_only(self):
        self.clients[0].user_id = self.staff
        self.interactions.user_id = self.manager
        own = self.february.filtered(lambda i: i.commercial_partner_id == self.clients[0])
        summary_report = self.summary_report(self.staff, with_contacts=True)
        self.assertEqual(self.table(summary_report["Shares"], "Kind")["All purposes"][0], len(own))
        self.assertEqual(set(self.table(summary_report["Clients"], "Client")), {"Client 0", "All clients"})
        self.assertEqual(summary_report["Interactions"].max_row, 4 + len(own))

    def test_other_company_is_refused(self):
        other = self.env["res.company"].create({"name": "Other"})
        with self.assertRaisesRegex(UserError, "Switch to the company"):
            self.summary_report(company_id=other.id)

    def test_file_is_its_readers_own(self):
        wizard = self.env["crm.interaction.summary.report"].with_user(self.manager).create({})
        action = wizard.action_create()
        self.assertIn(wizard.attachment_id.name, action["params"]["message"])
        self.assertFalse(wizard.attachment_id.with_user(self.staff)._filtered_access("read"))

    def test_russian(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.manager.lang = "ru_RU"
        wizard = self.env["crm.interaction.summary.report"].with_user(self.manager).with_context(lang="ru_RU")
        wizard = wizard.create({"date_from": FEBRUARY.start, "date_to": FEBRUARY.end, "with_contacts": True})
        wizard.action_create()
        summary_report = openpyxl.load_workbook(io.BytesIO(wizard.attachment_id.raw))
        for name in summary_report.sheetnames:
            self.assertRegex(name, r"^[^\[\]:*?/\\]{1,31}$")
        self.assertIn("Февраль 2026", summary_report.worksheets[0]["A2"].value)
        self.assertEqual(summary_report.worksheets[-1]["A5"].number_format, "dd.mm.yyyy hh:mm")
