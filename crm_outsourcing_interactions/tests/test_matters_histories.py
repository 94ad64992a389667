"""Random histories of matters against a reading of the rules minute by minute."""

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..models.matters.clock import read
from ..models.matters.turns import CLIENT, NOBODY, OTHER, US, Turn
from ..models.matters.working_time import Month, WorkingTime

START = datetime(2026, 11, 2)
MINUTE = timedelta(minutes=1)
PERIOD = 30
OPEN = range(10, 25)
"""A day of these histories has 30 minutes, of which 15 are worked; every fifth day is a holiday."""


def is_worked(moment):
    """Return whether work is done in the minute that begins with ``moment``."""
    day, minute = divmod(int((moment - START).total_seconds() // 60), PERIOD)
    return minute in OPEN and day % 5 != 4


def worked(first):
    """Return the working intervals of a month, minute by minute."""
    minutes = (first + MINUTE * number for number in range(31 * 24 * 60))
    return Month((m, m + MINUTE) for m in minutes if m.month == first.month and is_worked(m))


class Reading:
    """Read the rules minute by minute, with counters only."""

    def __init__(self, turns):
        told = [
            Turn(max(t.marked or t.moment, t.moment), t.side, "told", t.moment, answers=t.mark == "elsewhere")
            for t in turns
            if t.mark in ("elsewhere", "withdrawn")
        ]
        self.queue = sorted([*turns, *told], key=lambda turn: turn.moment)
        self.minutes = {US: 0, CLIENT: 0, NOBODY: 0}
        self.asker = self.ball = self.left = self.opened = self.closed = self.answered = None
        self.late, self.reopened, self.reminders, self.idle, self.ran = False, 0, 0, 0, 0

    def until(self, now):
        """Go from minute to minute; return this reading."""
        moment = self.queue[0].moment
        while True:
            while self.queue and self.queue[0].moment == moment:
                self.happen(self.queue.pop(0), moment)
            if moment >= now:
                break
            self.pass_minute(is_worked(moment))
            moment += MINUTE
        self.late = self.late or self.is_overdue()
        return self

    def pass_minute(self, is_worked):
        runs = self.asker and self.ball != self.asker
        if self.asker is None:
            self.idle += is_worked
        else:
            self.minutes[self.ball] += is_worked
        if runs and self.left is not None:
            if is_worked:
                self.left, self.ran = self.left - 1, self.ran + 1
            elif self.left == 0 and self.ran:
                self.left = -0.5  # it was due at the end of the last minute worked

    def is_overdue(self):
        return bool(self.asker) and self.ball != self.asker and self.left is not None and self.left < 0

    def happen(self, turn, moment):
        side = turn.side
        if turn.mark == "acknowledgement":
            return
        if turn.mark == "told":
            if self.asker == side and self.opened <= turn.marked:
                self.end(moment, turn.answers)
        elif self.asker == side:
            self.once_more(turn, moment)
        elif self.asker and turn.mark == "question_back":
            self.late = self.late or self.is_overdue()
            self.ball = self.asker
        elif not self.asker or turn.answers:
            if self.asker:
                self.end(moment)
            self.ask(turn, moment)

    def once_more(self, turn, moment):
        if turn.mark == "withdrawn":
            self.end(moment, is_answered=False)
        elif self.ball == turn.side:
            self.ball, self.ran = OTHER[turn.side], 0
        else:
            self.reminders += 1

    def end(self, moment, is_answered=True):
        self.late = self.late or self.is_overdue()
        self.answered = moment if self.asker == CLIENT and is_answered else self.answered
        self.asker, self.closed = None, moment

    def ask(self, turn, moment):
        if turn.mark not in ("question_back", "withdrawn", "elsewhere") and (
            not turn.expects or turn.mark == "no_answer"
        ):
            return
        is_again = turn.side == CLIENT and self.closed and timedelta(0) < moment - self.closed <= timedelta(days=14)
        self.reopened += bool(is_again)
        self.asker, self.ball, self.opened = turn.side, OTHER[turn.side], moment
        self.left, self.ran, self.closed = turn.response and turn.response // 60, 0, None
        self.answered = None if turn.side == CLIENT else self.answered
        self.minutes[NOBODY] += self.idle
        self.idle = 0


DAYS_14 = 14 * 24 * 60
GAPS = st.one_of(st.integers(0, 40), st.sampled_from([DAYS_14 - 1, DAYS_14, DAYS_14 + 1]))
MARKS = ["", "", "", "acknowledgement", "question_back", "no_answer", "withdrawn", "elsewhere"]
RESPONSES = st.sampled_from([None, 60, 10 * 60, 20 * 60])
DETAILS = st.tuples(GAPS, st.sampled_from([US, CLIENT]), st.sampled_from(MARKS), st.integers(0, 60), st.booleans())
WORKED = WorkingTime(worked)


def history(steps):
    """Return turns of ``steps``: gap, side, mark, minutes until it was given, expects, answers, response."""
    moment, turns = START, []
    for (gap, side, mark, marked, expects), answers, response in steps:
        moment += gap * MINUTE
        turns.append(Turn(moment, side, mark, moment + marked * MINUTE, expects, answers, response))
    return turns


@tagged("post_install", "-at_install")
class TestMattersHistories(BaseCase):
    @settings(max_examples=150, deadline=None, derandomize=True)
    @given(st.lists(st.tuples(DETAILS, st.booleans(), RESPONSES), min_size=1, max_size=8), st.integers(0, 100))
    def test_every_figure_equals_a_reading_minute_by_minute(self, steps, more):
        turns = history(steps)
        now = turns[-1].moment + more * MINUTE
        state, reading = read(turns, WORKED, now), Reading(turns).until(now)
        self.assertEqual(state.waiting, reading.ball if reading.asker else NOBODY)
        figures = "late", "reopened", "reminders", "answered"
        self.assertEqual([getattr(state, name) for name in figures[1:]], [getattr(reading, n) for n in figures[1:]])
        self.assertEqual(state.late, reading.late)
        if state.asked_by:
            self.assertEqual(state.closed, reading.closed)
            self.assertEqual({side: state.working(side) // 60 for side in reading.minutes}, reading.minutes)

    @settings(max_examples=150, deadline=None, derandomize=True)
    @given(st.lists(st.tuples(DETAILS, st.booleans(), RESPONSES), min_size=1, max_size=8), st.integers(0, 100))
    def test_all_working_time_is_somebodys(self, steps, more):
        turns = history(steps)
        now = turns[-1].moment + more * MINUTE
        state = read(turns, WORKED, now)
        elapsed = WORKED.between(turns[0].moment, state.closed or now)
        self.assertEqual(sum(map(state.working, (US, CLIENT, NOBODY))), elapsed)
        self.assertEqual(read(list(reversed(turns)), WORKED, now).closed is None, state.closed is None)


@tagged("post_install", "-at_install")
class TestWorkingTime(BaseCase):
    @settings(max_examples=150, deadline=None, derandomize=True)
    @given(st.integers(0, 50_000), st.integers(0, 400))
    def test_after_is_the_first_moment_with_so_many_minutes(self, start, minutes):
        start = START + start * MINUTE
        end = WORKED.after(start, minutes * 60)
        self.assertEqual(WORKED.between(start, end), minutes * 60)
        if minutes:
            self.assertLess(WORKED.between(start, end - timedelta(seconds=1)), minutes * 60)
        else:
            self.assertTrue(is_worked(end))
