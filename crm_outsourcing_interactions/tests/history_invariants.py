"""Define the invariants of interactions after any history."""

from collections import Counter

from odoo.tools import groupby

from ..models.interaction.record.crm_interaction_quality import quality
from ..models.interaction.upkeep.crm_interaction_cancelled import CANCELLED

INGREDIENTS = ("type_id", "direction", "state", "active", "commercial_partner_id", "month", "company_id")
"""What figures are made of, besides the duration: a change of it leaves a record."""
ELSEWHERE = {"time_zone": ["month"]}
"""What an event changes of many interactions at once and is recorded elsewhere: as a change in counting."""
COLUMNS = (*INGREDIENTS, "id", "kind_id", "quality", "suggested_type_id", "classified_by", "origin_key", "message_id",
           "split_from_id", "user_id", "duration", "event", "date")  # fmt: skip


class HistoryInvariants:
    """Assert the invariants in test cases with ``aggregate`` and ``roles``; failures name the preceding event."""

    def forget_words(self):
        """Begin a history: no person has said anything."""
        self.words = {}

    def rows(self):
        """Return all interactions as the database has them, ``{id: {column: value}}``."""
        self.env.flush_all()
        self.env.cr.execute(f"SELECT {', '.join(COLUMNS)} FROM crm_interaction ORDER BY id")  # pylint: disable=sql-injection
        return {row["id"]: row for row in self.env.cr.dictfetchall()}

    def snapshot(self):
        """Return what :meth:`assert_invariants` compares with: the rows and the number of records of each."""
        rows = self.rows()
        self.env.cr.execute("SELECT interaction_id, COUNT(*) FROM crm_interaction_type_change GROUP BY interaction_id")
        return rows, Counter(dict(self.env.cr.fetchall()))

    def assert_invariants(self, before, event, by_person):
        """Check all that must hold of the database now."""
        rows, records = self.snapshot()
        for row in rows.values():
            self.assert_consistent(row, event)
        self.assert_once(rows, event)
        self.assert_recorded(before, rows, records, event)
        self.assert_words(rows, event, by_person)
        self.assertEqual(self.aggregate._check(), [], event)

    def assert_consistent(self, row, event):
        """Check that the columns of one row agree."""
        message = f"after {event}: {row}"
        self.assertEqual(row["state"] != "ignored", row["active"], message)
        type_ = self.env["crm.interaction.type"].browse(row["type_id"] or ())
        self.assertEqual(row["kind_id"] or False, type_.kind_id.id, message)
        if type_:
            self.assertEqual(row["direction"], type_.direction, message)
        sure = quality(row["type_id"], row["suggested_type_id"], row["state"], row["classified_by"])
        self.assertEqual(row["quality"], sure, message)
        if row["split_from_id"]:
            self.assert_follows(row, message)

    def assert_follows(self, row, message):
        """Check that a further purpose is where its contact is."""
        first = self.env["crm.interaction"].sudo().browse(row["split_from_id"])
        self.assertEqual(row["commercial_partner_id"] or False, first.commercial_partner_id.id, message)
        self.assertEqual(row["month"], first.month, message)
        self.assertEqual(row["company_id"], first.company_id.id, message)
        if first.state == "ignored":
            self.assertFalse(row["active"], message)

    def assert_once(self, rows, event):
        """Check that no contact counts twice."""
        firsts = [row for row in rows.values() if row["active"] and not row["split_from_id"]]
        for name in ("origin_key", "message_id"):
            found = Counter((row[name], row["commercial_partner_id"]) for row in firsts if row[name])
            self.assertFalse([key for key, n in found.items() if n > 1], f"{name} twice after {event}")

    def assert_recorded(self, before, rows, records, event):
        """Check that what a figure is made of did not change without a record."""
        old_rows, old_records = before
        for id_, row in rows.items():
            old = old_rows.get(id_)
            changed = [name for name in INGREDIENTS if old and row[name] != old[name]]
            if changed and changed != ELSEWHERE.get(event.partition("(")[0]):
                self.assertGreater(records[id_], old_records[id_], f"{changed} without a record after {event}")

    def assert_words(self, rows, event, by_person):
        """Check that a person's word stands until a person takes it back, or the invoice is cancelled before it was
        mailed, which keeps the type; note the present ones."""
        for id_, type_id in () if by_person else self.words.items():
            row = rows.get(id_)
            self.assertTrue(row and row["type_id"] == type_id, f"a person's word on {id_} lost after {event}")
            if not row["active"] and not (row["origin_key"] or "").endswith(CANCELLED):
                self.assert_word_kept_by_other(row, rows, event)
        self.words = {
            id_: row["type_id"]
            for id_, row in rows.items()
            if row["classified_by"] == "person" and row["type_id"] and row["active"]
        }

    def assert_word_kept_by_other(self, row, rows, event):
        """Check that of contacts that became one, the one that a person has classified counts."""
        others = [r for r in rows.values() if r["active"] and r["message_id"] == row["message_id"]]
        kept = row["message_id"] and any(other["classified_by"] == "person" for other in others)
        self.assertTrue(kept, f"a person's word on {row['id']} counts no longer after {event}")

    def assert_figures(self):
        """Check figures against brute force, for everybody who sees any."""
        rows = [row for row in self.rows().values() if row["active"]]
        for user in self.insiders:
            self.assert_figures_of(user, rows)

    def assert_figures_of(self, user, rows):
        interactions = (
            self.env["crm.interaction"].with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
        )
        seen = set(interactions.search([]).ids)
        mine = [row for row in rows if row["id"] in seen]
        for names in (
            ("commercial_partner_id", "kind_id"),
            ("month", "company_id"),
            ("user_id", "type_id"),
            ("state", "quality"),
        ):
            specs = ["month:month" if name == "month" else name for name in names]
            groups = interactions._read_group([], specs, ["__count", "interaction_count:sum", "duration:sum"])
            found = {tuple(map(plain, key)): (n, contacts, hours(sum_)) for *key, n, contacts, sum_ in groups}
            self.assertEqual(found, by_brute_force(mine, names), f"{names} as {user.login}")


def plain(value):
    """Return a value of a group as the database has it."""
    return (value.id or None) if hasattr(value, "_name") else (value or None)


def hours(amount):
    """Return hours as they are compared: none are none, however many rows have none."""
    return round(amount or 0.0, 4)


def by_brute_force(rows, names):
    """Return ``{key: (purposes, contacts, hours)}`` of ``rows`` by the columns ``names``."""

    def key(row):
        return tuple(row[name] for name in names)

    return {
        k: (
            len(group),
            sum(not row["split_from_id"] for row in group),
            hours(sum(row["duration"] or 0.0 for row in group)),
        )
        for k, group in groupby(rows, key)
    }
