from datetime import date, timedelta

from odoo.tests.common import tagged

from ..report.answer_sheet import Answers
from ..report.period import Period
from .test_figures_answers import MONDAY, AnswersCase

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))


@tagged("post_install", "-at_install")
class TestReportAnswers(AnswersCase):
    """Answer times in the summary report, and in words in the client report."""

    def sheet(self, period=NOVEMBER, clients=None):
        reports = self.env["crm.interaction.summary.report.xlsx"]
        report = self.at_now(lambda: reports._summary_report(self.env.company, period, clients))
        return next(sheet for sheet in report.sheets if sheet.name == "Answer Times")

    def test_sheet_has_a_row_per_client_and_one_of_all(self):
        self.matter(2), self.matter(26), self.matter(3, client=1)
        rows = {row[0]: row[1:] for row in self.sheet().tables[0].rows}
        self.assertEqual(rows["Alfa"][:3], (2, 1, 0.5))
        self.assertEqual(rows["All clients"][:3], (3, 1, 2 / 3))
        self.assertEqual(rows["All clients"][5], 3.0)

    def test_sheet_of_days_reads_the_same_matters(self):
        self.matter(2)
        some = Period(date(2026, 11, 2), date(2026, 11, 3))
        self.assertEqual([row[1] for row in self.sheet(some).tables[0].rows], [1, 1])
        self.assertEqual(self.sheet(Period(date(2026, 11, 3), date(2026, 11, 4))).tables[0].rows[-1][1], 0)

    def ours(self, answered=None, asked=MONDAY, client=0):
        """Return a matter in which we asked at a moment and the client answered so many hours later, if at all."""
        task = self.make_task(partner_id=self.make_contact(parent_id=self.clients[client].id).id)
        matter = self.message(asked, "message_out", task, type_code="1.2.2").matter_id
        if answered is not None:
            self.message(asked + timedelta(hours=answered), "message_in", task, type_code="1.1.1")
        return matter

    def answers(self, first, last, clients=None):
        reports = self.env["crm.interaction.summary.report.xlsx"].with_user(self.anna)
        period = Period(date(2026, *first), date(2026, *last))
        return self.at_now(lambda: reports._answers(self.env.company, period, clients))

    def test_days_count_our_questions_as_the_month_does(self):
        self.ours(2), self.ours(240), self.ours(), self.ours(client=1)
        self.message(MONDAY, "message_in", self.make_task(partner_id=self.clients[0].id), type_code="1.1.1")
        task = self.env["project.task"].browse(self.matter().res_id)
        self.message(MONDAY + timedelta(hours=2), "message_out", task, type_code="1.2.2")
        whole = self.answers((11, 1), (11, 30))
        self.assertEqual((whole[0].due, whole[0].their_due, whole[0].their_late), (1, 5, 4))
        self.assertEqual(self.answers((11, 1), (11, 29)), whole)
        self.assertEqual(self.answers((10, 30), (11, 30)), whole)
        self.assertEqual(self.answers((11, 2), (11, 29), self.clients[0])[0], whole[self.clients[0].id])

    def test_days_are_those_of_the_company(self):
        due = self.at_now(self.ours).their_due
        self.assertEqual(due.hour, 18)
        self.env.company.interaction_tz = "Pacific/Kiritimati"
        self.assertEqual([self.answers((11, day), (11, day))[0].their_due for day in (due.day, due.day + 1)], [0, 1])

    def test_client_reads_of_our_questions_by_days(self):
        self.ours(2), self.ours(240), self.ours()
        self.assertEqual(self.lines(self.clients[0], "2026-11-29"), self.lines(self.clients[0]))
        self.assertIn("Our questions that you answered in time: 1 of 3.", self.lines(self.clients[0])[0])

    def test_median_that_is_only_known_to_be_more(self):
        self.matter()
        self.assertIn("more than", self.sheet().tables[0].rows[0][6])
        self.assertEqual(Answers(median=2.0, median_most=3.25).median_cell(self.env), "2.0–3.2")

    def lines(self, client, last="2026-11-30"):
        pages = self.env["report.crm_outsourcing_interactions.client_page"]
        data = {"date_from": "2026-11-01", "date_to": last, "client_ids": client.ids}
        return self.at_now(lambda: pages._get_report_values([], data))["pages"][0].answers

    def test_client_reads_of_its_own_answers_only(self):
        self.matter(2), self.matter(26), self.matter(3, client=1)
        self.assertEqual(len(self.lines(self.clients[0])), 1)
        self.assertIn("in time: 1 of 2.", self.lines(self.clients[0])[0])
        self.assertIn("in time: 1 of 1.", self.lines(self.clients[1])[0])
        self.assertEqual(self.lines(self.make_client(name="Gamma")), ())
