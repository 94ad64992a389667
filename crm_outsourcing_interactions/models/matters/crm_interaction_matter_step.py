import logging

import psycopg2.errors

from odoo import api, models, tools

from ..events.keys import captured_key
from ..events.marks import mark
from ..events.reasons import because
from .facts import fact_of
from .placing import Placing
from .situation import Situation, may_have_matter

_logger = logging.getLogger(__name__)

LATER = "interaction_matters_later"
"""Mark of a second run of the pipeline, in which each client's matters are found apart, or left to a scheduled job."""
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
    def _situated(self, events):
        """Let the later steps of ``events`` read once what is stored of their clients, see ``Situation``."""
        situation = None if mark(self.env, LATER) else Situation(self, events)
        for event in events:
            event.situation = situation
        return events

    @api.model
    def _linked(self, events):
        """Link ``events`` to matters, see ``pipeline.STEPS``; drop what is logged already.

        :raises MatterUnsettled: when another worker changes the same matter, or after a fault.
        """
        if mark(self.env, LATER):
            return self._linked_apart(events)
        try:
            return self._link_events(events)
        except CONFLICTS as error:
            raise MatterUnsettled from error
        except Exception as error:
            _logger.exception("Matters were not found; a scheduled job tries again")
            raise MatterUnsettled from error

    @api.model
    def _linked_apart(self, events):
        """Link the ``events`` of each client apart, so that those of others do not wait for the job."""
        for _client, own in tools.groupby(events, lambda event: event.client_id):
            try:
                with self.env.cr.savepoint(flush=False):
                    self._link_events(own)
            except Exception:
                self._postponed([event for event in own if not event.dropped])
        return [event for event in events if not event.dropped]

    @api.model
    def _postponed(self, events):
        """Leave the matters of ``events`` to the scheduled job."""
        for event in events:
            event.vals |= {
                "matter_pending": True,
                "matter_mark": event.mark or False,
                "is_unattended": event.unattended,
                "is_new_request": event.new_request,
            }
        # sudo: the poster may be a portal user
        self.env.ref("crm_outsourcing_interactions.cron_matters").sudo()._trigger()

    @api.model
    def _link_events(self, events):
        facts = {event: fact_of(event) for event in events if may_have_matter(event)}
        facts = {event: fact for event, fact in facts.items() if self._is_linked(event, fact)}
        if not facts:
            return events
        keys = {event: captured_key(event.key) for event in facts}
        situation = events[0].situation or Situation(self, events)
        cases, replies, logged, _previous = situation.found
        placing = Placing(cases, self._case, self._asker(), self._recent)
        is_history = bool(mark(self.env, "interaction_strict"))
        for event in sorted(facts, key=lambda event: facts[event].moment):
            if (keys[event], event.client_id) in logged:
                event.drop("logged")
                continue
            logged.add((keys[event], event.client_id))
            facts[event].reply_to_id = replies.get((event.reply_to, event.client_id))
            event.previous = event.previous or situation.previous(event)
            placing.place(facts[event], is_history)
        self._store(placing.cases)
        for event, fact in facts.items():
            if not event.dropped:
                event.vals |= link_vals(fact, placing.link_of(fact))
                event.vals |= {
                    "is_unattended": event.unattended,
                    "is_new_request": event.new_request,
                    "matter_mark": event.mark or False,
                    "avoidable_reason_id": fact.avoidable_id or False,
                    "matter_response": fact.response or False,
                }
        return [event for event in events if not event.dropped]

    @api.model
    def _is_linked(self, event, fact):
        """Return whether an event can belong to a matter: confirming a document tells the client nothing."""
        return event.code not in UNTOLD or self._expectations(event.company).expects(fact)


def link_vals(fact, found):
    """Return the values of an interaction that tell its matter, from its ``Fact`` and ``Link``."""
    return {
        "matter_id": found.matter.id if found.matter else False,
        "proposed_matter_id": found.proposed.id if found.proposed else False,
        "matter_link": because(found.reason) if found.reason else False,
        "reply_to_id": fact.reply_to_id or False,
    }
