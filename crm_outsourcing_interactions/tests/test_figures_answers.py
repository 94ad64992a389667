import math
from datetime import date, datetime, timedelta

from freezegun import freeze_time
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests.common import tagged

from ..models.matters.answer_times import decisive, median
from ..models.matters.clock import read
from ..models.matters.turns import CLIENT, US, Turn
from ..models.matters.working_time import WorkingTime
from ..report.period import Period
from .common import InteractionCase
from .test_matters_clock import office

MONDAY = datetime(2026, 11, 2, 9)
NOW = datetime(2026, 11, 20, 12)
CODES = st.sampled_from(["message_in", "message_out", "ours"])
MARKS = {
    "message_in": ["", "", "", "no_answer", "withdrawn"],
    "message_out": ["", "", "question_back", "acknowledgement", ""],
    "ours": ["", "", "", "withdrawn", "acknowledgement"],
}
"""Marks that a step may get, by what it is; *ours* is a question of ours."""
STEP = st.tuples(st.integers(0, 2), CODES, st.integers(1, 40), st.integers(0, 4))
SIDES = {US: "our", CLIENT: "their"}
HOURS_TO_ANSWER = {"message_in": 9, "ours": 27}
MEASURES = [
    "our_due_count:sum", "our_late_count:sum", "our_in_time:avg", "our_median:median", "our_median_most:median",
    "interactions_per_matter:avg", "hours_us:sum", "hours_client:sum", "__count",
]  # fmt: skip
OF_SIDE = ("due_count:sum", "late_count:sum", "in_time:avg", "median:median", "median_most:median")


class AnswersCase(InteractionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.write({"resource_calendar_id": False, "interaction_tz": "UTC", "interaction_response_hours": 9})
        group = "crm_outsourcing_interactions.group_user"
        cls.anna, cls.boris = cls.make_users({"login": "anna", "groups": group}, {"login": "boris", "groups": group})
        cls.clients = [cls.make_client(name=name, user_id=cls.anna.id) for name in ("Alfa", "Beta")]
        cls.matters, cls.persons = cls.env["crm.interaction.matter"], cls.env["crm.interaction.matter.person"]

    def message(self, moment, code, task, **values):
        with freeze_time(moment):
            values = {"partner": task.partner_id, "record": task, "user": self.anna, **values}
            return self.capture(moment, code=code, **values)

    def matter(self, answered=None, client=0, asked=MONDAY, **task):
        """Return a matter asked at a moment and answered so many hours later, if at all."""
        person = self.make_contact(parent_id=self.clients[client].id)
        task = self.make_task(partner_id=person.id, **task)
        matter = self.message(asked, "message_in", task).matter_id
        if answered is not None:
            self.message(asked + timedelta(hours=answered), "message_out", task)
        return matter

    def at_now(self, read):
        """Return what ``read()`` gives at the time at which these tests look."""
        self.env.flush_all()
        with freeze_time(NOW):
            if found := self.matters.search([]):
                self.matters._refresh(found)
            return read()

    def figures(self, model, domain=(), groupby=(), specs=MEASURES):
        self.env.flush_all()
        with freeze_time(NOW):
            return model._read_group(list(domain), list(groupby), specs)


@tagged("post_install", "-at_install")
class TestFiguresAnswers(AnswersCase):
    def test_rule_5_in_time_is_kept_divided_by_all_due(self):
        self.matter(2), self.matter(26), self.matter()
        self.matter(1, asked=NOW - timedelta(hours=2))
        self.matter(asked=NOW - timedelta(hours=1))
        [row] = self.figures(self.matters)
        self.assertEqual(row[:3], (3, 2, 1 / 3))
        states = self.figures(self.matters, groupby=["our_state"], specs=["__count"])
        self.assertEqual(dict(states), {"in_time": 1, "late": 2, "not_due": 2})
        with freeze_time(NOW):
            for state, n in states:
                self.assertEqual(self.matters.search_count([("our_state", "=", state)]), n)
                self.assertEqual(self.matters.search_count([("our_state", "!=", state)]), 5 - n)
            self.assertEqual(len(self.matters.search([]).filtered(lambda m: m.our_state == "late")), 2)

    def test_rule_5_median_takes_open_ones_as_longer(self):
        for hours in (1, 2, 3, None):
            self.matter(hours)
        self.assertEqual(self.median(), (2.0, 2.0))
        self.matter(), self.matter()
        self.assertEqual(self.median(), (3.0, 3.0))
        self.matter(asked=NOW)
        least, most = self.median()
        self.assertEqual((least, most), (3.0, False))
        self.matter(), self.matter()
        least, most = self.median()
        self.assertGreater(least, 100)
        self.assertFalse(most)

    def median(self):
        with freeze_time(NOW):
            self.matters._refresh(self.matters.search([]))
        return self.figures(self.matters)[0][3:5]

    def test_without_matters_there_is_no_data(self):
        self.assertEqual(self.figures(self.matters)[0], (0, 0, False, False, False, False, False, False, 0))

    def test_web_client_reads_groups_with_our_aggregate(self):
        self.matter(2)
        [fields] = [self.matters.fields_get(["our_median", "our_in_time", "our_median_most"])]
        self.assertEqual({name: f["aggregator"] for name, f in fields.items()}["our_median"], "median")
        specs = ["our_median:median", "our_in_time:avg", "days_us:sum"]
        sets = self.matters.formatted_read_grouping_sets([], [["commercial_partner_id"], []], specs)
        self.assertEqual([group["our_median:median"] for groups in sets for group in groups], [2.0, 2.0])
        [group] = self.matters.web_read_group([], ["month:month"], ["our_median:median"])["groups"]
        self.assertEqual(group["our_median:median"], 2.0)
        by_median = self.matters.formatted_read_group([], ["commercial_partner_id"], specs, order="our_median:median")
        self.assertEqual(len(by_median), 1)

    def test_person_counts_only_own_hours(self):
        self.matter(2)
        matter = self.matter(None, asked=MONDAY)
        with freeze_time(MONDAY + timedelta(hours=4)):
            self.clients[0].interaction_accountant_id = self.boris
        self.message(MONDAY + timedelta(hours=26), "message_out", self.env["project.task"].browse(matter.res_id))
        specs = ["our_due_count:sum", "our_in_time:avg", "our_median:median", "our_median_most:median", "our_hours:sum"]
        rows = {row[0].login: row[1:] for row in self.figures(self.persons, [], ["person_id"], specs)}
        self.assertEqual(rows["anna"], (1, 1.0, 2.0, 2.0, 6.0))
        self.assertEqual(rows["boris"], (1, 0.0, 7.0, 7.0, 7.0))

    def test_reader_sees_figures_of_own_matters_only(self):
        self.matter(2), self.matter(26, client=1)
        self.clients[1].user_id = self.boris
        self.env["crm.interaction"].search([("commercial_partner_id", "=", self.clients[1].id)])._by_code().write(
            {"user_id": self.boris.id}
        )
        self.matters.search([("commercial_partner_id", "=", self.clients[1].id)])._derive()
        for user, n in ((self.anna, 1), (self.boris, 1), (self.make_staff(login="nobody", groups=self.group), 0)):
            for model in (self.matters, self.persons):
                with self.subTest(user=user.login, model=model._name):
                    [(due,)] = self.figures(model.with_user(user).sudo(False), specs=["our_due_count:sum"])
                    self.assertEqual(due, n)

    group = "crm_outsourcing_interactions.group_user"


@tagged("post_install", "-at_install")
class TestFiguresAnswersRandom(AnswersCase):
    """Random histories through the whole pipeline against a reading of the raw interactions."""

    @settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.lists(STEP, min_size=1, max_size=14))
    def test_every_figure_equals_a_reading_of_the_interactions(self, steps):
        point = self.env.cr.savepoint(flush=True)
        try:
            self.play(steps)
            self.compare()
        finally:
            self.env.flush_all()
            point.close(rollback=True)
            self.env.invalidate_all(flush=False)

    def play(self, steps):
        people = [self.make_contact(parent_id=self.clients[number % 2].id) for number in range(3)]
        tasks = [self.make_task(partner_id=person.id) for person in people]
        moment = MONDAY
        for place, code, gap, number in steps:
            moment += timedelta(hours=gap / 4)
            values = {"type_code": "1.2.2"} if code == "ours" else {}
            row = self.message(moment, "message_out" if code == "ours" else code, tasks[place], **values)
            mark = MARKS[code][number]
            is_possible = mark not in ("question_back", "acknowledgement") or row.matter_id.opened_on != row.date
            if mark and row.matter_id and is_possible:
                with freeze_time(moment):
                    row.mark_matter(mark)
        with freeze_time(NOW):
            if found := self.matters.search([]):
                self.matters._refresh(found)

    def turns(self, matter):
        """Return the turns of a matter, read from its interactions alone."""
        for row in matter.interaction_ids.sorted(lambda row: (row.date, row.id)):
            side = CLIENT if row.direction == "incoming" else US
            code = "message_in" if side == CLIENT else row.type_id.code == "1.2.2" and "ours"
            hours = HOURS_TO_ANSWER.get(code)
            yield Turn(row.date, side, row.matter_mark or "", row.date, bool(hours), True, hours and hours * 3600)

    def compare(self):
        time, rows = WorkingTime(office), {}
        for matter in self.matters.search([("asked_by", "!=", False)]):
            state = rows[matter] = read([*self.turns(matter)], time, NOW)
            elapsed = time.between(matter.opened_on, state.closed or NOW) / 3600
            nobody = state.working("nobody") / 3600
            self.assertAlmostEqual(matter.hours_us + matter.hours_client + nobody, elapsed)
            self.assertEqual((matter.reopened, matter.reminders), (state.reopened, state.reminders))
        for key in (None, *self.clients):
            self.check(key, {m: s for m, s in rows.items() if key in (None, m.commercial_partner_id)}, time)
        with freeze_time(NOW):
            reports = self.env["crm.interaction.summary.report.xlsx"]
            month, days = (
                reports._answers(self.env.company, Period(date(2026, 11, 1), date(2026, 11, last))) for last in (30, 29)
            )
        self.assertEqual(days, month)

    def check(self, client, states, time):
        domain = [("asked_by", "!=", False), *([("commercial_partner_id", "=", client.id)] if client else [])]
        for side in SIDES:
            self.check_side(side, states, domain, time)
        [row] = self.figures(self.matters, domain)
        self.assertAlmostEqual(row[6] or 0, sum(s.working(US) for s in states.values()) / 3600)
        self.assertAlmostEqual(row[7] or 0, sum(s.working(CLIENT) for s in states.values()) / 3600)
        asked = {m: q for m, s in states.items() if (q := decisive(s.questions, US))}
        persons = self.figures(self.persons, domain[1:], (), ["our_due_count:sum", "our_hours:sum"])[0]
        self.assertEqual(persons[0], sum(bool(q.due) and q.due <= NOW for q in asked.values()))
        self.assertAlmostEqual(persons[1] or 0, sum(self.hours(states[m], q, time) for m, q in asked.items()))

    def check_side(self, side, states, domain, time):
        """Check the measures of the answers of ``side`` against the states of the matters."""
        asked = {m: q for m, s in states.items() if (q := decisive(s.questions, side))}
        due = [q for q in asked.values() if q.due and q.due <= NOW]
        kept = [q for q in due if q.answered and not q.late]
        least, most = median((self.hours(states[m], q, time), q.answered) for m, q in asked.items())
        [row] = self.figures(self.matters, domain, specs=[f"{SIDES[side]}_{name}" for name in OF_SIDE])
        self.assertEqual(row[:3], (len(due), len(due) - len(kept), len(kept) / len(due) if due else False))
        self.assertAlmostEqual(row[3] or 0, least or 0)
        self.assertAlmostEqual(row[4] or 0, 0 if most in (None, math.inf) else most)

    def hours(self, state, question, time):
        end, side = question.closed or NOW, question.side
        own = [s for s in state.stretches if s.side == side and question.asked <= s.start and (s.end or NOW) <= end]
        return sum(time.between(s.start, s.end or NOW) for s in own) / 3600
