"""The way of a contact: from what happened in Odoo to an interaction, and on from each change of one.

This file stands above all rooms and is the only one that knows them all. Capture hooks and the room of interactions
call :meth:`CrmInteractionPipeline._run` and :meth:`CrmInteractionPipeline._changed`; all other calls go downwards.

A step takes a list of ``Event`` objects and returns those that go on: it notes in ``event.vals`` what it found out, or
drops an event (``Event.drop``) with the reason. Another addon adds a step by extending :meth:`_steps`::

    def _steps(self):
        steps = super()._steps()
        return inserted(steps, after="classified", name="priced", step=("my.model", "_priced"))
"""

import psycopg2.errors

from odoo import api, models

from .events.keys import is_about_reference
from .events.marks import without_requested

STEPS = {
    "wanted": ("crm.interaction.event", "_wanted"),  # the company counts such events
    "known": ("crm.interaction", "_known"),  # it is not what was logged already in another way
    "dated": ("crm.interaction.event", "_dated"),  # its date is possible; its month is the company's
    "client": ("crm.interaction.people", "_with_client"),  # whose client it is with, and who is responsible
    "given": ("crm.interaction.type", "_given"),  # a machine wrote it; its writer or its document says the type
    "offered": ("crm.lead", "_interaction_offered"),  # the opportunity says what it offers
    "classified": ("crm.interaction.rule", "_classified"),  # the first rule that fits gives the type
    "scoped": ("crm.interaction.scope", "_scoped"),  # the client's contract has the last word on requests
    "suggested": ("crm.interaction.learner", "_suggested"),  # what no rule settles, the firm's own tags suggest
    "recorded": ("crm.interaction", "_recorded"),  # it is in the database, once
    "announced": ("crm.interaction", "_announced"),  # its message shows its badge
}
"""Name of a step → model and method, in their order."""
TYPED = ("given", "offered", "classified", "scoped", "suggested")
"""The steps that say of which type a contact is; :meth:`CrmInteractionPipeline._typed` asks them again."""
CHANGES = {
    "recorded": ("crm.interaction.type.change", "_record"),  # who changed what
    "purposes": ("crm.interaction", "_take_purposes_along"),  # further purposes go where the first one goes
    "announced": ("crm.interaction", "_announce_changes"),  # open pages show it
}
"""Name → model and method, called with ``(rows, before)`` when interactions were changed, moved, merged or ignored."""


def inserted(steps, after, name, step):
    """Return ``steps`` (dict) with ``step`` (model and method) under ``name``, behind the one named ``after``.

    :raises KeyError: when there is no step of that name.

    >>> list(inserted({"wanted": (), "recorded": ()}, after="wanted", name="priced", step=()))
    ['wanted', 'priced', 'recorded']
    """
    if after not in steps:
        raise KeyError(after)
    items = list(steps.items())
    at = list(steps).index(after) + 1
    return dict([*items[:at], (name, step), *items[at:]])


class CrmInteractionPipeline(models.AbstractModel):
    """Hands events from step to step, and changes to what follows them."""

    _name = "crm.interaction.pipeline"
    _description = "Way of an Interaction"

    @api.model
    def _steps(self):
        """Return the steps of the way, :data:`STEPS`. Extend it to add your own, see :func:`inserted`."""
        return STEPS

    @api.model
    def _changes(self):
        """Return what follows a change, :data:`CHANGES`. Extend it to add your own."""
        return CHANGES

    @api.model
    def _run(self, read, retry=None):
        """Log what happened, each contact once; never disturb what caused it.

        A fault is undone alone, the caller's work goes on, and what happened is kept under *Capture Errors*.

        :param read: the events (list of ``Event``), or a function that returns them.
        :param retry: a function that returns what is needed to read them again (dict for JSON), called after a fault
            in ``read``.
        :return: the new interactions, in sudo mode; empty when there is nothing new.
        """
        errors = self.env["crm.interaction.capture.error"]
        # sudo: the poster may be a customer on the portal, without any right here
        pipeline = without_requested(self.sudo())
        events = None
        try:
            events = list(read() if callable(read) else read)
            going = pipeline._going(events) if events else []
        except Exception as error:
            unread = events is None
            errors._keep(error, lambda: [retry()] if unread else [{"method": "event", **e.to_json()} for e in events])
            going = []
        return pipeline.env["crm.interaction"].browse(event.logged_id for event in going)

    @api.model
    def _going(self, events):
        """Return those of ``events`` that go through all steps; a fault undoes what these did.

        :raises psycopg2.errors.SerializationFailure: when a transaction that ended after ours began has changed what
            one of them points to. When it has logged one of them, the others are logged on their own.
        """
        try:
            with self.env.cr.savepoint(flush=False):
                for event in events:
                    event.vals = {}
                return self._through(events, self._steps().values())
        except psycopg2.errors.SerializationFailure as error:
            if is_about_reference(error):
                raise
            return [e for event in events for e in self._going([event])] if len(events) > 1 else []

    @api.model
    def _through(self, events, steps):
        """Return those of ``events`` that go through all ``steps``, pairs of model and method."""
        for model, method in steps:
            events = getattr(self.env[model], method)(events) if events else events
        return events

    @api.model
    def _typed(self, event):
        """Return what the steps of :data:`TYPED` say of an event now (dict), as of one that is logged already."""
        event.vals = {}
        self._through([event], [step for name, step in self._steps().items() if name in TYPED])
        return event.type_vals()

    @api.model
    def _changed(self, rows, before):
        """Have all that follows a change of interactions follow.

        :param rows: the interactions, as they are now.
        :param dict before: what was recorded of each, by interaction, as ``crm.interaction._restorable`` returns it.
        """
        for model, method in self._changes().values():
            getattr(self.env[model], method)(rows, before)
