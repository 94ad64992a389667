from odoo import api, fields, models
from odoo.tools import SQL

from ..matters.answer_times import state_of
from ..matters.working_hours import DEFAULT_HOURS
from .answer_measures import MEDIAN
from .crm_interaction_answer_mixin import STATES

PER_MATTER = "interactions_per_matter:avg"
DAYS = {"days_us:sum": "hours_us", "days_client:sum": "hours_client"}


class CrmInteractionMatter(models.Model):
    """Add the measures of *Answer Times*, those of the client's answers included."""

    _name = "crm.interaction.matter"
    _inherit = ["crm.interaction.matter", "crm.interaction.answer.mixin"]

    interactions_per_matter = fields.Float(
        compute="_compute_answer_ratios",
        aggregator="avg",
        help="Interactions of the matters, divided by the number of matters.",
    )
    days_us = fields.Float(
        "Days with Us", compute="_compute_days", aggregator="sum", help="Working days during which we had to answer."
    )
    days_client = fields.Float(
        "Days with Client",
        compute="_compute_days",
        aggregator="sum",
        help="Working days during which the client had to answer.",
    )
    their_state = fields.Selection(
        STATES, "Client's Answer", compute="_compute_their_state", search="_search_their_state"
    )
    their_due_count = fields.Integer(
        "Client's Answers Due", compute="_compute_their_counts", aggregator="sum", help="Our questions that were due."
    )
    their_late_count = fields.Integer(
        "Client's Late Answers",
        compute="_compute_their_counts",
        aggregator="sum",
        help="Our questions that the client answered late, or has not answered in time.",
    )
    their_in_time = fields.Float(
        "Client Answered in Time",
        compute="_compute_answer_ratios",
        aggregator="avg",
        help="Our questions answered in time, divided by all that were due.",
    )
    their_median = fields.Float(
        "Client's Median Hours",
        compute="_compute_answer_ratios",
        aggregator=MEDIAN,
        help="Half of our questions were answered within this working time; see our median.",
    )
    their_median_most = fields.Float(
        "Client's Median Hours, at Most", compute="_compute_answer_ratios", aggregator=MEDIAN
    )

    @api.depends("their_due", "their_answered_on", "their_late")
    def _compute_their_state(self):
        now = fields.Datetime.now()
        for matter in self:
            matter.their_state = state_of(matter.their_due, matter.their_answered_on, matter.their_late, now)

    @api.model
    def _search_their_state(self, operator, value):
        return self._search_state("their", operator, value)

    @api.depends("their_state")
    def _compute_their_counts(self):
        for matter in self:
            matter.their_due_count = int(matter.their_state in ("in_time", "late"))
            matter.their_late_count = int(matter.their_state == "late")

    @api.depends("hours_us", "hours_client", "company_id")
    def _compute_days(self):
        for matter in self:
            day = matter.company_id._interaction_day_hours()
            matter.days_us, matter.days_client = matter.hours_us / day, matter.hours_client / day

    def _compute_answer_ratios(self):
        self.interactions_per_matter = self.their_in_time = self.their_median = self.their_median_most = False
        return super()._compute_answer_ratios()

    def _read_group_select(self, aggregate_spec, query):
        if aggregate_spec == PER_MATTER:
            return SQL(
                "SUM(%s)::float / NULLIF(COUNT(*), 0)", self._field_to_sql(self._table, "interaction_count", query)
            )
        if aggregate_spec in DAYS:
            names = DAYS[aggregate_spec], "company_id"
            hours, company = (self._field_to_sql(self._table, name, query) for name in names)
            return SQL("SUM(%s / %s)", hours, day_to_sql(self.env, company))
        return super()._read_group_select(aggregate_spec, query)


def day_to_sql(env, company):
    """Return the SQL of the working hours in a day of a company, given the SQL of its id."""
    # sudo: the length of a working day is no secret
    days = [(c.id, c._interaction_day_hours()) for c in env["res.company"].sudo().search(fields.Domain.TRUE)]
    return SQL("CASE %s %s END", company, SQL(" ").join(SQL("WHEN %s THEN %s::float", *pair) for pair in days))


class ResCompany(models.Model):
    """Give the length of a working day."""

    _inherit = "res.company"

    def _interaction_day_hours(self):
        """Return the working hours in a day of one company."""
        # sudo: whoever reads figures
        calendar = self.sudo().resource_calendar_id
        opening, closing = DEFAULT_HOURS
        own = not calendar.flexible_hours and calendar.hours_per_day
        return own or (closing - opening).total_seconds() / 3600
