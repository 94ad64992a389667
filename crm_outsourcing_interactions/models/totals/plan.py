"""Which table answers a request: a pure function of what is asked, see :func:`plan`."""

from dataclasses import dataclass

from .measures import OF_ANY_KIND, measure_of

COUNT = "__count"
OF_HOURS = {"duration:sum", "duration:avg", "duration:count"}
"""Aggregates of the duration that totals know."""
MONTHLY = ("company_id", "month")
CLIENT, USER = "commercial_partner_id", "user_id"
OF_WORK = ("type_id", "kind_id", "direction", "channel", "event", "state", "coverage")


@dataclass(frozen=True)
class Table:
    """A table that can answer; of totals the ``keys`` are the fields of interactions by which it sums them up."""

    name: str
    keys: tuple = ()


FACTS = Table("crm_interaction")
TOTALS = (
    Table("crm_interaction_total_client", (*MONTHLY, CLIENT, "kind_id")),
    Table("crm_interaction_total_work", (*MONTHLY, USER, *OF_WORK)),
    Table("crm_interaction_total_hours", (*MONTHLY, CLIENT, USER)),
)
"""The smallest first: all default views are answered by the first two, contact hours by the last."""
KEYS = tuple(dict.fromkeys(key for total in TOTALS for key in total.keys))
PENDING = Table("crm_interaction_total_pending", KEYS)
"""What the totals do not contain yet; who reads a total adds it."""


@dataclass(frozen=True)
class Request:
    """What is asked of interactions.

    :param fields: the fields by which they are grouped and filtered, by record rules too.
    :param aggregates: specifications such as ``improvement_ratio:avg``.
    :param active_only: archived ones are left out.
    """

    fields: frozenset
    aggregates: tuple = (COUNT,)
    active_only: bool = True

    @property
    def measures(self):
        """The measures of counts among the aggregates; ``None`` for what is none."""
        return [measure_of(aggregate) for aggregate in self.aggregates if aggregate not in (COUNT, *OF_HOURS)]


def plan(request):
    """Return the table that answers a request: the first of the totals that knows all that is asked, or the facts.

    >>> plan(Request(frozenset(["kind_id", "month"]), ("improvement_ratio:avg", "duration:sum"))).name
    'crm_interaction_total_client'
    >>> plan(Request(frozenset(["coverage", "month"]))).name
    'crm_interaction_total_work'
    >>> plan(Request(frozenset(["commercial_partner_id", "user_id"]), ("contact_count:sum",))).name
    'crm_interaction_total_hours'

    Shares need the kind, a maximum the single interactions, and archived ones are in no total:

    >>> plan(Request(frozenset(["commercial_partner_id", "user_id"]), ("improvement_ratio:avg",))) is FACTS
    True
    >>> plan(Request(frozenset(["kind_id"]), ("duration:max",))) is FACTS
    True
    >>> plan(Request(frozenset(["kind_id"]), active_only=False)) is FACTS
    True
    """
    if not request.active_only or not all(request.measures):
        return FACTS
    needs_kind = any(part not in OF_ANY_KIND for measure in request.measures for part in measure.parts)
    needed = {*request.fields, *(["kind_id"] if needs_kind else [])}
    return next((total for total in TOTALS if needed <= set(total.keys)), FACTS)
