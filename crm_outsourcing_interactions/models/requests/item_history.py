"""Read from the statuses that an item has had when it was wanted, and when it came. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime

CLAIMED, STOPPED = "claimed", "stopped"
"""Statuses of the history only: not applicable as the client says; the list, or the contract, has ended."""
WANTED = ("open", "returned")
DECIDED = ("accepted", "not_applicable")


@dataclass(frozen=True, slots=True)
class Step:
    """One status of an item.

    :param moment: since when; a document that came by mail has come when the mail did.
    :param state: the status, one of ``STATES`` or of those above.
    :param known: when it was set.
    """

    moment: datetime
    state: str
    known: datetime


@dataclass(slots=True)
class Run:
    """Time during which an item was not wanted.

    :param start: when it came, or was found not applicable. :param known: when that was stored.
    :param first: its first status in that time; ``last``: its last one.
    :param end: when it was wanted again, ``None`` so far.
    """

    start: datetime
    known: datetime
    first: str
    last: str
    end: datetime | None = None

    @property
    def has_come(self):
        """Return whether something has come, at least in the end."""
        return self.last not in ("not_applicable", STOPPED)

    @property
    def is_dropped(self):
        """Return whether we have decided that it is not needed, and the client did nothing."""
        return self.first == self.last == "not_applicable"


class History:
    """What an item has been through, as we see it now.

    A decision that is taken back, by *Reopen* or *Return to Client*, was none, unless we have asked for something in
    between: the client could rely on it then. A decision that is taken back and made again was never taken back.

    :param steps: list of ``Step`` in the order in which they were set, the first one when it was added.
    :param asked: moments (list) at which we asked for documents.
    :param stopped_on: when the list, or the contract, ended.

    >>> days = [datetime(2026, 11, day) for day in range(1, 10)]
    >>> mistake = [Step(days[1], "open", days[1]), Step(days[3], "accepted", days[3]), Step(days[4], "open", days[4])]
    >>> def end(*steps, asked=(days[2],)):
    ...     run = History([*mistake, *steps], asked).run_after(days[2])
    ...     return run and run.start.day
    >>> end(), end(Step(days[5], "accepted", days[5]))
    (None, 4)
    >>> end(Step(days[6], "handed_over", days[6])), end(Step(days[6], "accepted", days[6]), asked=(days[2], days[5]))
    (7, 7)
    """

    def __init__(self, steps, asked=(), stopped_on=None):
        self.steps = self._stopped(steps, stopped_on) if stopped_on else steps
        self.asked, self.stopped_on = asked, stopped_on
        self.runs = [run for run in self._joined(self._runs()) if not run.end or self._is_asked(run.known, run.end)]

    def is_wanted_at(self, moment):
        """Return whether it was wanted at a moment, as far as was known then."""
        return self._state_at(moment) in WANTED

    def is_missing_at(self, moment):
        """Return whether it was wanted at a moment, or had been when its list, or the contract, ended."""
        return self._state_at(moment) in (*WANTED, STOPPED)

    def asked_at(self, moment):
        """Return the ``History`` as it is for who asked for it at a ``moment``: after the end it was wanted again."""
        if not self.stopped_on or moment < self.stopped_on:
            return self
        later = [step for step in self.steps if step.known > moment and step.state != STOPPED]
        return History([Step(moment, "open", moment), *later], self.asked)

    @property
    def stop(self):
        """Return when its list, or the contract, ended, if it was wanted until then, else ``None``."""
        is_end = any(run.first == STOPPED and run.start == self.stopped_on for run in self.runs)
        return self.stopped_on if is_end else None

    def is_claimed_at(self, moment):
        """Return whether it was not applicable at a moment, as the client said, which is still to check."""
        after = {step.state for step in self.steps if step.moment > moment}
        is_open = self.steps[-1].state == CLAIMED and not after & {"handed_over", *WANTED}
        return is_open and self._state_at(moment) == CLAIMED

    def replaced_after(self, moment):
        """Return when something came in place of what the client called not applicable at a ``moment``; ``None``:
        nothing has, or we had returned it before."""
        if self._state_at(moment) != CLAIMED:
            return None
        after = (step for step in self.steps if step.moment > moment and step.state not in (CLAIMED, "not_applicable"))
        step = next(after, None)
        return step.moment if step and step.state == "handed_over" else None

    def run_after(self, moment):
        """Return the ``Run`` in which it was at a ``moment`` at which it was asked for, or the next one; ``None``: it
        is wanted since."""
        for run in sorted(self.runs, key=lambda run: run.start):
            if run.start >= moment or not run.end or moment < run.end:
                return run
        return None

    def _state_at(self, moment):
        """Return its status at a moment, as far as was known then; empty before it was added."""
        return next((step.state for step in reversed(self.steps) if step.known <= moment), "")

    @staticmethod
    def _stopped(steps, stopped_on):
        """Return ``steps`` (list) of an item that is not wanted any more since its list, or the contract, ended."""
        before = [step for step in steps if min(step.known, step.moment) <= stopped_on]
        is_wanted = before and before[-1].state in WANTED
        after = [Step(stopped_on, STOPPED, stopped_on)] if is_wanted else []
        kept = list(after)
        for step in steps:
            if step in before:
                continue
            # what is taken back leaves the end, and a claim that is refused waits for nobody
            after = [*kept, replace(step, state=STOPPED)] if step.state in WANTED else [*after, step]
        return [*before, *after]

    def _runs(self):
        """Return all times (list of ``Run``) during which it was not wanted."""
        runs, is_wanted, before = [], True, ""
        for step in self.steps:
            if step.state in WANTED:
                if not is_wanted:
                    runs[-1].end = step.moment
                is_wanted, before = True, step.state
                continue
            is_applicable = before == CLAIMED and step.state == "handed_over"
            if is_applicable:
                runs.pop()
            if is_wanted or is_applicable:
                runs.append(Run(step.moment, step.known, step.state, step.state))
            elif step.state != STOPPED:
                runs[-1].last = step.state
            is_wanted, before = False, step.state
        return runs

    def _joined(self, runs):
        """Return ``runs`` (list) without the time between two equal decisions, of which the first was reopened by
        mistake: we have not asked for anything in between."""
        joined = []
        for run in runs:
            before = joined[-1] if joined else None
            is_same = before and before.last == run.first and run.first in DECIDED
            if is_same and not self._is_asked(before.end, run.start):
                before.end, before.last = run.end, run.last
            else:
                joined.append(run)
        return joined

    def _is_asked(self, start, end):
        return any(start < moment < end for moment in self.asked)
