from odoo import api, fields, models
from odoo.tools import SQL

from .measures import HOUR, KNOWN, ROLES, measure_of
from .summed_query import SummedQuery


class CrmInteraction(models.Model):
    """Add the measures of ``measures.py``, correct at every grouping level.

    Ratios divide counts after aggregation and are never averaged. Without interactions of the base a ratio is
    ``NULL``, not zero.
    """

    _inherit = "crm.interaction"

    interaction_count = fields.Integer(
        "Interactions",
        compute="_compute_interaction_count",
        aggregator="sum",
        help="Counts each interaction once, whatever its number of purposes; by kind, under its first purpose. Each "
        "purpose counts under its own kind, and shares and ratios are calculated from purposes.",
    )
    base_count = fields.Integer(
        "Base",
        compute="_compute_base_count",
        aggregator="sum",
        help="Number of production and organisational purposes, the denominator of the ratios.",
    )
    improvement_ratio = fields.Float(
        "Improvements / Base",
        compute="_compute_ratios",
        aggregator="avg",
        help="Improvements, divided by production and organisational purposes.",
    )
    additional_ratio = fields.Float(
        "Additional Services / Base",
        compute="_compute_ratios",
        aggregator="avg",
        help="Additional services, divided by production and organisational purposes.",
    )

    rating_count = fields.Integer(
        "Ratings",
        compute="_compute_rating_count",
        aggregator="sum",
        help="Number of ratings behind the mean rating.",
    )

    @api.depends("split_from_id")
    def _compute_interaction_count(self):
        for interaction in self:
            interaction.interaction_count = int(not interaction.split_from_id)

    @api.depends("kind_id.ratio_role")
    def _compute_base_count(self):
        for interaction in self:
            interaction.base_count = int(interaction.kind_id.ratio_role == "base")

    @api.depends("rating_value")
    def _compute_rating_count(self):
        for interaction in self:
            interaction.rating_count = int(bool(interaction.rating_value))

    def _compute_ratios(self):
        """Leave the ratios of single interactions empty; they exist in groups only."""
        self.improvement_ratio = self.additional_ratio = False

    def _read_group_select(self, aggregate_spec, query):
        if aggregate_spec == "rating_count:sum":
            return SQL("COUNT(%s)", self._field_to_sql(self._table, "rating_value", query))
        measure = measure_of(aggregate_spec)
        if measure is None or isinstance(query, SummedQuery):
            return super()._read_group_select(aggregate_spec, query)
        return measure.to_sql(lambda part: self._part_to_sql(part, query))

    def _part_to_sql(self, part, query):
        """Return the SQL that counts the interactions in ``part``, see ``measures.py``."""
        if part == "all":
            return SQL("COUNT(*)")
        condition = self._part_condition(part, query)
        if part == "open_time":
            duration = self._field_to_sql(self._table, "duration", query)
            time = SQL("ROUND(%s * %s)::bigint", duration, HOUR)
            return SQL("COALESCE(SUM(%s) FILTER (WHERE %s), 0)::bigint", time, condition)
        return SQL("COUNT(*) FILTER (WHERE %s)", condition)

    def _part_condition(self, part, query):
        """Return the SQL condition of the interactions in ``part``."""
        if part == "contacts":
            return SQL("%s IS NULL", self._field_to_sql(self._table, "split_from_id", query))
        if part == "open_contacts":
            return SQL("%s AND %s", self._part_condition("contacts", query), self._part_condition("open", query))
        kind = self._field_to_sql(self._table, "kind_id", query)
        if part == "unclassified":
            return SQL("%s IS NULL", kind)
        if part in ROLES:
            return self._role_condition(part, kind)
        to_review = SQL("%s = 'to_review'", self._field_to_sql(self._table, "state", query))
        if part in KNOWN:
            return SQL("%s AND NOT (%s)", self._role_condition(KNOWN[part], kind), to_review)
        return SQL("(%s OR %s IS NULL)", to_review, kind)

    def _role_condition(self, role, kind):
        ids = self.env["crm.interaction.kind"]._ids_by_role()[role]
        if len(ids) == 1:
            return SQL("%s = %s", kind, ids[0])  # faster than a list of one
        return SQL("%s = ANY(%s::int[])", kind, ids)
