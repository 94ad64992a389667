"""Reads what targets judge: one grouped query for each family of measures, whatever the number of clients."""

from datetime import date
from functools import cached_property

from odoo.fields import Domain

from ..events.local_time import local_day
from . import targets
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
"""Who had no contact in so many months is a client no more, unless a target is agreed with it."""


CONFIRMED = ("state", "=", "confirmed")
"""A mere suggestion is no contact of its type: what is agreed on a type is judged by what was confirmed."""


class TargetCounts:
    """The counts of one company that ``rules`` (targets) need to judge ``months`` (first days).

    :param interactions: ``crm.interaction`` in sudo mode: a figure does not depend on who computes it.
    :param company: the company (one record).
    :param rules: the targets (recordset) that are valid in any of the months.
    """

    def __init__(self, interactions, company, rules, months, today):
        self.zone = company._interaction_zone()
        self.interactions = interactions.sudo()
        self.company = company
        self.rules = rules
        self.today = today
        self.last = max(months)
        self.windows = max([rule.window_months for rule in rules], default=1) + 1  # one more: the month before
        self.first = targets.months_back(min(months), self.windows)[-1]

    def value(self, rule, client, month):
        """Return the ``Value`` of a target's measure for ``client`` (id, or ``FIRM``) in a month."""
        if rule.measure == targets.INTERVAL:
            return self._interval(rule, client, month)
        window = self.window(rule, client, month)
        if rule.measure in targets.COUNTS:
            return self._per_month(rule, client, window)
        counts = self._of_kinds(client, window)
        if rule.measure in targets.RATIOS:
            return ratio(*counts, rule.measure.removesuffix("_ratio"), self.roles)
        return kind_share(*counts, rule.kind_id.id) if rule.measure == "kind_share" else open_share(*counts)

    def window(self, rule, client, month):
        """Return the months (first days) that a value is measured over, the last one first; of an interval none."""
        if rule.measure == targets.INTERVAL:
            return []
        months = targets.months_back(month, rule.window_months)
        return known_months(months, self.first_month(client)) if rule.measure in targets.COUNTS else months

    def _of_kinds(self, client, months):
        """Return numbers by kind: all, and those that await review."""
        return self.by_kind.sum(client, months), self.to_review_by_kind.sum(client, months)

    def clients(self, month):
        """Return the ids of the clients that had a contact by then, and not only long ago."""
        return [client for client, (first, _last) in self.periods.items() if client and first <= month]

    def first_month(self, client):
        """Return the month in which the contract began, as far back as there are records; where that is not known, the
        month of the client's first contact of late, or ``None``."""
        first, _last = self.periods.get(client, (None, None))
        begun, _until = self.contracts.get(client, NO_CONTRACT)
        if not begun:
            return first
        return max(targets.first_of(begun), min((month for month, _last in self.periods.values()), default=date.min))

    def _per_month(self, rule, client, months):
        begun, until = self.contracts.get(client, NO_CONTRACT)
        elapsed = length_in_months(months, begun, min(until or self.today, self.today))
        full = length_in_months(months, begun, until)
        if rule.measure == "contacts_month":
            return per_month(self.contacts.sum(client, months).total(), elapsed, full)
        counts = self.by_type.sum(client, months)
        n = sum(counts[type_id] for type_id in self.type_ids(rule))
        return per_month(n, elapsed, full, sure(*self._of_kinds(client, months)))

    def _interval(self, rule, client, month):
        found = [self.last_contacts.get((client, type_id), {}) for type_id in self.type_ids(rule)]
        until = [entry for entries in found for then, entry in entries.items() if then <= month]
        last = max((self.local(moment) for moment, _n in until), default=None)
        since = None if last else self._client_since(client)
        return days_since(last, since, targets.last_day(month, self.today), sum(n for _moment, n in until))

    def _client_since(self, client):
        """Return the day since when the client is known to be one: of its contract and its first contact the later."""
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
        """Client → months of its first and last contact of late."""
        start = targets.months_back(self.last, NEW_CLIENT_MONTHS)[-1]
        rows = self._read(["commercial_partner_id"], ["date:min", "date:max"], min(start, self.first))
        return {c.id: (targets.first_of(self.local(a)), targets.first_of(self.local(b))) for c, a, b in rows}

    @cached_property
    def contracts(self):
        """Client → first and last day of the contract, where one is known."""
        clients = self.interactions.env["res.partner"].with_context(active_test=False)
        names = ["interaction_client_from", "interaction_client_until"]
        found = clients.search_fetch(Domain.OR(Domain(name, "!=", False) for name in names), names)
        return {client.id: tuple(client[name] or None for name in names) for client in found}

    @cached_property
    def by_kind(self):
        """Purposes by client, month and kind."""
        return Counts((client.id, month, kind.id, n) for client, month, kind, n, _open in self._rows_by_kind)

    @cached_property
    def to_review_by_kind(self):
        """Of the purposes by client, month and kind those that await review."""
        return Counts((client.id, month, kind.id, n) for client, month, kind, _n, n in self._rows_by_kind)

    @cached_property
    def _rows_by_kind(self):
        return self._read(["commercial_partner_id", MONTH, "kind_id"], ["__count", "open_count:sum"], self.first)

    @cached_property
    def contacts(self):
        """Contacts by client and month; a second purpose of a contact is no second contact."""
        rows = self._read(["commercial_partner_id", MONTH], ["contact_count:sum"], self.first)
        return Counts((client.id, month, None, n) for client, month, n in rows)

    @cached_property
    def by_type(self):
        """Confirmed purposes by client, month and type, of the types that targets name."""
        types = [("type_id", "in", self._types_of(("type_count",))), CONFIRMED]
        rows = self._read(["commercial_partner_id", MONTH, "type_id"], ["__count"], self.first, types)
        return Counts((client.id, month, type_.id, n) for client, month, type_, n in rows)

    @cached_property
    def last_contacts(self):
        """Client and type → month → moment of the last confirmed contact, number of contacts; of all times."""
        types = [("type_id", "in", self._types_of((targets.INTERVAL,))), CONFIRMED]
        rows = self._read(["commercial_partner_id", "type_id", MONTH], ["date:max", "__count"], None, types)
        found = {}
        for client, type_, month, moment, n in rows:
            found.setdefault((client.id, type_.id), {})[month] = (moment, n)
        return found

    @cached_property
    def first_contacts(self):
        """Client → moment of its first contact, of clients whom an interval concerns that never began."""
        known = {client for client, _type in self.last_contacts}
        own = self.rules.filtered(lambda rule: rule.measure == targets.INTERVAL).partner_id.ids
        unknown = [client for client in {*self.periods, *own} if client and client not in known]
        rows = self._read(["commercial_partner_id"], ["date:min"], None, [("commercial_partner_id", "in", unknown)])
        return {client.id: moment for client, moment in rows}

    @cached_property
    def roles(self):
        """Kind → ratio role, archived kinds included: past figures stay true."""
        kinds = self.interactions.env["crm.interaction.kind"].with_context(active_test=False).search(Domain.TRUE)
        return {kind.id: kind.ratio_role for kind in kinds}

    @cached_property
    def _children(self):
        """Group → its types, as far as a target names a group."""
        groups = self.rules.type_id.filtered("is_group")
        types = groups.with_context(active_test=False).search([("id", "child_of", groups.ids)])
        return {group.id: [t.id for t in types if t.parent_path.startswith(group.parent_path)] for group in groups}

    def type_ids(self, rule):
        """Return the ids of the types that a target is about."""
        return self._children.get(rule.type_id.id) or rule.type_id.ids

    def _types_of(self, measures):
        return [id_ for rule in self.rules if rule.measure in measures for id_ in self.type_ids(rule)]

    def _read(self, groupby, aggregates, first, domain=()):
        """Return groups of the company's interactions from the month ``first`` on (all, if empty) to the last one."""
        period = [("company_id", "=", self.company.id), ("month", "<=", self.last)]
        if first:
            period.append(("month", ">=", first))
        return self.interactions._read_group([*period, *domain], groupby, aggregates)
