from odoo import fields, models
from odoo.tools import SQL

RATIO_ROLES = {"improvement_ratio": "improvement", "additional_ratio": "additional"}
"""Measure → the ratio role that its numerator counts."""


class CrmInteraction(models.Model):
    """The two ratios of the classification as measures, right at every grouping level.

    Each is one count divided by another, after aggregation: never an average of ratios.
    Without any contact of the base there is no ratio (``NULL``), not zero.
    """

    _inherit = "crm.interaction"

    improvement_ratio = fields.Float(
        "Improvements / Base",
        compute="_compute_ratios",
        aggregator="avg",
        help="Improvements, divided by production and organisational contacts.",
    )
    additional_ratio = fields.Float(
        "Additional Services / Base",
        compute="_compute_ratios",
        aggregator="avg",
        help="Additional services, divided by production and organisational contacts.",
    )

    def _compute_ratios(self):
        """A single contact has no ratio; the measures live in groups only."""
        self.improvement_ratio = self.additional_ratio = False

    def _read_group_select(self, aggregate_spec, query):
        measure, _, function = aggregate_spec.partition(":")
        if measure not in RATIO_ROLES or function != "avg":
            return super()._read_group_select(aggregate_spec, query)
        return SQL(
            "%s::float / NULLIF(%s, 0)",
            self._count_of_role(RATIO_ROLES[measure], query),
            self._count_of_role("base", query),
        )

    def _count_of_role(self, role, query):
        kind = self._field_to_sql(self._table, "kind_id", query)
        return SQL("COUNT(*) FILTER (WHERE %s = ANY(%s))", kind, self._kind_ids(role))

    def _kind_ids(self, role):
        """Return the ids of the kinds of that ratio role, archived ones included: past figures stay true."""
        # sudo: the figures do not depend on who may read the list of kinds
        kinds = self.env["crm.interaction.kind"].sudo().with_context(active_test=False)
        return kinds.search([("ratio_role", "=", role)]).ids
