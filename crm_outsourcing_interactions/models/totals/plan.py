"""Choose the table that answers a request, by a pure function, see :func:`plan`."""

from dataclasses import dataclass

from .measures import OF_ANY_KIND, measure_of

COUNT = "__count"
OF_HOURS = {"duration:sum", "duration:avg", "duration:count"}
"""Aggregates of the duration available in totals."""
MONTHLY = ("company_id", "month")
CLIENT, USER = "commercial_partner_id", "user_id"
OF_WORK = ("type_id", "kind_id", "direction", "channel", "event", "state", "quality")


@dataclass(frozen=True)
class Table:
    """Describe a table; the ``keys`` of a total are the fields of interactions by which it is grouped."""

    name: str
    keys: tuple = ()


FACTS = Table("crm_interaction")
TOTALS = (
    Table("crm_interaction_total_client", (*MONTHLY, CLIENT, "kind_id")),
    Table("crm_interaction_total_work", (*MONTHLY, USER, *OF_WORK)),
    Table("crm_interaction_total_hours", (*MONTHLY, CLIENT, USER)),
)
"""The totals, smallest first: default views use the first two, contact hours the last."""
KEYS = tuple(dict.fromkeys(key for total in TOTALS for key in total.keys))
PENDING = Table("crm_interaction_total_pending", KEYS)
"""The changes not yet in the totals, which queries add."""


@dataclass(frozen=True)
class Request:
    """Describe a request for groups of interactions.

    :param fields: the fields used for grouping and filtering, including record rules.
    :param aggregates: specifications, e.g. ``improvement_ratio:avg``.
    :param active_only: whether archived interactions are excluded.
    """

    fields: frozenset
    aggregates: tuple = (COUNT,)
    active_only: bool = True

    @property
    def measures(self):
        """Return the registered measure of each aggregate, ``None`` for others."""
        return [measure_of(aggregate) for aggregate in self.aggregates if aggregate not in (COUNT, *OF_HOURS)]


def plan(request):
    """Return the first total with all fields and aggregates of a request, else the facts.

    >>> plan(Request(frozenset(["kind_id", "month"]), ("improvement_ratio:avg", "duration:sum"))).name
    'crm_interaction_total_client'
    >>> plan(Request(frozenset(["quality", "month"]))).name
    'crm_interaction_total_work'
    >>> plan(Request(frozenset(["commercial_partner_id", "user_id"]), ("interaction_count:sum",))).name
    'crm_interaction_total_hours'

    Shares require the kind, a maximum the single interactions; archived ones are in no total:

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
