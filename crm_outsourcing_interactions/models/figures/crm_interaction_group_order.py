from odoo import api, models
from odoo.orm.models import parse_read_group_spec
from odoo.orm.utils import READ_GROUP_TIME_GRANULARITY
from odoo.tools import unique

from ..events.marks import mark
from ..totals.crm_interaction_group_format import key_of
from ..totals.request import STANDARD


class CrmInteractionGroupOrder(models.AbstractModel):
    """Order the groups of pivots by name after grouping: the results of Odoo, but faster.

    Odoo joins the names to all records and groups by them. With medians, which have no partial results, it must even
    sort all records by name. Here the database groups by ids, and only the groups are ordered by name.
    """

    _name = "crm.interaction.group.order"
    _description = "Order of Groups"

    @api.model
    def _read_grouping_sets(self, domain, grouping_sets, aggregates=(), order=None):
        specs = list(unique(spec for groupby in grouping_sets for spec in groupby))
        is_by_name = order == ", ".join(specs) and all(map(self._is_orderable, specs))
        if not is_by_name or mark(self.env, STANDARD):
            return super()._read_grouping_sets(domain, grouping_sets, aggregates, order)
        found = super()._read_grouping_sets(domain, grouping_sets, aggregates)
        columns = {spec: set() for spec in specs}
        for groupby, rows in zip(grouping_sets, found, strict=True):
            for place, spec in enumerate(groupby):
                columns[spec].update(key_of(row[place]) for row in rows)
        positions = {spec: self._positions(spec, keys) for spec, keys in columns.items()}
        for groupby, rows in zip(grouping_sets, found, strict=True):
            places = [(groupby.index(spec), positions[spec]) for spec in specs if spec in groupby]
            rows.sort(key=lambda row, places=places: [position[key_of(row[place])] for place, position in places])
        return found

    @api.model
    def _is_orderable(self, spec):
        """Return whether the groups of ``spec`` can be ordered here: records, codes and dates, not parts of dates."""
        name, path, granularity = parse_read_group_spec(spec)
        if name not in self._fields or path:
            return False
        return self._fields[name].type in ("many2one", "selection") or granularity in READ_GROUP_TIME_GRANULARITY

    @api.model
    def _positions(self, spec, keys):
        """Return ``{key: position}`` of the values of a group-by, see ``key_of``; an empty value comes last."""
        field = self._fields[spec.partition(":")[0]]
        if field.type == "many2one":
            ids = [id_ for key in keys for id_ in key]
            # sudo: their order only; the groups are those of the reader
            comodel = self.env[field.comodel_name].sudo().with_context(active_test=False)
            ordered = [(id_,) for id_ in comodel.search([("id", "in", ids)]).ids]
        else:
            ordered = sorted(key for key in keys if key[1])
        return dict.fromkeys(keys, len(ordered)) | {key: position for position, key in enumerate(ordered)}
