from odoo import models
from odoo.fields import Domain

from .read_plan import STANDARD, is_groupable


class CrmInteraction(models.Model):
    """How big pivots are named: Odoo names and builds a domain for each group; here for each value of a group-by."""

    _name = "crm.interaction"
    _inherit = ["crm.interaction", "crm.interaction.month.names"]

    def _web_read_group_format(self, groupby, aggregates, groups):
        is_simple = all(is_groupable(self, spec) for spec in groupby) and not self._web_read_group_field_expand(groupby)
        if not groups or not is_simple or self.env.context.get(STANDARD):
            return super()._web_read_group_format(groupby, aggregates, groups)
        columns = list(zip(*groups, strict=True))
        named = [self._named(spec, values) for spec, values in zip(groupby, columns, strict=False)]
        return [self._formatted_group(groupby, aggregates, named, group) for group in groups]

    def _named(self, spec, values):
        """Return ``{(type, value): (label, conditions)}`` of the different values of a group-by."""
        formatter = self._web_read_group_groupby_formatter(spec, values)
        named = {}
        for value in dict.fromkeys((type(value), value) for value in values):
            label, domain = formatter(value[1])
            named[value] = (label, list(Domain(domain)))
        return named

    def _formatted_group(self, groupby, aggregates, named, group):
        parts = [names[type(value), value] for names, value in zip(named, group, strict=False)]
        values = {spec: label for spec, (label, _domain) in zip(groupby, parts, strict=True)}
        values["__extra_domain"] = conjunction([domain for _label, domain in parts])
        return {**values, **dict(zip(aggregates, group[len(groupby) :], strict=True))}


def conjunction(domains):
    """Return what ``Domain.AND`` makes of domains given as lists; the usual ones are put together without parsing.

    >>> conjunction([[("a", "=", 1)], ["&", ("b", ">=", 2), ("b", "<", 3)]])
    ['&', '&', ('a', '=', 1), ('b', '>=', 2), ('b', '<', 3)]
    """
    items = [item for domain in domains for item in domain]
    if not items or any(item in ("|", "!") or item[0] in (0, 1) for item in items):
        return list(Domain.AND(domains))
    leaves = [item for item in items if item != "&"]
    return ["&"] * (len(leaves) - 1) + leaves
