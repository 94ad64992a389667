"""The clock of matters: a test for each rule, but 5 (test_figures_answers.py) and 9 (test_matters_persons.py)."""

from datetime import datetime, timedelta

from odoo.tests import BaseCase, tagged

from ..models.matters.clock import read
from ..models.matters.turns import BOTH, CLIENT, NOBODY, US, Turn
from ..models.matters.working_time import Month, WorkingTime

HOUR = 3600
WEEKDAYS = range(5)


def office(first):
    """Return Monday to Friday, 9–18, of a month."""
    days = (first + timedelta(days=day) for day in range(31))
    days = [day for day in days if day.month == first.month and day.weekday() in WEEKDAYS]
    return Month((day.replace(hour=9), day.replace(hour=18)) for day in days)


def at(day, hour=10, minute=0):
    """Return a moment of November 2026, whose second day is a Monday."""
    return datetime(2026, 11, day, hour, minute)


def asked(day, hour=10, **values):
    """Return a client's question to be answered within 8 working hours."""
    return Turn(at(day, hour), CLIENT, **{"response": 8 * HOUR, **values})


def said(day, hour=10, **values):
    """Return a message of ours that expects no answer."""
    return Turn(at(day, hour), US, **{"expects": False, **values})


class ClockCase(BaseCase):
    def state(self, *turns, now=None):
        return read(turns, WorkingTime(office), now or at(30))


@tagged("post_install", "-at_install")
class TestMattersRules(ClockCase):
    def test_rule_1_clock_starts_with_oldest_unanswered_message(self):
        state = self.state(asked(6, 20, mark="no_answer"), asked(7, 12), asked(9, 15), now=at(9, 16))
        self.assertEqual((state.waiting, state.since, state.due), (US, at(9, 9), at(9, 17)))
        self.assertEqual(state.reminders, 1)
        state = self.state(asked(2), asked(2, 12, mark="withdrawn"))
        self.assertEqual(
            (state.waiting, state.how, state.closed, state.answer_due), (NOBODY, "withdrawn", at(2, 12), None)
        )

    def test_rule_2_any_message_of_a_colleague_answers(self):
        state = self.state(asked(2), said(2, 12))
        self.assertEqual((state.waiting, state.how, state.answered, state.late), (NOBODY, "answered", at(2, 12), False))
        request = said(2, 12, expects=True, response=16 * HOUR)
        state = self.state(asked(2), request, now=at(2, 13))
        self.assertEqual((state.waiting, state.answered, state.due), (CLIENT, at(2, 12), at(4, 10)))

    def test_rule_2_what_is_sent_automatically_never_answers(self):
        self.assertEqual(self.state(asked(2), said(2, 12, answers=False)).waiting, US)

    def test_rule_3_acknowledgement_is_dated_and_stops_nothing(self):
        state = self.state(asked(2), said(2, 11, mark="acknowledgement"), said(2, 12, mark="acknowledgement"))
        self.assertEqual((state.waiting, state.acknowledged, state.since), (US, at(2, 11), at(2)))

    def test_rule_4_time_is_working_time(self):
        state = self.state(asked(6, 17), now=at(9, 10))
        self.assertEqual((state.due, state.working(US)), (at(9, 16), 2 * HOUR))

    def test_answers_are_kept_until_the_due_moment(self):
        self.assertFalse(self.state(asked(2), said(2, 18)).late)
        self.assertTrue(self.state(asked(2), said(3, 9)).late)

    def test_rule_6_late_stays_late(self):
        late = asked(2), said(4)
        self.assertTrue(self.state(*late, asked(5), said(5, 11)).late)
        self.assertTrue(self.state(asked(2), said(4, 10, mark="question_back"), asked(4, 11), said(4, 12)).late)
        state = self.state(asked(2), asked(4, mark="withdrawn"))
        self.assertEqual((state.late, state.answer_due), (True, at(2, 18)))

    def test_rule_7_question_back_turns_the_ball(self):
        turns = asked(2), said(2, 12, mark="question_back")
        state = self.state(*turns, now=at(3))
        self.assertEqual((state.waiting, state.since, state.due), (CLIENT, at(2, 12), None))
        state = self.state(*turns, asked(5, 9, expects=False), now=at(5, 10))
        self.assertEqual((state.waiting, state.due, state.turns), (US, at(5, 15), 3))
        self.assertEqual((state.working(US), state.working(CLIENT)), (3 * HOUR, 24 * HOUR))

    def test_rule_7_client_may_ask_back_too(self):
        request, back = said(2, expects=True, response=9 * HOUR), asked(2, 11, mark="question_back")
        self.assertEqual(self.state(request, back, now=at(2, 12)).waiting, US)
        state = self.state(request, back, said(2, 13), now=at(2, 14))
        self.assertEqual((state.waiting, state.due, state.asked_by), (CLIENT, at(3, 12), US))

    def test_rule_8_message_within_14_days_reopens(self):
        state = self.state(asked(2), said(2, 11), asked(16, 11), now=at(16, 12))
        self.assertEqual((state.waiting, state.reopened, state.since, state.answered), (US, 1, at(16, 11), None))
        self.assertEqual(self.state(asked(2), said(2, 11), asked(16, 12)).reopened, 0)
        state = self.state(asked(2), said(2, 11), asked(3, expects=False))
        self.assertEqual((state.waiting, state.reopened), (NOBODY, 0))

    def test_stretches_have_no_gap(self):
        state = self.state(asked(2), said(3), asked(4), said(4, 12, mark="question_back"), now=at(5))
        self.assertEqual([s.side for s in state.stretches], [US, NOBODY, US, CLIENT])
        self.assertEqual([s.end for s in state.stretches[:-1]], [s.start for s in state.stretches[1:]])

    def test_answer_elsewhere_counts_when_it_was_told(self):
        state = self.state(asked(2, mark="elsewhere", marked=at(2, 15)))
        self.assertEqual((state.how, state.answered, state.late), ("elsewhere", at(2, 15), False))
        state = self.state(asked(2, mark="elsewhere", marked=at(5)), said(3), asked(4))
        self.assertEqual((state.waiting, state.since), (US, at(4)), "that word was about the first question")

    def test_client_answers_our_request(self):
        request = said(2, expects=True)
        state = self.state(request, asked(3, expects=False))
        self.assertEqual((state.asked_by, state.waiting, state.how), (US, NOBODY, "answered"))
        state = self.state(request, asked(3))
        self.assertEqual((state.waiting, state.reopened), (US, 0))

    def test_conversation_answers_whoever_asked(self):
        talk = Turn(at(2, 12), BOTH, expects=False)
        self.assertEqual(self.state(asked(2), talk).answered, at(2, 12))
        self.assertEqual(self.state(said(2, expects=True), talk).how, "answered")
        self.assertEqual(self.state(talk, asked(3)).since, at(3))

    def test_perhaps_has_no_clock(self):
        state = self.state(asked(2, expects=None))
        self.assertEqual((state.perhaps, state.waiting, state.closed), (True, NOBODY, None))
        self.assertEqual(self.state(asked(2, expects=None), said(3)).how, "answered")
        state = self.state(asked(2, expects=None), asked(3))
        self.assertEqual((state.perhaps, state.waiting, state.since), (False, US, at(3)))

    def test_nothing_asked_is_no_matter(self):
        state = self.state(asked(2, mark="no_answer"), said(3))
        self.assertEqual((state.asked_by, state.how, state.stretches), ("", "no_answer", []))
