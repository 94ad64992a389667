"""Read from the interactions of a matter who owes whom an answer, since when and until when. Pure.

The nine rules, of which this module keeps 1, 2, 3, 6, 7 and 8, ``working_time`` 4, ``answer_times`` 5 and
``responsible`` 9:

1. The clock starts with the client's oldest message that is unanswered and expects an answer, at its own time or the
   next opening. Further messages change nothing; a client who withdraws ends it.
2. Any message of a colleague answers it at the time it happened, whatever its type, unless marked as acknowledgement or
   question back. What is sent automatically never does.
3. An acknowledgement is dated and stops nothing, nor does an answer in part.
4. Time is measured in working hours.
5. Answered in time: kept ÷ all that were due.
6. Late stays late.
7. A question back turns the ball: our time pauses, the client's runs, ours resumes with the hours left.
8. A client's message that expects an answer within 14 days after closing reopens the matter with a new clock.
9. A person's figure counts only hours during which that person was responsible.

The same holds the other way round when we ask the client. At any time at most one question is open: that of the
``asker``; the *ball* is with the one who has to move, who is the asker after a question back::

    state = read(turns, working_time, now)
    state.waiting, state.since, state.due
"""

from datetime import timedelta

from .turns import (
    ANSWERED,
    BOTH,
    CLIENT,
    ENDINGS,
    NO_ANSWER,
    NOBODY,
    OTHER,
    QUESTION_BACK,
    QUESTIONS,
    REMINDER,
    REOPENED,
    STOPS_NOTHING,
    UNASKED,
    US,
    WITHDRAWN,
    Ending,
    Question,
    State,
    Stretch,
    in_order,
)

REOPENS_WITHIN = timedelta(days=14)


def read(turns, time, now, fixed=None):
    """Return the ``State`` of a matter.

    :param turns: its ``Turn`` objects in any order; those of the same moment in the order given.
    :param time: a ``WorkingTime``.
    :param now: the present moment.
    :param dict fixed: due moments that a changed calendar no longer moves, by start and working seconds allowed.

    >>> from datetime import datetime
    >>> from odoo.addons.crm_outsourcing_interactions.models.matters.turns import Turn
    >>> from odoo.addons.crm_outsourcing_interactions.models.matters.working_time import Month, WorkingTime
    >>> always = WorkingTime(lambda first: Month([(first, first + timedelta(days=31))]))
    >>> nine, noon, six = (datetime(2026, 11, 2, hour) for hour in (9, 12, 18))
    >>> asked = Turn(nine, CLIENT, response=4 * 3600)
    >>> state = read([asked], always, noon)
    >>> state.waiting, state.due.hour, state.late
    ('us', 13, False)

    Their time pauses ours, and ours resumes with the hour that is left:

    >>> state = read([asked, Turn(noon, US, QUESTION_BACK), Turn(six, CLIENT)], always, six)
    >>> state.waiting, state.due.hour, state.working(CLIENT) / 3600
    ('us', 19, 6.0)
    """
    clock = Clock(time, fixed or {})
    for turn in in_order(turns):
        if turn.moment > now:
            break
        clock.take(turn)
    return clock.state_at(now)


class Clock:
    """Run through turns in order; ``state`` is that after the last one.

    ``asker`` is the side whose question is open, ``used`` the working seconds of the answerer before the last pause.
    """

    def __init__(self, time, fixed):
        self.time = time
        self.fixed = fixed
        self.state = State()
        self.asker = ""
        self.asked = self.response = None
        self.used = 0

    def take(self, turn):
        """Take the next ``Turn`` or ``Ending``."""
        if not self.state.stretches:
            self.state.stretches.append(Stretch(NOBODY, turn.moment))
        if isinstance(turn, Ending):
            self._end(turn)
        elif turn.mark in STOPS_NOTHING:
            self._acknowledge(turn)
        elif turn.side == BOTH:
            self._talk(turn)
        elif self.asker == turn.side:
            self._follow_up(turn)
        elif self.asker:
            self._reply(turn)
        else:
            self._open(turn)

    def _end(self, ending):
        if self.asker == ending.turn.side and self.asked <= ending.turn.moment:
            self._close(ending.moment, ending.turn.mark)

    def _acknowledge(self, turn):
        if turn.side == US and self.asker == CLIENT:
            self.state.acknowledged = self.state.acknowledged or turn.moment

    def _talk(self, turn):
        """Take a conversation, which answers whoever asked."""
        return self._close(turn.moment, ANSWERED) if self.asker else self._settle_perhaps(turn.moment)

    def _follow_up(self, turn):
        """Take a turn of the asker: withdrawn, settled, an answer to a question back, or a reminder."""
        if turn.mark in ENDINGS:
            self._close(turn.moment, ENDINGS[turn.mark])
        elif self.state.waiting == turn.side and (turn.answers or not turn.reminds):
            self._run(turn.moment)
        elif self.state.waiting != turn.side and turn.reminds:
            self.state.avoidable.append((turn, REMINDER))

    def _reply(self, turn):
        """Take a turn of the side that was asked: a question back or the answer, which may ask in its turn."""
        if turn.mark == QUESTION_BACK:
            self._pause(turn)
        elif turn.answers:
            self._close(turn.moment, ANSWERED)
            self._open(turn)

    def _open(self, turn):
        """Take a turn while no question is open."""
        if turn.mark in QUESTIONS or (turn.expects and turn.mark not in UNASKED):
            self._ask(turn)
        elif turn.expects is None and not turn.mark and turn.side == CLIENT:
            self.state.perhaps = self.state.perhaps or not self.state.asked_by
        elif turn.side == US and turn.answers:
            self._settle_perhaps(turn.moment)

    def _settle_perhaps(self, moment):
        """Our message settles what only perhaps awaited an answer."""
        if self.state.perhaps:
            self.state.perhaps = False
            self.state.asked_by, self.state.closed, self.state.how = CLIENT, moment, ANSWERED

    def _ask(self, turn):
        state = self.state
        # what is asked at the moment of closing is part of the answer that has just closed the matter
        if state.closed and turn.side == CLIENT and timedelta(0) < turn.moment - state.closed <= REOPENS_WITHIN:
            state.avoidable.append((turn, REOPENED))
        state.asked_by = state.asked_by or turn.side
        state.closed, state.how, state.perhaps = None, "", False
        if turn.side == CLIENT:
            state.answered = state.acknowledged = None
        self.asker, self.asked, self.response, self.used = turn.side, turn.moment, turn.response, 0
        state.questions.append(Question(OTHER[turn.side], turn.moment))
        self._run(turn.moment)

    def _run(self, moment):
        """Give the ball to the side that was asked, with the time left."""
        last = self._move(OTHER[self.asker], moment)
        last.allowed, last.due = self._left(moment)
        self._set_due(last.due)

    def _left(self, moment):
        """Return the working seconds left at ``moment``, and when they end; both ``None`` without limit."""
        if self.response is None:
            return None, None
        allowed = max(self.response - self.used, 0)
        return allowed, self.fixed.get((moment, allowed)) or self.time.after(moment, allowed)

    def _pause(self, turn):
        """Give the ball back to the asker."""
        if self.state.waiting == turn.side:
            self._stop(turn.moment)
            self._move(self.asker, turn.moment)
            self._set_due(None)

    def _close(self, moment, how):
        state, question = self.state, self.state.questions[-1]
        if state.waiting != self.asker:
            self._stop(moment)
        elif not question.late:
            question.due = self._left(moment)[1]  # answered while it was paused, with this time left
        question.closed, question.answered = moment, how != WITHDRAWN
        if self.asker == CLIENT and how != WITHDRAWN:
            state.answered = moment
        elif self.asker == CLIENT and not state.late:
            state.answer_due = None
        self.asker, state.due, state.closed, state.how = "", None, moment, how
        self._move(NOBODY, moment)

    def _set_due(self, due):
        self.state.due = due
        if not self.state.questions[-1].late:
            self.state.questions[-1].due = due
        if self.asker == CLIENT:
            self.state.answer_due = due

    def _stop(self, moment):
        """Count the time that the side asked has used, and notice if it is late."""
        self.used += self.time.between(self.state.stretches[-1].start, moment)
        self._notice(moment)

    def _notice(self, moment):
        """Note whether the question is late."""
        if self.state.due and moment > self.state.due:
            self.state.late = self.state.questions[-1].late = True

    def _move(self, side, moment):
        state, last = self.state, self.state.stretches[-1]
        state.waiting, state.since = side, None if side == NOBODY else self.time.after(moment, 0) or moment
        state.turns += side != NOBODY
        if last.start != moment:
            last.end, last.working = moment, self.time.between(last.start, moment)
            state.stretches.append(last := Stretch(side, moment))
        last.side = side
        return last

    def state_at(self, now):
        """Return the state at the moment ``now``; what is closed has ended when it was closed."""
        state = self.state
        self._notice(now)
        if not state.asked_by and not state.perhaps:
            state.how = NO_ANSWER
            state.closed = state.stretches[0].start if state.stretches else None
        if state.stretches:
            self._finish_stretches(now)
        return state

    def _finish_stretches(self, now):
        stretches, closed = self.state.stretches, self.state.closed
        last = stretches[-1]
        last.end, last.working = closed, self.time.between(last.start, closed or now)
        if last.start == closed:
            stretches.pop()
