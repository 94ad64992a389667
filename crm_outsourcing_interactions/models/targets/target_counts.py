"""Read the counts for targets: one grouped query per family of measures, whatever the number of clients."""

from datetime import date
from functools import cached_property

from odoo.fields import Domain

from ..events.local_time import local_day
from ..matters.turns import DECLINED
from . import targets
from .answer_counts import AnswerCounts
from .target_values import (
    Counts,
    days_since,
    kind_share,
    known_months,
    length_in_months,
    open_share,
    per_month,
    ratio,
    sure,
)

MONTH = "month:month"
NO_CONTRACT = None, None
NEW_CLIENT_MONTHS = targets.MONTHS_AT_MOST
"""After this many months without interaction a client is no longer evaluated, unless it has its own target."""


CONFIRMED = ("state", "=", "confirmed")
"""Targets for a type count confirmed interactions only, never suggestions."""
ANSWERS = (
    Domain("direction", "=", "incoming")
    & Domain("state", "=", "confirmed")
    & (Domain("matter_mark", "=", False) | Domain("matter_mark", "!=", DECLINED))
    & (
        Domain("type_id.role", "=", "opinion")
        | Domain("rating_value", ">", 0)
        | Domain("matter_id", "any", [("type_id.role", "=", "feedback"), ("asked_by", "=", "us")])
    )
)
"""The client's word about our services: a rating, confirmed praise or complaint, or confirmed reply to our question."""


class TargetCounts:
    """Read the counts of one company that ``rules`` (targets) require for ``months`` (first days).

    :param interactions: ``crm.interaction``; read in sudo mode so that figures do not depend on the user.
    :param company: the company (one record).
    :param rules: the targets (recordset) valid in any of the months.
    :param today: date in the company's time zone.
    """

    def __init__(self, interactions, company, rules, months, today):
        self.zone = company._interaction_zone()
        self.interactions = interactions.sudo()
        self.company = company
        self.rules = rules
        self.today = today
        self.last = max(months)
        self.windows = max([rule.window_months for rule in rules], default=1) + 1  # one more for the trend
        self.first = targets.months_back(min(months), self.windows)[-1]

    def value(self, rule, client, month):
        """Return the ``Value`` of a target's measure for ``client`` (id, or ``FIRM``) in a month."""
        if rule.measure == targets.INTERVAL:
            return self._interval(rule, client, month)
        window = self.window(rule, client, month)
        if rule.measure in targets.ANSWERS:
            return self.answers.value(rule.measure, client, window)
        if rule.measure in targets.COUNTS:
            return self._per_month(rule, client, window)
        counts = self._of_kinds(client, window)
        if rule.measure in targets.RATIOS:
            return ratio(*counts, rule.measure.removesuffix("_ratio"), self.roles)
        return kind_share(*counts, rule.kind_id.id) if rule.measure == "kind_share" else open_share(*counts)

    def window(self, rule, client, month):
        """Return the months (first days) over which a value is measured, the last one first; none for an interval."""
        if rule.measure == targets.INTERVAL:
            return []
        months = targets.months_back(month, rule.window_months)
        return known_months(months, self.first_month(client)) if rule.measure in targets.COUNTS else months

    def _of_kinds(self, client, months):
        """Return the counts by kind: of all, and of those to review."""
        return self.by_kind.sum(client, months), self.to_review_by_kind.sum(client, months)

    def clients(self, month):
        """Return the ids of the clients with recent interactions, the first of them in ``month`` or earlier."""
        return [client for client, (first, _last) in self.periods.items() if client and first <= month]

    def first_month(self, client):
        """Return the first month of the contract, at the earliest that of the first record.

        Without a known contract, return the month of the client's first recent interaction, or ``None``.
        """
        first, _last = self.periods.get(client, (None, None))
        begun, _until = self.contracts.get(client, NO_CONTRACT)
        if not begun:
            return first
        return max(targets.first_of(begun), min((month for month, _last in self.periods.values()), default=date.min))

    def _per_month(self, rule, client, months):
        begun, until = self.contracts.get(client, NO_CONTRACT)
        elapsed = length_in_months(months, begun, min(until or self.today, self.today))
        full = length_in_months(months, begun, until)
        if rule.measure == "interactions_month":
            return per_month(self.contacts.sum(client, months).total(), elapsed, full)
        counts = self.by_type.sum(client, months)
        n = sum(counts[type_id] for type_id in self.type_ids(rule))
        return per_month(n, elapsed, full, sure(*self._of_kinds(client, months)))

    def _interval(self, rule, client, month):
        found = [self.last_contacts.get((client, type_id), {}) for type_id in self.type_ids(rule)]
        if is_of_feedback(rule):
            found = [self.last_answers.get(client, {})]
        until = [entry for entries in found for then, entry in entries.items() if then <= month]
        last = max((self.local(moment) for moment, _n in until), default=None)
        since = None if last else self._client_since(client)
        return days_since(last, since, targets.last_day(month, self.today), sum(n for _moment, n in until))

    def _client_since(self, client):
        """Return the later day of the begin of the contract and the first interaction, or ``None``."""
        first = self.first_contacts.get(client)
        begun, _until = self.contracts.get(client, NO_CONTRACT)
        days = [begun, first and self.local(first)]
        return max(filter(None, days), default=None)

    def local(self, moment):
        """Return the day of a UTC moment in the company's time zone."""
        return local_day(moment, self.zone)

    # --- one query each ---------------------------------------------------------------

    @cached_property
    def periods(self):
        """Return ``{client id: (first month, last month)}`` of recent interactions."""
        start = targets.months_back(self.last, NEW_CLIENT_MONTHS)[-1]
        rows = self._read(["commercial_partner_id"], ["date:min", "date:max"], min(start, self.first))
        return {c.id: (targets.first_of(self.local(a)), targets.first_of(self.local(b))) for c, a, b in rows}

    @cached_property
    def contracts(self):
        """Return ``{client id: (first day, last day)}`` of known contracts."""
        clients = self.interactions.env["res.partner"].with_context(active_test=False)
        names = ["interaction_client_from", "interaction_client_until"]
        found = clients.search_fetch(Domain.OR(Domain(name, "!=", False) for name in names), names)
        return {client.id: tuple(client[name] or None for name in names) for client in found}

    @cached_property
    def by_kind(self):
        """Count purposes by client, month and kind."""
        return Counts((client.id, month, kind.id, n) for client, month, kind, n, _open in self._rows_by_kind)

    @cached_property
    def to_review_by_kind(self):
        """Count purposes to review by client, month and kind."""
        return Counts((client.id, month, kind.id, n) for client, month, kind, _n, n in self._rows_by_kind)

    @cached_property
    def _rows_by_kind(self):
        return self._read(["commercial_partner_id", MONTH, "kind_id"], ["__count", "open_count:sum"], self.first)

    @cached_property
    def contacts(self):
        """Count interactions by client and month, each once whatever its number of purposes."""
        rows = self._read(["commercial_partner_id", MONTH], ["interaction_count:sum"], self.first)
        return Counts((client.id, month, None, n) for client, month, n in rows)

    @cached_property
    def by_type(self):
        """Count confirmed purposes by client, month and type, for the types of targets."""
        types = [("type_id", "in", self._types_of(("type_count",))), CONFIRMED]
        rows = self._read(["commercial_partner_id", MONTH, "type_id"], ["__count"], self.first, types)
        return Counts((client.id, month, type_.id, n) for client, month, type_, n in rows)

    @cached_property
    def last_contacts(self):
        """Return ``{(client id, type id): {month: (last moment, n)}}`` of all confirmed interactions."""
        rules = self.rules.filtered(lambda rule: rule.measure == targets.INTERVAL and not is_of_feedback(rule))
        types = [("type_id", "in", [id_ for rule in rules for id_ in self.type_ids(rule)]), CONFIRMED]
        rows = self._read(["commercial_partner_id", "type_id", MONTH], ["date:max", "__count"], None, types)
        found = {}
        for client, type_, month, moment, n in rows:
            found.setdefault((client.id, type_.id), {})[month] = (moment, n)
        return found

    @cached_property
    def last_answers(self):
        """Return ``{client id: {month: (last moment, n)}}`` of the clients' words about our services."""
        found = {}
        for client, month, moment, n in self._read(
            ["commercial_partner_id", MONTH], ["date:max", "__count"], None, ANSWERS
        ):
            found.setdefault(client.id, {})[month] = (moment, n)
        return found

    @cached_property
    def first_contacts(self):
        """Return ``{client id: moment of the first interaction}`` of clients without an interaction for an interval."""
        intervals = self.rules.filtered(lambda rule: rule.measure == targets.INTERVAL)
        known = {client for client, _type in self.last_contacts}
        if of_feedback := intervals.filtered(is_of_feedback):
            known = set(self.last_answers) if of_feedback == intervals else known & set(self.last_answers)
        own = intervals.partner_id.ids
        unknown = [client for client in {*self.periods, *own} if client and client not in known]
        rows = self._read(["commercial_partner_id"], ["date:min"], None, [("commercial_partner_id", "in", unknown)])
        return {client.id: moment for client, moment in rows}

    @cached_property
    def answers(self):
        """Return the ``AnswerCounts``."""
        matters = self.interactions.env["crm.interaction.matter"]
        return AnswerCounts(matters, self.company, self.first, self.last)

    @cached_property
    def roles(self):
        """Return ``{kind id: ratio role}``, archived kinds included so that past figures stay valid."""
        kinds = self.interactions.env["crm.interaction.kind"].with_context(active_test=False).search(Domain.TRUE)
        return {kind.id: kind.ratio_role for kind in kinds}

    @cached_property
    def _children(self):
        """Return ``{group: its types}`` for the groups used in targets."""
        groups = self.rules.type_id.filtered("is_group")
        types = groups.with_context(active_test=False).search([("id", "child_of", groups.ids)])
        return {group.id: [t.id for t in types if t.parent_path.startswith(group.parent_path)] for group in groups}

    def type_ids(self, rule):
        """Return the ids of the types that a target covers."""
        return self._children.get(rule.type_id.id) or rule.type_id.ids

    def _types_of(self, measures):
        return [id_ for rule in self.rules if rule.measure in measures for id_ in self.type_ids(rule)]

    def _read(self, groupby, aggregates, first, domain=()):
        """Return groups of the company's interactions from month ``first`` (all if empty) to the last month."""
        period = [("company_id", "=", self.company.id), ("month", "<=", self.last)]
        if first:
            period.append(("month", ">=", first))
        return self.interactions._read_group([*period, *domain], groupby, aggregates)


def is_of_feedback(target):
    """Return whether a target is the interval of feedback, which counts from the client's answer, not our question."""
    return target.measure == targets.INTERVAL and target.type_id.role == "feedback"
