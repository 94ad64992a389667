"""Turn events in Odoo into interactions, step by step, and propagate each change of an interaction.

This file is above all rooms and the only one that refers to all of them. Capture hooks and the room of interactions
call :meth:`CrmInteractionPipeline._run` and :meth:`CrmInteractionPipeline._changed`; all other calls go downwards.

A step takes a list of ``Event`` objects and returns those that go on. It stores values in ``event.vals``, or drops an
event (``Event.drop``) with the reason. Another addon adds a step by extending :meth:`_steps`::

    def _steps(self):
        steps = super()._steps()
        return inserted(steps, after="scoped", name="priced", step=("my.model", "_priced"))
"""

import psycopg2.errors

from odoo import api, models

from .events.keys import is_about_reference
from .events.marks import marked, without_requested
from .matters.crm_interaction_matter_step import LATER, MatterUnsettled

STEPS = {
    "wanted": ("crm.interaction.event", "_wanted"),  # drop events that the company does not count
    "known": ("crm.interaction", "_known"),  # drop events that are already logged
    "dated": ("crm.interaction.event", "_dated"),  # set a plausible date, and the month in the company's time zone
    "proposed": ("crm.interaction", "_proposed"),  # propose one of several clients who share an address
    "client": ("crm.interaction.people", "_with_client"),  # set client and responsible
    "situated": ("crm.interaction.matter", "_situated"),  # let later steps read once what is stored of the client
    "given": ("crm.interaction.type", "_set_given_type"),  # of writer or document; ignore automatic mail
    "offered": ("crm.lead", "_interaction_offered"),  # classify by the offer of an opportunity
    "classified": ("crm.interaction.rule", "_classified"),  # classify by the first matching rule
    "suggested": ("crm.interaction.learner", "_suggested"),  # suggest a type learnt from confirmed interactions
    "fallback": ("crm.interaction.rule", "_fallen_back"),  # classify the rest by the first matching fallback rule
    "scoped": ("crm.interaction.scope", "_scoped"),  # correct requests by the client's contract
    "matter": ("crm.interaction.matter", "_linked"),  # find the matter that it opens or belongs to
    "recorded": ("crm.interaction", "_recorded"),  # store each interaction once
    "announced": ("crm.interaction", "_announced"),  # show the badge on the message
}
"""Name of a step → model and method, in order of execution."""
TYPED = ("given", "offered", "classified", "suggested", "fallback", "scoped")
"""The steps that classify; :meth:`CrmInteractionPipeline._typed` repeats them."""
CHANGES = {
    "recorded": ("crm.interaction.type.change", "_record"),  # record author and change
    "purposes": ("crm.interaction", "_take_purposes_along"),  # move further purposes along with the first
    "matter": ("crm.interaction.matter", "_follow_changes"),  # derive the matters of changed interactions anew
    "requests": ("crm.interaction.request.list", "_follow_changes"),  # settle the matters of their request lists
    "known": ("crm.interaction", "_know_reviewed_senders"),  # make contacts of reviewed senders at a client's domain
    "announced": ("crm.interaction", "_announce_changes"),  # update open pages
}
"""Name → model and method, called with ``(rows, before)`` after interactions are changed, moved, merged or ignored."""

LOADED = ("cron_refresh_indicators", "cron_refresh_clients")
"""Scheduled actions that follow a load of history."""


def inserted(steps, after, name, step):
    """Return ``steps`` (dict) with ``step`` (model and method) under ``name``, right after the step ``after``.

    :raises KeyError: when there is no step ``after``.

    >>> list(inserted({"wanted": (), "recorded": ()}, after="wanted", name="priced", step=()))
    ['wanted', 'priced', 'recorded']
    """
    if after not in steps:
        raise KeyError(after)
    items = list(steps.items())
    at = list(steps).index(after) + 1
    return dict([*items[:at], (name, step), *items[at:]])


class CrmInteractionPipeline(models.AbstractModel):
    """Run events through the steps, and changes through their consequences."""

    _name = "crm.interaction.pipeline"
    _description = "Interaction Processing"

    @api.model
    def _steps(self):
        """Return the steps, :data:`STEPS`. Extend it to add steps, see :func:`inserted`."""
        return STEPS

    @api.model
    def _changes(self):
        """Return the consequences of changes, :data:`CHANGES`. Extend it to add some."""
        return CHANGES

    @api.model
    def _run(self, read, retry=None, steps=None):
        """Log events, each interaction once, without disturbing the caller.

        A fault is rolled back to a savepoint, the caller's work goes on, and the events are kept under *Capture
        Errors*.

        :param read: the events (list of ``Event``), or a function that returns them.
        :param retry: function that returns the data to read them again (dict for JSON), called after a fault in
            ``read``.
        :param dict steps: own steps of a caller who handles faults, hence with the caller's access; ``read`` is a list.
        :return: the new interactions, in sudo mode without ``steps``; possibly none.
        :raises Exception: any fault, when there are ``steps``.
        """
        if steps is not None:
            logged = self.env["crm.interaction"].browse(event.logged_id for event in self._going(read, steps))
            self._created(logged)
            return logged
        errors = self.env["crm.interaction.capture.error"]
        # sudo: the poster may be a customer on the portal without access
        pipeline = without_requested(self.sudo())
        events = None
        try:
            events = list(read() if callable(read) else read)
            going = pipeline._going(events, pipeline._steps()) if events else []
        except Exception as error:
            unread = events is None
            errors._keep(error, lambda: [retry()] if unread else [{"method": "event", **e.to_json()} for e in events])
            going = []
        return pipeline.env["crm.interaction"].browse(event.logged_id for event in going)

    @api.model
    def _going(self, events, steps):
        """Return the ``events`` that pass all steps; roll the steps back after a fault.

        If a concurrent transaction has logged one of the events, the others are logged one by one. If it changes the
        same matter, the events are logged without.

        :param dict steps: as returned by :meth:`_steps`.
        :raises psycopg2.errors.SerializationFailure: when a concurrent transaction has changed a referenced record.
        """
        try:
            with self.env.cr.savepoint(flush=False):
                for event in events:
                    event.vals = {}
                return self._through(events, steps.values())
        except MatterUnsettled:
            return marked(self, LATER)._going(events, steps)
        except psycopg2.errors.SerializationFailure as error:
            if is_about_reference(error):
                raise
            return [e for event in events for e in self._going([event], steps)] if len(events) > 1 else []

    @api.model
    def _through(self, events, steps):
        """Return the ``events`` that pass all ``steps`` (pairs of model and method)."""
        for model, method in steps:
            events = getattr(self.env[model], method)(events) if events else events
        return events

    @api.model
    def _typed(self, event):
        """Return the values (dict) that the steps of :data:`TYPED` give an already logged event now."""
        event.vals = {}
        self._through([event], [step for name, step in self._steps().items() if name in TYPED])
        return event.type_vals()

    @api.model
    def _created(self, rows):
        """Find the matters of interactions (``rows``) that did not pass the steps, e.g. of a call logged by hand."""
        self.env["crm.interaction.matter"]._follow(rows)

    @api.model
    def _history_loaded(self):
        """Refresh what is stored of interactions, soon after many were loaded."""
        for name in LOADED:
            if cron := self.env.ref(f"crm_outsourcing_interactions.{name}", raise_if_not_found=False):
                cron._trigger()

    @api.model
    def _changed(self, rows, before):
        """Apply all consequences of a change of interactions, see :data:`CHANGES`.

        :param rows: the changed interactions.
        :param dict before: previous values by interaction, as returned by ``crm.interaction._restorable``.
        """
        for model, method in self._changes().values():
            getattr(self.env[model], method)(rows, before)
