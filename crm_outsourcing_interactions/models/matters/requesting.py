"""What of a matter is about documents for which letters ask. Pure."""

from functools import cached_property

from .turns import ANSWERED, ELSEWHERE, NO_ANSWER, WITHDRAWN


class Requesting:
    """Have a matter wait for the client until all documents have arrived; for ``Case``.

    ``handed`` has the ids of the interactions with which clients handed over documents.
    """

    handed = frozenset()

    @property
    def is_requested(self):
        """Return whether nobody has to move but for documents that we have asked for and are still outstanding.

        A person's word about our last request ends that.
        """
        is_settled = self.state.how in (ANSWERED, ELSEWHERE, WITHDRAWN)
        is_requested = bool(self.stored.get("is_requested")) and is_settled
        return is_requested and bool(self._last_request) and not self._last_request.marked_by_id

    @cached_property
    def requests(self):
        """Return the facts (list) of the letters that ask for documents, in order."""
        facts = sorted((f for f in self.facts if f.active), key=lambda fact: (fact.moment, fact.id or 2**40))
        return [fact for fact in facts if self.expectations.is_request(fact)]

    @property
    def _last_request(self):
        """Return the fact of the last letter that asks for documents and is a turn, possibly ``None``."""
        return next((fact for fact in reversed(self.requests) if fact.counts), None)

    def _outcome(self):
        """Return when and how it was closed: by what a person has decided about the documents, or by the last of them,
        if that came last."""
        decided, state = self._last_request, self.state
        if (
            decided
            and decided.marked_by_id
            and state.closed
            and decided.mark in (ELSEWHERE, WITHDRAWN, NO_ANSWER)
            and decided.marked > state.closed
        ):
            return decided.marked, decided.mark
        arrived = self._arrived() if decided and state.closed and state.how == ANSWERED else ()
        return max(arrived, default=state.closed), state.how or None

    def _arrived(self):
        """Return the moments (list) since it was closed at which the client handed over what our last letter asked
        for."""
        return [
            fact.moment
            for fact in self.counted
            if fact.id in self.handed
            and fact.document == self._last_request.document
            and fact.moment > self.state.closed
            and self.turn(fact).expects is False
        ]
