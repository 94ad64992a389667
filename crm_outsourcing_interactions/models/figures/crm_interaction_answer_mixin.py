from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..events.marks import mark
from ..matters.answer_times import state_of
from ..totals.request import STANDARD
from .answer_measures import MEDIAN, Side, is_due, is_kept, measure_of

STATES = [("in_time", "In Time"), ("late", "Late"), ("not_due", "Not Due Yet"), ("no_due", "No Due Date")]


class CrmInteractionAnswerMixin(models.AbstractModel):
    """Add the measures of our answers to a model with their columns, correct at every grouping level.

    See ``answer_measures.py``. Single records have no median and no share.
    """

    _name = "crm.interaction.answer.mixin"
    _inherit = ["crm.interaction.group.order", "crm.interaction.group.format"]
    _description = "Answer Times"

    our_state = fields.Selection(
        STATES,
        "Our Answer",
        compute="_compute_our_state",
        search="_search_our_state",
        help="In time: given before it was due. Late: given later, or due and not given yet.",
    )
    our_due_count = fields.Integer(
        "Answers Due", compute="_compute_answer_counts", aggregator="sum", help="Matters to which our answer was due."
    )
    our_late_count = fields.Integer(
        "Late Answers",
        compute="_compute_answer_counts",
        aggregator="sum",
        help="Matters that we answered after the due date, or have not answered although it has passed.",
    )
    our_in_time = fields.Float(
        "Answered in Time",
        compute="_compute_answer_ratios",
        aggregator="avg",
        help="Matters answered in time, divided by all whose answer was due.",
    )
    our_median = fields.Float(
        "Median Hours",
        compute="_compute_answer_ratios",
        aggregator=MEDIAN,
        help="Half of the questions were answered within this working time. Unanswered ones count as longer than their "
        "age; if the median depends on them, only its lower limit is known.",
    )
    our_median_most = fields.Float("Median Hours, at Most", compute="_compute_answer_ratios", aggregator=MEDIAN)

    @api.depends("our_due", "our_answered_on", "our_late")
    def _compute_our_state(self):
        now = fields.Datetime.now()
        for record in self:
            record.our_state = state_of(record.our_due, record.our_answered_on, record.our_late, now)

    @api.model
    def _search_our_state(self, operator, value):
        return self._search_state("our", operator, value)

    @api.model
    def _search_state(self, prefix, operator, value):
        """Return the domain of the states of a side's answers."""
        if operator not in ("in", "not in"):
            return NotImplemented
        domain = Domain.OR(self._state_domain(prefix, state) for state in value)
        return domain if operator == "in" else ~domain

    @api.model
    def _state_domain(self, prefix, state):
        """Return the domain of the answers of a side in one of ``STATES``."""
        if state == "no_due":
            return Domain(f"{prefix}_due", "=", False)
        now = fields.Datetime.now()
        if state == "not_due":
            return Domain(f"{prefix}_due", ">", now)
        kept = Domain(f"{prefix}_answered_on", "!=", False) & Domain(f"{prefix}_late", "=", False)
        wanted = {"in_time": kept, "late": ~kept}.get(state, Domain.FALSE)
        return Domain(f"{prefix}_due", "<=", now) & wanted

    @api.depends("our_state")
    def _compute_answer_counts(self):
        for record in self:
            record.our_due_count = int(record.our_state in ("in_time", "late"))
            record.our_late_count = int(record.our_state == "late")

    def _compute_answer_ratios(self):
        """Leave the measures of single records empty; they exist in groups only."""
        self.our_in_time = self.our_median = self.our_median_most = False

    def _read_group_select(self, aggregate_spec, query):
        measure = measure_of(aggregate_spec)
        if measure is None:
            return super()._read_group_select(aggregate_spec, query)
        prefix, to_sql = measure
        return to_sql(self._answer_side(prefix, self._table, query))

    def _answer_side(self, prefix, alias, query):
        """Return the ``Side`` that gives the columns of the present query."""
        return Side(prefix, lambda name: self._field_to_sql(alias, name, query), fields.Datetime.now())

    def _read_group_groupby(self, alias, groupby_spec, query):
        if groupby_spec == "month:month" and not mark(self.env, STANDARD):
            return self._field_to_sql(alias, "month", query)  # it already is the first of the month
        if groupby_spec not in ("our_state", "their_state"):
            return super()._read_group_groupby(alias, groupby_spec, query)
        side = self._answer_side(groupby_spec.removesuffix("_state"), alias, query)
        return SQL(
            "CASE WHEN %s IS NULL THEN 'no_due' WHEN NOT %s THEN 'not_due' WHEN %s THEN 'in_time' ELSE 'late' END",
            side("due"),
            is_due(side),
            is_kept(side),
        )
