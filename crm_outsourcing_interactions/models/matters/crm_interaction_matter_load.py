from collections import defaultdict
from datetime import datetime
from functools import cache

from odoo import api, fields, models
from odoo.tools import SQL

from ..events.local_time import local_day
from .case import Case
from .clock import REOPENS_WITHIN
from .facts import Expectations, Fact
from .linking import SAME_PERSON

FACT = {
    "id": "i.id",
    "moment": "date_trunc('second', i.date)",
    "direction": "i.direction",
    "client_id": "i.commercial_partner_id",
    "company_id": "i.company_id",
    "channel": "i.channel",
    "type_id": "i.type_id",
    "state": "i.state",
    "classified_by": "i.classified_by",
    "why": "i.why",
    "polarity": "i.polarity",
    "mark": "i.matter_mark",
    "marked": "date_trunc('second', i.matter_marked_on)",
    "unattended": "i.is_unattended",
    "new_request": "i.is_new_request",
    "service_id": "i.service_id",
    "person_id": "i.partner_id",
    "user_id": "i.user_id",
    "model": "i.res_model",
    "res_id": "i.res_id",
    "duration": "i.duration",
    "reply_to_id": "i.reply_to_id",
    "kept": "i.matter_kept",
    "response": "i.matter_response",
    "active": "i.active",
    "rating": "i.rating_value",
    "marked_by_id": "i.matter_marked_by_id",
    "avoidable_id": "i.avoidable_reason_id",
    "decided": "i.avoidable_decided_by_id IS NOT NULL",
    "counts": "(i.active OR i.matter_kept > 0) AND NOT EXISTS (SELECT FROM crm_interaction AS part"
    " WHERE part.id = i.split_from_id AND part.matter_id = i.matter_id)",
}
"""Field of ``Fact`` → its SQL."""
FACT_SQL = ", ".join(f"'{name}', {sql}" for name, sql in FACT.items())
STORED = (
    "id", "slot", "from_history", "due", "waiting_from", "allowed", "is_shared", "is_requested", "complaint_cause_id",
    "complaint_action",
)  # fmt: skip
PIECE = ("id", "side", "user_id", "start", "date_from", "date_to", "hours", "due", "allowed")
MOMENTS = ("due", "waiting_from", "start", "date_from", "date_to", "moment", "marked")
MATTERS = f"""
    SELECT json_build_object(
        {", ".join(f"'{name}', m.{name}" for name in STORED)},
        'facts', COALESCE((SELECT json_agg(json_build_object({FACT_SQL}) ORDER BY i.date, i.id)
                             FROM crm_interaction i WHERE i.matter_id = m.id), '[]'),
        'pieces', COALESCE((SELECT json_agg(json_build_object({", ".join(f"'{name}', t.{name}" for name in PIECE)})
                                   ORDER BY t.date_from, t.id)
                              FROM crm_interaction_matter_turn t WHERE t.matter_id = m.id), '[]'))
      FROM crm_interaction_matter m WHERE m.id IN (%s) ORDER BY m.opened_on, m.id
"""
OF_CLIENTS = """
    SELECT id FROM crm_interaction_matter
     WHERE commercial_partner_id = ANY(%(clients)s) AND company_id = ANY(%(companies)s)
       AND ((is_open OR closed_on > %(first)s) AND last_on >= %(since)s
            OR (is_open OR closed_on > %(reopened)s) AND (res_model, res_id) IN %(documents)s)
    UNION SELECT matter_id FROM crm_interaction WHERE message_id = ANY(%(parents)s) OR id = ANY(%(replied)s)
"""
PREVIOUS = """
    SELECT DISTINCT ON (res_model, res_id, commercial_partner_id) res_model, res_id, commercial_partner_id,
           COALESCE(type_id::text, direction) AS type
      FROM crm_interaction
     WHERE (res_model, res_id) IN %(documents)s AND res_id IS NOT NULL AND commercial_partner_id = ANY(%(clients)s)
       AND date <= %(first)s AND state <> 'ignored' AND split_from_id IS NULL
     ORDER BY res_model, res_id, commercial_partner_id, date DESC, id DESC
"""
SITUATION = f"""
    SELECT (SELECT json_agg(matter) FROM ({MATTERS % OF_CLIENTS}) AS found(matter)),
           (SELECT json_agg(json_build_array(id, message_id, commercial_partner_id) ORDER BY id)
              FROM crm_interaction WHERE message_id = ANY(%(parents)s) AND split_from_id IS NULL),
           (SELECT json_agg(json_build_array(origin_key, COALESCE(commercial_partner_id, 0)))
              FROM crm_interaction WHERE origin_key = ANY(%(keys)s)),
           (SELECT json_agg(json_build_array(res_model, res_id, commercial_partner_id, type))
              FROM ({PREVIOUS}) AS found)
"""
"""Query of the matters to which some interactions may belong, of the messages to which they reply, of what is logged
already, and of the previous interaction on each document. One statement, however many they are."""
ROWS = f"SELECT json_build_object({FACT_SQL}), matter_id FROM crm_interaction i WHERE id = ANY(%s) ORDER BY date, id"
NO_DOCUMENT = ("", 0)


class CrmInteractionMatter(models.Model):
    """Read matters with their interactions into memory."""

    _inherit = "crm.interaction.matter"

    @api.model
    def _situation(self, some, parents=(), keys=(), replied=()):
        """Return ``(cases, replies, logged)`` for interactions that are to be linked.

        :param some: their ``Fact`` objects.
        :param parents: ids of the messages to which they reply; ``replied``: of interactions.
        :param keys: their unique keys.
        :return: matters (list of ``Case``) that may be theirs; ``{(message id, client id): interaction id}`` of the
            ``parents``; the set of ``(key, client id)`` that are logged; ``{(model, id, client id): type id or
            direction (str)}`` of the interactions before them.
        """
        self.env["crm.interaction"].flush_model()
        self.flush_model()
        firsts = {fact.company_id: fact for fact in sorted(some, key=lambda fact: fact.moment, reverse=True)}
        first = min(fact.moment for fact in firsts.values())
        arguments = {
            "clients": list({fact.client_id for fact in some}),
            "companies": list({fact.company_id for fact in some}),
            "documents": tuple({fact.document or NO_DOCUMENT for fact in some}),
            "first": first,
            "reopened": first - REOPENS_WITHIN,
            "since": min(map(self._recent, firsts.values())),
            "parents": list(parents),
            "replied": list(replied),
            "keys": list(keys),
        }
        [(matters, messages, logged, previous)] = self.env.execute_query(SQL(SITUATION, **arguments))
        replies = {}
        for id_, message_id, client_id in messages or ():
            replies.setdefault((message_id, client_id), id_)
        before = {tuple(place): type_ for *place, type_ in previous or ()}
        return self._cases(matters or ()), replies, set(map(tuple, logged or ())), before

    def _loaded(self):
        """Return these matters as a list of ``Case``."""
        self.env["crm.interaction"].flush_model()
        self.flush_model()
        query = SQL(MATTERS % "SELECT unnest(%s)", self.ids)
        return self._cases(matter for (matter,) in self.env.execute_query(query))

    @api.model
    def _cases(self, rows):
        """Return matters as objects, see ``MATTERS``."""
        found = []
        for row in map(with_moments, rows):
            facts = [Fact(**with_moments(values)) for values in row.pop("facts")]
            row["pieces"] = [with_moments(piece) for piece in row["pieces"]]
            if facts:
                found.append(self._case(facts, row))
        return found

    @api.model
    def _read_requested(self, cases):
        """Read which of ``cases`` (list) have the last letter about documents that are still outstanding, and which of
        their interactions handed over some.

        What such letters are about has ``_interaction_awaited()``, which returns the ids of their interactions, and
        ``_interaction_handed()``, which returns those of the client's.
        """
        documents, awaited, handed = defaultdict(set), set(), set()
        for case in cases:
            for fact in case.requests:
                documents[fact.model].add(fact.res_id)
        for model, ids in documents.items():
            if hasattr(self.env.get(model), "_interaction_awaited"):
                awaited.update(self.env[model].browse(ids)._interaction_awaited())
                handed.update(self.env[model].browse(ids)._interaction_handed())
        for case in cases:
            case.stored["is_requested"] = any(fact.id in awaited for fact in case.requests)
            case.handed = handed

    @api.model
    def _case(self, facts, stored=None):
        """Return a ``Case`` of ``facts`` (list, not empty)."""
        company = self.env["res.company"].browse(facts[0].company_id)
        accountant = self._accountant(facts[0])
        time = self.env["crm.interaction.working.hours"]._of(company, accountant)
        return Case(facts, self._expectations(company), time, fields.Datetime.now(), stored)

    @api.model
    def _asker(self):
        """Return a function that returns whether a ``Fact`` expects an answer, perhaps (``None``), or not.

        It reads the configuration of each company once.
        """
        expectations = cache(lambda id_: self._expectations(self.env["res.company"].browse(id_)))
        return lambda fact: expectations(fact.company_id).turn(fact).expects

    @api.model
    def _recent(self, fact):
        """Return since when messages may be about the open matter of the same person, by the company's calendar."""
        zone = self.env["res.company"].browse(fact.company_id)._interaction_zone()
        day = local_day(fact.moment, zone)
        return self.env["crm.interaction.working.hours"]._days_before(fact.company_id, day, SAME_PERSON)

    @api.model
    def _accountant(self, fact):
        """Return the accountant (``res.users``) of the client of a ``Fact``, possibly none; mostly cached."""
        person = self.env["res.partner"].browse(fact.person_id or fact.client_id or ())
        return self.env["crm.interaction.people"]._client_user(person)

    @api.model
    def _expectations(self, company):
        """Return the ``Expectations`` of a company; all of it is cached."""
        return Expectations(
            types=self.env["crm.interaction.type"]._expectations(),
            clients=self.env["res.partner"]._interaction_response_hours(),
            services=self.env["crm.interaction.service"]._response_hours(),
            hours=company._interaction_settings()["interaction_response_hours"],
            opinions=frozenset(self.env["crm.interaction.type"]._ids_of_role("opinion")),
            requests=frozenset(self.env["crm.interaction.type"]._ids_of_role("source_request")),
        )


def with_moments(values):
    """Return ``values`` (dict from JSON) with its moments as ``datetime``.

    >>> with_moments({"due": "2026-11-02T09:00:00", "side": "us", "start": None})
    {'due': datetime.datetime(2026, 11, 2, 9, 0), 'side': 'us', 'start': None}
    """
    return {n: datetime.fromisoformat(v) if v and n in MOMENTS else v for n, v in values.items()}
