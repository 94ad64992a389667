"""Read the evidence of indicators in bulk: the types and documents of their interactions."""

from collections import Counter
from functools import cached_property

from . import targets
from .target_counts import MONTH

TOP = 3


class BreachEvidence:
    """Read the interactions behind the indicators of one company in two grouped queries.

    :param interactions: ``crm.interaction`` with the reader's rights, which limit the evidence.
    """

    def __init__(self, interactions, company, indicators):
        self.interactions = interactions
        self.company = company
        self.indicators = indicators

    def top_types(self, indicator):
        """Return the most frequent types as ``[(type, n), …]``; an empty type means *unclassified*."""
        counts = Counter()
        for month, type_, state, _model, _id, n in self._rows(indicator):
            if self._is_evidence(indicator, month, type_, state):
                counts[type_] += n
        return counts.most_common(TOP)

    def documents(self, indicator):
        """Return the documents with the most interactions as ``[(label, address, n), …]``.

        The label contains the model's name only, so that it discloses nothing to users without access.
        """
        counts = Counter()
        for month, type_, state, model, id_, n in self._rows(indicator):
            if id_ and self._is_evidence(indicator, month, type_, state):
                counts[model, id_] += n
        return [
            (f"{self._model_name(model, indicator)} #{id_}", f"/mail/view?model={model}&res_id={id_}", n)
            for (model, id_), n in counts.most_common(TOP)
        ]

    def _model_name(self, model, indicator):
        return indicator.env["ir.model"].sudo()._get(model).name or model

    def _rows(self, indicator):
        return self._of_clients.get(indicator.partner_id.id, []) if indicator.partner_id else self._of_firm

    def _is_evidence(self, indicator, month, type_, state):
        """Return whether interactions of a month, type and state enter the indicator's value."""
        target = indicator.target_id
        if month not in targets.months_back(indicator.month, indicator.window_months or target.window_months):
            return False
        if target.measure == "kind_share":
            return type_.kind_id == target.kind_id
        if target.measure in targets.ANSWERS:
            return False  # its evidence are matters
        if target.measure == "open_share":
            return state == "to_review" or not type_
        if target.measure in targets.TYPE_MEASURES:
            return state == "confirmed" and type_ and type_.parent_path.startswith(target.type_id.parent_path)
        return True

    @cached_property
    def _of_clients(self):
        clients = self.indicators.partner_id
        groupby = ["commercial_partner_id", MONTH, "type_id", "state", "res_model", "res_id"]
        domain = [*self._period(), ("commercial_partner_id", "in", clients.ids)]
        rows = self.interactions._read_group(domain, groupby, ["__count"])
        by_client = {}
        for client, *row in rows:
            by_client.setdefault(client.id, []).append(row)
        return by_client

    @cached_property
    def _of_firm(self):
        rows = self.interactions._read_group(self._period(), [MONTH, "type_id", "state"], ["__count"])
        return [(month, type_, state, None, None, n) for month, type_, state, n in rows]

    def _period(self):
        months = max([target.window_months for target in self.indicators.target_id])
        first = min(targets.months_back(month, months)[-1] for month in self.indicators.mapped("month"))
        return [
            ("company_id", "=", self.company.id),
            ("month", ">=", first),
            ("month", "<=", max(self.indicators.mapped("month"))),
        ]
