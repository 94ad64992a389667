from dataclasses import dataclass
from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

from ..events.local_time import first_of_month
from .answer_times import answer, decisive
from .responsible import divided, settled
from .turns import CLIENT, US

PIECE_COLUMNS = ("matter_id", "side", "user_id", "start", "date_from", "date_to", "hours", "due", "allowed")
SHARE_COLUMNS = ("matter_id", "user_id", "hours", "is_answerer")
PREFIXES = {US: "our", CLIENT: "their"}
SECOND = timedelta(seconds=1)


@dataclass(slots=True)
class Pieces:
    """The time of a matter by side and person, as dicts with the columns of the rows of turns.

    :param kept: stored rows that still hold; ``new``: rows to store; ``gone``: ids of rows that no longer hold.
    :param running: parts of the turn that runs, up to the present moment.
    """

    kept: list
    new: list
    running: list
    gone: list

    @property
    def all(self):
        """Return all pieces in order of time."""
        return sorted([*self.kept, *self.new, *self.running], key=lambda piece: piece["date_from"])


class CrmInteractionMatter(models.Model):
    """Store what was derived of matters, in one statement however many they are."""

    _inherit = "crm.interaction.matter"

    @api.model
    def _store(self, cases):
        """Store the changed ones of ``cases`` (list of ``Case``); new ones get their ids.

        :raises psycopg2.errors.SerializationFailure: when another transaction has changed one of them.
        :raises psycopg2.errors.UniqueViolation: when another one has opened a matter on the same document.
        """
        changed = [case for case in cases if case.is_changed]
        self._read_requested(changed)
        new, known = [case for case in changed if not case.id], [case for case in changed if case.id]
        pieces = {case: self._pieces(case) for case in changed}
        answers = {case: self._answers(case, pieces[case]) for case in changed}
        values = {case: case.values() | self._figures(case, pieces[case], answers[case]) for case in changed}
        gone = [id_ for case in known for id_ in pieces[case].gone]
        shared = [case.id for case in known if case.stored.get("is_shared", True)]
        self._update(known, values, rows_of(known, pieces), shares_of(known, answers), gone, shared)
        self._insert(new, values, {case.slot for case in known})
        self._update([], values, rows_of(new, pieces), shares_of(new, answers))
        complaints = (case for case in changed if values[case]["is_complaint"])
        self._note_complained_of({case.id: case.complained_user_ids() for case in complaints})
        self._store_responses(changed)
        self._store_avoidable(changed)
        if ahead := [case.last_moment for case in changed if case.last_moment > case.now]:
            # sudo: the poster may be a portal user
            self.env.ref("crm_outsourcing_interactions.cron_matters").sudo()._trigger(at=ahead)
        for case in changed:
            case.is_changed = False

    @api.model
    def _insert(self, cases, values, slots):
        """Create the matters of ``cases``; only one open matter may have a slot, those of ``slots`` are taken."""
        vals_list = []
        for case in cases:
            own = case.slot not in slots and case.slot
            slots.add(own)
            vals_list.append({**values[case], "slot": own})
        for case, matter in zip(cases, self._by_code().create(vals_list) if vals_list else (), strict=True):
            case.id = case.stored["id"] = matter.id

    @api.model
    def _pieces(self, case):
        """Return the ``Pieces`` of a case, see ``responsible.py``."""
        kept, left, gone = settled(case.state.stretches, case.stored.get("pieces", ()))
        new = [piece for stretch, start in left for piece in self._divided(case, stretch, start, stretch.end)]
        stretch = case.running
        covered = [piece["date_to"] for piece in kept if stretch and piece["start"] == stretch.start]
        running = stretch and self._divided(case, stretch, max(covered, default=stretch.start), case.now)
        return Pieces(kept, new, running or [], [piece["id"] for piece in gone])

    @api.model
    def _divided(self, case, stretch, start, end):
        """Return the pieces (list of dicts) of the part of a ``stretch`` from ``start`` to ``end``, one per person."""
        of_turn = {"side": stretch.side, "start": stretch.start, "due": stretch.due, "allowed": stretch.allowed}
        return [
            of_turn
            | {"user_id": user_id, "date_from": first, "date_to": last}
            | {"hours": case.time.between(first, last) / 3600}
            for first, last, user_id in self._persons(case, start, end)
        ]

    @api.model
    def _persons(self, case, start, end):
        """Return ``(start, end, user id)`` of who was responsible for a case from ``start`` to ``end``."""
        opening, roles = case.opening, self.env["crm.interaction.past.role"]
        known, nobody = roles._past_accountants(), opening.user_id or None
        past = sorted(row for id_ in {opening.person_id, opening.client_id} for row in known.get(id_, ()))
        past = [(until, user_id or nobody) for until, user_id in past]
        return divided(start, end, self._accountant(opening).id or nobody, past, roles._absences())

    @api.model
    def _answers(self, case, pieces):
        """Return ``{side: Answer}`` of the sides that were asked in a case."""

        def responsible(moment):
            return self._persons(case, moment, max(moment, case.now) + SECOND)[0][2]

        questions = {side: decisive(case.state.questions, side) for side in PREFIXES}
        return {side: answer(question, pieces.all, responsible) for side, question in questions.items() if question}

    @api.model
    def _figures(self, case, pieces, answers):
        """Return the values of a matter that measure it, see ``crm_interaction_matter_answer.py``."""
        ours = answers.get(US)
        due = next((answers[side].due for side in PREFIXES if side in answers and answers[side].due), None)
        zone = self.env["res.company"].browse(case.company_id)._interaction_zone()
        values = {
            "hours_us": hours_of(pieces, US),
            "hours_client": hours_of(pieces, CLIENT),
            "hours_running": sum(piece["hours"] for piece in pieces.running),
            "month": first_of_month(due or case.opening.moment, zone),
            "as_of": case.now,
            "answer_user_id": ours and ours.user_id,
            "answer_user_hours": ours and ours.shares.get(ours.user_id, 0),
            "is_answerer": bool(ours) and bool(ours.answered) and ours.answerer_id == ours.user_id,
            "is_shared": bool(ours) and len({ours.user_id, *ours.shares}) > 1,
        }
        for side, prefix in PREFIXES.items():
            found = answers.get(side)
            values |= {
                f"{prefix}_asked_on": found and found.asked,
                f"{prefix}_due": found and found.due,
                f"{prefix}_answered_on": found and found.answered,
                f"{prefix}_late": bool(found) and found.late,
                f"{prefix}_hours": found and found.hours,
            }
        return values

    @api.model
    def _update(self, cases, values, pieces, shares, gone=(), shared=()):
        """Update matters, and add and delete rows of turns (``gone``: ids) and shares, in one statement.

        :param shared: ids of matters whose former shares no longer hold.
        """
        parts = []
        if gone:
            parts.append(SQL("gone AS (DELETE FROM crm_interaction_matter_turn WHERE id = ANY(%s))", gone))
        if shared:
            parts.append(SQL("old AS (DELETE FROM crm_interaction_matter_share WHERE matter_id = ANY(%s))", shared))
        if pieces:
            parts.append(SQL("ended AS (%s)", self._insert_rows("crm_interaction_matter_turn", PIECE_COLUMNS, pieces)))
        if shares:
            parts.append(SQL("more AS (%s)", self._insert_rows("crm_interaction_matter_share", SHARE_COLUMNS, shares)))
        if not cases and not parts:
            return
        last = self._update_sql([{"id": case.id, **values[case]} for case in cases]) if cases else SQL("SELECT 1")
        self.env.cr.execute(SQL("WITH %s %s", SQL(", ").join(parts), last) if parts else last)
        self.invalidate_model(flush=False)
        self.turn_ids.invalidate_model(flush=False)

    @api.model
    def _insert_rows(self, table, names, rows):
        """Return the statement that inserts ``rows`` (dicts) of a matter into a table."""
        columns = SQL(", ").join(map(SQL.identifier, names))
        log = SQL("%s, %s, %s, %s", self.env.uid, self.env.cr.now(), self.env.uid, self.env.cr.now())
        values = SQL(", ").join(
            SQL("(%s, %s)", SQL(", ").join(SQL("%s", row[name]) for name in names), log) for row in rows
        )
        return SQL(
            "INSERT INTO %s (%s, create_uid, create_date, write_uid, write_date) VALUES %s",
            SQL.identifier(table),
            columns,
            values,
        )

    @api.model
    def _update_sql(self, rows):
        """Return the statement that updates matters with ``rows`` (dicts of the same names)."""
        names = list(rows[0])
        casts = {name: SQL(self._fields[name].column_type[1]) for name in names}
        lists = [SQL("(%s)", SQL(", ").join(SQL("%s::%s", row[n], casts[n]) for n in names)) for row in rows]
        sets = [SQL("%s = v.%s", SQL.identifier(n), SQL.identifier(n)) for n in names if n != "id"]
        sets.append(SQL("write_date = %s, write_uid = %s", self.env.cr.now(), self.env.uid))
        return SQL(
            "UPDATE crm_interaction_matter m SET %s FROM (VALUES %s) AS v (%s) WHERE m.id = v.id",
            SQL(", ").join(sets),
            SQL(", ").join(lists),
            SQL(", ").join(map(SQL.identifier, names)),
        )


def rows_of(cases, pieces):
    """Return the new rows of turns of ``cases`` (list of dicts)."""
    return [{"matter_id": case.id, **piece} for case in cases for piece in pieces[case].new]


def shares_of(cases, answers):
    """Return the rows of the shares of ``cases`` (list of dicts): of others than the person of the answer.

    Who was responsible outside working hours only has no share, except for having answered then.
    """
    return [
        {"matter_id": case.id, "user_id": user_id, "hours": hours, "is_answerer": user_id == ours.answerer_id}
        for case in cases
        if (ours := answers[case].get(US))
        for user_id, hours in ours.shares.items()
        if user_id != ours.user_id and (hours or user_id == ours.answerer_id)
    ]


def hours_of(pieces, side):
    """Return the working hours of a side."""
    return sum(piece["hours"] or 0 for piece in pieces.all if piece["side"] == side)
