"""Read what is stored of the clients and threads of some events once, when a step first needs it."""

from functools import cached_property

from ..events.keys import captured_key
from ..events.marks import mark
from .facts import fact_of


class Situation:
    """Hold what is stored of the clients and threads of the ``events`` of one batch.

    The learner asks for the previous interaction of a thread, later the matters are found: one statement serves both.

    :param matters: the model ``crm.interaction.matter``.
    """

    def __init__(self, matters, events):
        self.matters, self.events = matters, events

    @cached_property
    def found(self):
        """Return the result of ``crm.interaction.matter._situation`` for the events that may have a matter."""
        events = [event for event in self.events if may_have_matter(event)]
        parents = {event.reply_to for event in events} - {0}
        keys = [captured_key(event.key) for event in events]
        return self.matters._situation([fact_of(event) for event in events], parents, keys)

    def previous(self, event):
        """Return the type id, without one the direction, of the interaction before ``event`` (str, may be empty).

        It is the one with the same client on the same document. In history, where many are read at once, it is unknown.
        """
        document = fact_of(event).document
        if not document or not may_have_matter(event) or mark(self.matters.env, "interaction_strict"):
            return ""
        return self.found[3].get((*document, event.client_id), "")


def may_have_matter(event):
    """Return whether an event has a client and is not ignored."""
    return bool(event.client_id) and event.vals.get("state") != "ignored"
