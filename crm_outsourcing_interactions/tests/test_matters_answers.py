"""Random histories of answers, and of who was responsible, against a reading of the rules minute by minute."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..models.matters.answer_times import answer, decisive, median, state_of
from ..models.matters.clock import read
from ..models.matters.responsible import divided
from ..models.matters.turns import CLIENT, NOBODY, US
from .test_matters_histories import DETAILS, MINUTE, RESPONSES, START, WORKED, Reading, history, is_worked

STEPS = st.lists(st.tuples(DETAILS, st.booleans(), RESPONSES), min_size=1, max_size=8)
PEOPLE = st.sampled_from(["Anna", "Boris", "Vera"])
CHANGES = st.lists(st.tuples(st.integers(0, 300), PEOPLE), max_size=3)
ABSENCES = st.lists(st.tuples(PEOPLE, st.integers(0, 300), st.integers(1, 90), PEOPLE), max_size=4)


def forward(moment, minutes):
    """Return the first moment with so many worked minutes since ``moment``, or the next worked one."""
    while minutes > 0 or not (is_worked(moment) or minutes < 0):
        minutes -= is_worked(moment)
        moment += MINUTE
        if minutes == 0:
            return moment
    return moment


class AnswerReading(Reading):
    """Read also each question: whom it was asked, the minutes of whoever had to answer, and when it was due."""

    def __init__(self, turns):
        super().__init__(turns)
        self.questions = []

    def pass_minute(self, is_worked):  # pylint: disable=missing-return
        if self.asker and self.ball != self.asker:
            self.questions[-1]["minutes"] += is_worked
        super().pass_minute(is_worked)

    def until(self, now):
        super().until(now)
        self.notice()
        return self

    def notice(self):
        if self.questions and self.is_overdue():
            self.questions[-1]["late"] = True

    def happen(self, turn, moment):  # pylint: disable=missing-return
        ball = self.ball
        self.notice()
        super().happen(turn, moment)
        if self.asker and self.ball != ball and not self.questions[-1]["late"]:
            runs = self.ball != self.asker and self.left is not None
            self.questions[-1]["due"] = forward(moment, max(self.left, 0)) if runs else None

    def end(self, moment, is_answered=True):  # pylint: disable=missing-return
        question = self.questions[-1]
        if self.ball == self.asker and self.left is not None and not question["late"]:
            question["due"] = forward(moment, max(self.left, 0))
        question |= {"closed": moment, "answered": is_answered}
        super().end(moment, is_answered)

    def ask(self, turn, moment):  # pylint: disable=missing-return
        super().ask(turn, moment)
        if self.asker:
            due = None if self.left is None else forward(moment, self.left)
            new = {"side": self.ball, "asked": moment, "minutes": 0, "late": False, "due": due}
            self.questions.append({**new, "closed": None, "answered": False})

    def decisive(self, side):
        """Return the question that counts for a side."""
        own = [q for q in self.questions if q["side"] == side and not (q["closed"] and not q["answered"])]
        late = [q for q in self.questions if q["side"] == side and q["late"]]
        return next(iter(late or own[-1:]), None)


def person_at(moment, present, changes, absences):
    """Return who was responsible in the minute that begins with ``moment``."""
    person = next((former for until, former in changes if moment < until), present)
    for first, end, deputy in absences.get(person, ()):
        if first <= moment < end:
            return deputy
    return person


@tagged("post_install", "-at_install")
class TestMattersAnswers(BaseCase):
    def both(self, steps, more):
        turns = history(steps)
        now = turns[-1].moment + more * MINUTE
        return read(turns, WORKED, now), AnswerReading(turns).until(now), now

    @settings(max_examples=300, deadline=None, derandomize=True)
    @given(STEPS, st.integers(0, 100))
    def test_decisive_question_equals_a_reading_minute_by_minute(self, steps, more):
        state, reading, now = self.both(steps, more)
        for side in (US, CLIENT):
            found, expected = decisive(state.questions, side), reading.decisive(side)
            self.assertEqual(bool(found), bool(expected))
            if found:
                names = ("asked", "late", "due", "closed", "answered")
                self.assertEqual([getattr(found, n) for n in names], [expected[n] for n in names])
                was_due = expected["due"] and expected["due"] <= now
                kept = was_due and expected["answered"] and not expected["late"]
                shown = state_of(found.due, found.answered, found.late, now)
                self.assertEqual(shown == "in_time", bool(kept))
                self.assertEqual(shown == "late", bool(was_due and not kept))

    @settings(max_examples=300, deadline=None, derandomize=True)
    @given(STEPS, st.integers(0, 100), PEOPLE, CHANGES, ABSENCES)
    def test_hours_are_those_of_whoever_was_responsible(self, steps, more, present, changes, absent):
        state, reading, now = self.both(steps, more)
        question, expected = decisive(state.questions, US), reading.decisive(US)
        if not question:
            return
        changes = sorted((START + minute * MINUTE, who) for minute, who in changes)
        absences = {}
        for who, first, length, deputy in sorted(absent):
            begin = max([START + first * MINUTE, *(end for _b, end, _d in absences.get(who, ()))])
            absences.setdefault(who, []).append((begin, begin + length * MINUTE, deputy))
        pieces = [
            {"side": s.side, "user_id": who, "date_from": a, "date_to": b, "hours": WORKED.between(a, b) / 60}
            for s in state.stretches
            if s.side != NOBODY
            for a, b, who in divided(s.start, s.end or now, present, changes, absences)
            if a < b
        ]
        found = answer(question, pieces, lambda moment: person_at(moment, present, changes, absences))
        shares, moment, end = {}, question.asked, question.closed or now
        while moment < end:
            if any(s.side == US and s.start <= moment < (s.end or now) for s in state.stretches):
                who = person_at(moment, present, changes, absences)
                shares[who] = shares.get(who, 0) + is_worked(moment)
            moment += MINUTE
        self.assertEqual(found.shares, shares or {found.user_id: 0})
        self.assertEqual(found.hours, expected["minutes"])
        if shares and question.late and question.due > question.asked:
            worked_last = question.due - timedelta(seconds=1)
            self.assertEqual(found.user_id, person_at(worked_last, present, changes, absences))

    @settings(max_examples=200, deadline=None, derandomize=True)
    @given(st.lists(st.tuples(st.integers(0, 9), st.booleans()), min_size=1, max_size=9), st.data())
    def test_median_holds_whatever_becomes_of_the_open_ones(self, times, data):
        least, most = median(times)
        ended = [hours if done else hours + data.draw(st.integers(0, 20)) for hours, done in times]
        actual = median((hours, True) for hours in ended)[0]
        self.assertTrue(least <= actual <= most)
        half = sum(hours <= actual for hours in ended)
        self.assertGreaterEqual(2 * half, len(ended))
