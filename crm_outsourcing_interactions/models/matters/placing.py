"""Place interactions in matters, in order of time. Pure."""

from .linking import Link, link

ENOUGH = 2
"""So many open matters of one person as show that none of them is the only one."""


class Placing:
    """Place interactions one after the other, each in the situation that those before it have left.

    :param cases: the matters (list of ``Case``) that may be theirs.
    :param new_case: function of a list of ``Fact`` objects and stored values that returns a new ``Case``.
    :param asks: function that returns whether a ``Fact`` expects an answer, see ``Expectations``.
    :param since: function that returns the moment ten working days before a ``Fact``.
    """

    def __init__(self, cases, new_case, asks, since):
        self.cases = list(cases)
        self.new_case = new_case
        self.asks = asks
        self.since = since
        self.links = {}
        self.by_client = {}
        self.by_interaction = {}
        for case in self.cases:
            self._index(case)

    def _index(self, case):
        self.by_client.setdefault((case.company_id, case.client_id), []).append(case)
        self.by_interaction.update({fact.id: case for fact in case.facts if fact.id})

    def place(self, fact, is_history=False):
        """Link a ``Fact`` to a matter, a new one if need be; return the ``Link``, with the matter to which it belongs.

        :param is_history: whether a new matter is built from history.
        """
        around = self.by_client.get((fact.company_id, fact.client_id), ())
        found = link(fact, self.asks(fact), self._open(fact, around), self._replied(fact, around), around)
        if found.is_new:
            case = self.new_case([fact], {"slot": slot(fact, around), "from_history": is_history})
            self.cases.append(case)
            self._index(case)
            found = Link(case, found.proposed, found.reason, True)
        elif found.matter:
            found.matter.add(fact)
            if fact.direction == "incoming" and not is_history:
                found.matter.stored["from_history"] = False  # the client is waiting now
        self.links[id(fact)] = found
        return found

    def place_with(self, first_id, fact):
        """Link a further purpose to the matter of the first one (id; may be 0); place any other ``Fact``.

        A purpose that concerns another document, e.g. a letter that names two request lists, belongs to the matter on
        that one, and is proposed to no other.
        """
        case = self.by_interaction.get(first_id)
        if case and fact.document == case.document_of(first_id):
            self.links[id(fact)] = Link(case)
            return
        found = self.place(fact)
        if case:
            self.links[id(fact)] = Link(found.matter, None, found.reason if found.matter else "", found.is_new)

    def _open(self, fact, around):
        """Return the open matters; if there are none, those that were open when a late message was written.

        Those that cannot be proposed are left out: a client may have thousands.
        """
        near, is_any_open, since = [], False, self.since(fact)
        for case in around:
            if case.is_open and case.had_begun(fact.moment):
                is_any_open = True
                near += [case] if is_near(case, fact, since) else []
                if not fact.document and len(near) == ENOUGH:
                    break
        if is_any_open:
            return near
        return [case for case in around if is_near(case, fact, since) and case.is_open_at(fact.moment)]

    def _replied(self, fact, around):
        """Return the matter of the interaction to which a fact replies, if it is one of the same client."""
        case = self.by_interaction.get(fact.reply_to_id)
        return case if case in around else None

    def link_of(self, fact):
        """Return the ``Link`` of a placed fact."""
        return self.links[id(fact)]


def is_near(case, fact, since):
    """Return whether a matter is on the document of a fact or, if it is no complaint, with its person since then."""
    if fact.document and case.document == fact.document:
        return True
    return not case.is_complaint and case.is_with(fact.person_id, since)


def slot(fact, around):
    """Return the key of a matter that begins on a document, of which there can be one at a time, else ``None``.

    :param around: the matters of the client.

    >>> from odoo.addons.crm_outsourcing_interactions.models.matters.facts import Fact
    >>> slot(Fact(None, "incoming", 7, 1, model="project.task", res_id=8), [])
    '1:project.task,8,7'
    >>> slot(Fact(None, "incoming", 7, 1, model="res.partner", res_id=7), [])
    """
    if fact.is_complaint or any(case.is_open and case.document == fact.document for case in around):
        return None
    return fact.slot
