from odoo import api, models
from odoo.fields import Domain

from ..events.marks import mark, marked
from .request import STANDARD, is_groupable

NAMED = "interaction_named"
"""Mark with the labels of a request so far: ``{group-by: {key: (label, condition)}}``."""


class CrmInteractionGroupFormat(models.AbstractModel):
    """Format the groups of large pivots: build label and domain per value of a group-by, not per group like Odoo."""

    _name = "crm.interaction.group.format"
    _inherit = ["crm.interaction.month.names"]
    _description = "Format of Groups"

    @api.model
    @api.readonly
    def formatted_read_grouping_sets(self, *args, **kwargs):
        """Format the groups with the label of each value computed once for all grouping sets."""
        model = marked(self, NAMED, {})
        return super(CrmInteractionGroupFormat, model).formatted_read_grouping_sets(*args, **kwargs)

    def _web_read_group_format(self, groupby, aggregates, groups):
        is_simple = all(is_groupable(self, spec) for spec in groupby) and not self._web_read_group_field_expand(groupby)
        if not groups or not groupby or not is_simple or mark(self.env, STANDARD):
            return super()._web_read_group_format(groupby, aggregates, groups)
        columns = list(zip(*groups, strict=True))
        named = [self._names_of_group(spec, values) for spec, values in zip(groupby, columns, strict=False)]
        labels, domains = zip(*named, strict=True)
        names = (*groupby, "__extra_domain", *aggregates)
        rows = zip(*labels, map(conjunction, zip(*domains, strict=True)), *columns[len(groupby) :], strict=True)
        return [dict(zip(names, row, strict=True)) for row in rows]

    def _names_of_group(self, spec, values):
        """Return labels and conditions of the values of a group-by, computed once per distinct value."""
        named = mark(self.env, NAMED, {}).setdefault(spec, {})
        keys = [key_of(value) for value in values]
        new = {key: value for key, value in zip(keys, values, strict=True) if key not in named}
        formatter = self._web_read_group_groupby_formatter(spec, list(new.values())) if new else None
        for key, value in new.items():
            label, domain = formatter(value)
            named[key] = (label, list(Domain(domain)))
        return zip(*(named[key] for key in keys), strict=True)


class CrmInteraction(models.Model):
    """Use the faster formatting, as there are many groups."""

    _name = "crm.interaction"
    _inherit = ["crm.interaction", "crm.interaction.group.format"]


def key_of(value):
    """Return a dict key for a group value that distinguishes zero from false.

    >>> key_of(0) == key_of(False), key_of("a") == key_of("a")
    (False, True)
    """
    return value._ids if isinstance(value, models.BaseModel) else (type(value), value)


def conjunction(domains):
    """Return ``Domain.AND`` of domains given as lists, joining the usual ones without parsing.

    >>> conjunction([[("a", "=", 1)], ["&", ("b", ">=", 2), ("b", "<", 3)]])
    ['&', '&', ('a', '=', 1), ('b', '>=', 2), ('b', '<', 3)]
    """
    leaves = []
    for domain in domains:
        for item in domain:
            if item == "&":
                continue
            if item in ("|", "!") or item[0] in (0, 1):
                return list(Domain.AND(domains))
            leaves.append(item)
    return ["&"] * (len(leaves) - 1) + leaves if leaves else list(Domain.AND(domains))
