from functools import partial

from odoo import api, models

from ...events.event import EVENT_FACTS
from ...events.keys import captured_key
from ...events.marks import mark
from .held_meetings import not_logged

CANCELLED = "#cancelled"
"""Suffix of the key of a cancelled document, which is the same interaction when confirmed again."""


class CrmInteraction(models.Model):
    """Recognise events that are already logged under another key; equal keys are found on insertion."""

    _inherit = "crm.interaction"

    @api.model
    def _known(self, events):
        """Drop the ``events`` that are logged under another key, after updating their interactions.

        Ratings, meetings and automations update values. The remaining events get access to earlier requests.
        """
        known = {
            "activity_done": self._of_logged_notes,
            "automation": self._of_fresh,
            "credit_note_posted": self._of_cancelled,
            "feedback_given": self._of_logged_ratings,
            "invoice_posted": self._of_cancelled,
            "meeting_held": self._of_logged_meetings,
            "message_out": self._of_returned,
        }
        for code in known.keys() & {event.code for event in events}:
            logged = known[code]([event for event in events if event.code == code])
            events = [e for e in events if e not in logged or e.drop("logged")]
        moved = self._of_moved([e for e in events if e.code in EVENT_FACTS or mark(self.env, "interaction_strict")])
        events = [e for e in events if e not in moved or e.drop("moved")]
        if mark(self.env, "interaction_strict"):
            logged = self._of_other_clients([e for e in events if e.code in ("message_in", "message_out")])
            events = [e for e in events if e not in logged or e.drop("logged")]
        for event in events:
            event.requests = partial(self._requests_of_month, event)
        return events

    @api.model
    def _of_moved(self, events):
        """Return the events whose interaction was logged for the same client and has moved to another one.

        Only repeatable events are checked: those of documents, and history.
        """
        keys = {captured_key(event.key) for event in events}
        domain = [("origin_key", "in", list(keys)), ("type_change_ids", "!=", False)]
        changes = self._everything().search(domain).type_change_ids if keys else ()
        moved = {
            (change.interaction_id.origin_key, change.before["commercial_partner_id"])
            for change in changes
            if "commercial_partner_id" in (change.before or {})
        }
        return {event for event in events if moved and (captured_key(event.key), event.client_id) in moved}

    @api.model
    def _of_other_clients(self, events):
        """Return the events whose message is logged for the client that its person had then, or for none."""
        same = {}
        for event in events:
            same.setdefault(captured_key(event.key), []).append(event)
        names = ["origin_key", "partner_id", "commercial_partner_id"]
        rows = self._everything().search_fetch([("origin_key", "in", list(same))], names) if same else self
        return {e for key, logged in rows.grouped("origin_key").items() for e in logged._logged_otherwise(same[key])}

    def _logged_otherwise(self, events):
        """Return those of the ``events`` of one message that these, of other clients, stand for.

        Each stands for one event, first for that of the same person.
        """
        clients = {row.commercial_partner_id.id or 0 for row in self}
        gone = self.filtered(lambda row: (row.commercial_partner_id.id or 0) not in {e.client_id for e in events})
        new = [event for event in events if event.client_id not in clients]
        new.sort(key=lambda event: event.ids["partner_id"] not in gone.partner_id.ids)
        return new[: len(gone)]

    @api.model
    def _of_logged_notes(self, events):
        """Return the events whose note is already logged, e.g. as the meeting of the activity."""
        ids = [event.message_id for event in events if event.message_id]
        logged = set(self._everything().search([("message_id", "in", ids)]).message_id.ids)
        return {event for event in events if event.message_id in logged}

    @api.model
    def _of_fresh(self, events):
        """Give interactions just captured on a document the type of its automation; return the events that did so.

        Only interactions of this transaction that no user has classified are changed.
        """
        return {event for event in events if self._classify_fresh(event)}

    @api.model
    def _classify_fresh(self, event):
        type_ = self.env["crm.interaction.type"].browse(event.type_id or ())
        domain = [
            ("res_model", "=", event.record._name),
            ("res_id", "=", event.record.id),
            ("create_date", ">=", self.env.cr.now()),
            ("classified_by", "!=", "person"),
        ]
        if type_:
            domain += [("direction", "in", (False, type_.direction))]
        fresh = self.sudo()._by_code().search(domain)  # sudo: automations run for any user who triggers them
        if type_:
            vals = {"type_id": type_.id, "classified_by": "rule", "rule_id": False, "why": event.why}
            fresh.write({**vals, "state": "confirmed"})
        return fresh

    @api.model
    def _of_logged_ratings(self, events):
        """Update logged ratings from the current ones; return their events."""
        by_key = {event.key: event for event in events}
        logged = self._everything().search([("origin_key", "in", list(by_key))])
        for interaction in logged:
            interaction._correct_rating(by_key[interaction.origin_key])
        return {by_key[interaction.origin_key] for interaction in logged}

    @api.model
    def _of_cancelled(self, events):
        """Restore interactions ignored on cancellation of documents that are confirmed again; return their events."""
        by_key = {event.key + CANCELLED: event for event in events}
        cancelled = self._everything().search([("origin_key", "in", list(by_key))])
        kept = cancelled._kept_before_ignored()
        back = {by_key[interaction.origin_key] for interaction in cancelled}
        for interaction in cancelled:
            values = kept.get(interaction.id, {}) if interaction.state == "ignored" else {}
            interaction.write({**values, "origin_key": interaction.origin_key.removesuffix(CANCELLED)})
        return back

    def _kept_before_ignored(self):
        """Return ``{id: state and reason before it was ignored}``."""
        if not self:
            return {}
        domain = [
            ("interaction_id", "in", self.ids), ("state_before", "!=", "ignored"), ("state_after", "=", "ignored")
        ]  # fmt: skip
        changes = self.env["crm.interaction.type.change"].sudo().search(domain, order="id")  # sudo: no user may read
        return {
            change.interaction_id.id: {name: change.before[name] for name in ("state", "why")} for change in changes
        }

    @api.model
    def _of_logged_meetings(self, events):
        return set(events) - set(not_logged(self.env, events))

    @api.model
    def _requests_of_month(self, event, service_id, type_ids):
        """Return the client's requests for a service in the month of ``event``: ``{key: (date, id, is confirmed)}``.

        :param type_ids: ids of the types that count.
        """
        domain = [
            ("commercial_partner_id", "=", event.client_id),
            ("service_id", "=", service_id),
            ("type_id", "in", type_ids),
            ("month", "=", event.month),
        ]
        requests = self.search_fetch(domain, ["date", "origin_key", "state"])
        return {r.origin_key or r.id: (r.date, r.id, r.state == "confirmed") for r in requests}
