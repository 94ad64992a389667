from odoo import api, models
from odoo.tools import SQL

from .responsible import divided, settled

PIECE_COLUMNS = ("matter_id", "side", "user_id", "start", "date_from", "date_to", "hours", "due", "allowed")


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
        new, known = [case for case in changed if not case.id], [case for case in changed if case.id]
        pieces, gone = {}, []
        for case in changed:
            pieces[case], unwanted = self._pieces(case)
            gone += unwanted
        values = {case: case.values() | self._hours(case, pieces[case]) for case in changed}
        self._update(known, values, [(c.id, *piece) for c in known for piece in pieces[c][1]], gone)
        self._insert(new, values, {case.stored.get("slot") for case in known if values[case]["is_open"]})
        self._update([], values, [(c.id, *piece) for c in new for piece in pieces[c][1]], [])
        complaints = (case for case in changed if values[case]["is_complaint"])
        self._note_complained_of({case.id: case.complained_user_ids() for case in complaints})
        for case in changed:
            case.is_changed = False

    @api.model
    def _insert(self, cases, values, slots):
        """Create the matters of ``cases``; only one open matter may have a slot, those of ``slots`` are taken."""
        vals_list = []
        for case in cases:
            own = values[case]["is_open"] and case.stored["slot"] not in slots and case.stored["slot"]
            slots.add(own)
            vals_list.append({**values[case], "slot": own, "from_history": case.stored["from_history"]})
        for case, matter in zip(cases, self._by_code().create(vals_list) if vals_list else (), strict=True):
            case.id = case.stored["id"] = matter.id

    @api.model
    def _pieces(self, case):
        """Return ``((kept pieces, values of new ones), ids of those that are gone)``, see ``responsible.py``."""
        kept, left, gone = settled(case.state.stretches, case.stored.get("pieces", ()))
        new = [piece for stretch, start in left for piece in self._new_pieces(case, stretch, start)]
        return (kept, new), [piece["id"] for piece in gone]

    @api.model
    def _new_pieces(self, case, stretch, start, end=None):
        """Return the values of the rows that divide a ``stretch`` from ``start`` on, without ``matter_id``."""
        user = self._accountant(case.opening)
        user_id = user.id or case.opening.user_id or None
        parts = divided(start, end or stretch.end, user_id, user._interaction_absences())
        return [
            (
                stretch.side,
                user_id,
                stretch.start,
                first,
                last,
                case.time.between(first, last) / 3600,
                stretch.due,
                stretch.allowed,
            )
            for first, last, user_id in parts
        ]

    @api.model
    def _hours(self, case, pieces):
        kept, new = pieces
        hours = {"us": 0.0, "client": 0.0}
        for piece in kept:
            hours[piece["side"]] += piece["hours"] or 0
        for piece in new:
            hours[piece[0]] += piece[5]
        return {"hours_us": hours["us"], "hours_client": hours["client"]}

    @api.model
    def _update(self, cases, values, pieces, gone):
        """Update matters, and add and delete rows of turns, in one statement."""
        parts = []
        if gone:
            parts.append(SQL("gone AS (DELETE FROM crm_interaction_matter_turn WHERE id = ANY(%s))", gone))
        if pieces:
            parts.append(SQL("ended AS (%s)", self._insert_pieces(pieces)))
        if not cases and not parts:
            return
        last = self._update_sql([{"id": case.id, **values[case]} for case in cases]) if cases else SQL("SELECT 1")
        self.env.cr.execute(SQL("WITH %s %s", SQL(", ").join(parts), last) if parts else last)
        self.invalidate_model(flush=False)
        self.turn_ids.invalidate_model(flush=False)

    @api.model
    def _insert_pieces(self, pieces):
        """Return the statement that inserts rows of turns."""
        columns = SQL(", ").join(map(SQL.identifier, PIECE_COLUMNS))
        log = SQL("%s, %s, %s, %s", self.env.uid, self.env.cr.now(), self.env.uid, self.env.cr.now())
        rows = SQL(", ").join(
            SQL("(%s, %s)", SQL(", ").join(SQL("%s", value) for value in piece), log) for piece in pieces
        )
        return SQL(
            "INSERT INTO crm_interaction_matter_turn (%s, create_uid, create_date, write_uid, write_date) VALUES %s",
            columns,
            rows,
        )

    @api.model
    def _update_sql(self, rows):
        """Return the statement that updates matters with ``rows`` (dicts of the same names)."""
        names = list(rows[0])
        casts = {name: SQL(self._fields[name].column_type[1]) for name in names}
        lists = [SQL("(%s)", SQL(", ").join(SQL("%s::%s", row[n], casts[n]) for n in names)) for row in rows]
        sets = [SQL("%s = v.%s", SQL.identifier(n), SQL.identifier(n)) for n in names if n != "id"]
        sets.append(SQL("slot = CASE WHEN v.is_open THEN m.slot END"))
        sets.append(SQL("write_date = %s, write_uid = %s", self.env.cr.now(), self.env.uid))
        return SQL(
            "UPDATE crm_interaction_matter m SET %s FROM (VALUES %s) AS v (%s) WHERE m.id = v.id",
            SQL(", ").join(sets),
            SQL(", ").join(lists),
            SQL(", ").join(map(SQL.identifier, names)),
        )
