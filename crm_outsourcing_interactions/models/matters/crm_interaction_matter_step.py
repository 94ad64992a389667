import logging

import psycopg2.errors

from odoo import api, models

from ..events.keys import captured_key
from ..events.marks import mark
from ..events.reasons import because
from .facts import Fact
from .placing import Placing

_logger = logging.getLogger(__name__)

LATER = "interaction_matters_later"
"""Mark of a second run of the pipeline, in which matters are left to a scheduled job."""
UNTOLD = {"invoice_posted", "credit_note_posted"}
CONFLICTS = (
    psycopg2.errors.SerializationFailure,
    psycopg2.errors.UniqueViolation,
    psycopg2.errors.DeadlockDetected,
    psycopg2.errors.LockNotAvailable,
)


class MatterUnsettled(Exception):
    """The matters of some events could not be found now; the events are to be logged without."""


class CrmInteractionMatter(models.Model):
    """Find the matter of each captured interaction before it is stored.

    The step stands before the one that stores interactions, which then carry their matter at no cost: it takes two
    statements, one to read the situation and one to write the matter. What is logged already is dropped here, or it
    would count in its matter twice.
    """

    _inherit = "crm.interaction.matter"

    @api.model
    def _linked(self, events):
        """Link ``events`` to matters, see ``pipeline.STEPS``; drop what is logged already.

        :raises MatterUnsettled: when another worker changes the same matter, or after a fault.
        """
        if mark(self.env, LATER):
            return self._postponed(events)
        try:
            return self._link_events(events)
        except CONFLICTS as error:
            raise MatterUnsettled from error
        except Exception as error:
            _logger.exception("Matters were not found; a scheduled job tries again")
            raise MatterUnsettled from error

    @api.model
    def _postponed(self, events):
        """Leave the matters of ``events`` to the scheduled job."""
        for event in events:
            event.vals["matter_pending"] = True
        # sudo: the poster may be a portal user
        self.env.ref("crm_outsourcing_interactions.cron_matters").sudo()._trigger()
        return events

    @api.model
    def _link_events(self, events):
        facts = {event: fact_of(event) for event in events if event.client_id and event.vals.get("state") != "ignored"}
        facts = {event: fact for event, fact in facts.items() if self._is_linked(event, fact)}
        if not facts:
            return events
        parents = {event.reply_to for event in facts} - {0}
        keys = {event: captured_key(event.key) for event in facts}
        cases, replies, logged = self._situation(facts.values(), parents, keys.values())
        placing = Placing(cases, self._case, self._asker())
        is_history = bool(mark(self.env, "interaction_strict"))
        for event in sorted(facts, key=lambda event: facts[event].moment):
            if (keys[event], event.client_id) in logged:
                event.drop("logged")
                continue
            logged.add((keys[event], event.client_id))
            facts[event].reply_to_id = replies.get((event.reply_to, event.client_id))
            placing.place(facts[event], is_history)
        self._store(placing.cases)
        for event, fact in facts.items():
            if not event.dropped:
                event.vals |= link_vals(fact, placing.link_of(fact))
                event.vals |= {
                    "is_unattended": event.unattended,
                    "avoidable_reason_id": fact.avoidable_id or False,
                    "matter_response": fact.response or False,
                }
        return [event for event in events if not event.dropped]

    @api.model
    def _is_linked(self, event, fact):
        """Return whether an event can belong to a matter: confirming a document tells the client nothing."""
        return event.code not in UNTOLD or self._expectations(event.company).expects(fact)


def fact_of(event):
    """Return the ``Fact`` of an ``Event`` that is about to be stored."""
    vals = event.type_vals()
    return Fact(
        moment=vals["date"],
        direction=vals.get("direction", event.direction),
        client_id=event.client_id,
        company_id=event.company.id,
        channel=event.channel,
        type_id=vals["type_id"],
        state=vals["state"],
        classified_by=vals.get("classified_by"),
        why=vals.get("why"),
        polarity=vals.get("polarity", event.polarity),
        unattended=event.unattended,
        service_id=vals.get("service_id"),
        person_id=vals.get("partner_id"),
        user_id=vals.get("user_id"),
        model=vals.get("res_model"),
        res_id=vals.get("res_id"),
        duration=vals.get("duration"),
        rating=event.rating_value or None,
    )


def link_vals(fact, found):
    """Return the values of an interaction that tell its matter, from its ``Fact`` and ``Link``."""
    return {
        "matter_id": found.matter.id if found.matter else False,
        "proposed_matter_id": found.proposed.id if found.proposed else False,
        "matter_link": because(found.reason) if found.reason else False,
        "reply_to_id": fact.reply_to_id or False,
    }
