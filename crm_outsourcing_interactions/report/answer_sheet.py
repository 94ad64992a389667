"""Build the sheet of answer times, without database access; ``env._`` translates."""

from dataclasses import dataclass

from .sheets import CHANGE, COUNT, NUMBER, PERCENT, Column, Sheet, Table, change

FIRM = 0
"""Key of the whole firm among clients."""
AGGREGATES = (
    "our_due_count:sum", "our_late_count:sum", "our_in_time:avg", "our_median:median", "our_median_most:median",
    "interactions_per_matter:avg", "days_us:sum", "days_client:sum", "their_due_count:sum", "their_late_count:sum",
    "their_in_time:avg", "their_median:median", "their_median_most:median",
)  # fmt: skip


@dataclass(frozen=True)
class Answers:
    """Hold the measures of the matters of a client in a period, ``None`` where there is no data."""

    due: int = 0
    late: int = 0
    in_time: float | None = None
    median: float | None = None
    median_most: float | None = None
    per_matter: float | None = None
    days_us: float | None = None
    days_client: float | None = None
    their_due: int = 0
    their_late: int = 0
    their_in_time: float | None = None
    their_median: float | None = None
    their_median_most: float | None = None

    @classmethod
    def of(cls, values):
        """Return the ``Answers`` of the values of ``AGGREGATES``."""
        return cls(*(None if value is False else value for value in values))

    def median_cell(self, env, prefix=""):
        """Return a median: a number, or a text where open questions decide: a range, or that it is more."""
        least, most = getattr(self, f"{prefix}median"), getattr(self, f"{prefix}median_most")
        if least is None or least == most:
            return least
        return f"{least:.1f}–{most:.1f}" if most else env._("more than %s", f"{least:.1f}")


NONE = Answers()


def answers_sheet(env, data):
    """Return the sheet of answer times by client, most answers due first, then of all."""
    now, before = data.answers
    clients = sorted({*now, *before} - {FIRM}, key=lambda key: (-now.get(key, NONE).due, data.clients.get(key, "")))
    rows = [answers_row(env, data.clients.get(key, ""), now.get(key, NONE), before.get(key, NONE)) for key in clients]
    if rows:
        rows.append(answers_row(env, env._("All clients"), now.get(FIRM, NONE), before.get(FIRM, NONE)))
    columns = (
        Column(env._("Client"), width=34),
        Column(env._("Answers Due"), COUNT),
        Column(env._("Late Answers"), COUNT),
        Column(env._("Answered in Time"), PERCENT),
        Column(data.before_label, PERCENT),
        Column(env._("Change"), CHANGE),
        Column(env._("Median Hours"), NUMBER, 18),
        Column(env._("Interactions Per Matter"), NUMBER),
        Column(env._("Days with Us"), NUMBER),
        Column(env._("Days with Client"), NUMBER),
        Column(env._("Client's Answers Due"), COUNT),
        Column(env._("Client Answered in Time"), PERCENT),
        Column(env._("Client's Median Hours"), NUMBER, 18),
    )
    note = env._(
        "By the date on which our answer was due, else the client's. Late and unanswered matters count as not answered "
        "in time. Matters not due yet and matters built from history are left out."
    )
    return Sheet(env._("Answer Times"), (Table(columns, rows, note=note, total=bool(rows)),))


def answers_row(env, name, now, before):
    return (
        name,
        now.due,
        now.late,
        now.in_time,
        before.in_time,
        change(now.in_time, before.in_time),
        now.median_cell(env),
        now.per_matter,
        now.days_us,
        now.days_client,
        now.their_due,
        now.their_in_time,
        now.median_cell(env, "their_"),
    )
