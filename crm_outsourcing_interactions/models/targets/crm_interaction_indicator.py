from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.misc import format_date

from ..events.crm_interaction_named_mixin import divisions
from . import targets
from .bullet import bullet

ZONES = [("red", "Off Target"), ("yellow", "Near the Limit"), ("green", "On Target"), ("none", "No Verdict")]
"""In ascending order of the keys *red* precedes *yellow*; lists of breaches rely on it."""
TRENDS = [("up", "Up"), ("steady", "Steady"), ("down", "Down")]


class CrmInteractionIndicator(models.Model):
    """Store the value, sample and verdict of one target in one month, for one client or the whole firm.

    Only ``_refresh`` writes indicators, from counts. They keep the limits of the time, so that past verdicts stay.
    Without a base or with too small a sample there is no verdict: zone *none*, never 0 %.
    Values are neither summed nor averaged, since a ratio over several clients is not the mean of their ratios: a
    group of several indicators has no value.
    """

    _name = "crm.interaction.indicator"
    _inherit = ["crm.interaction.month.names", "crm.interaction.named.mixin", "crm.interaction.persons.mixin"]
    _description = "Indicator"
    _order = "month desc, partner_id, target_id, id"
    _rec_names_search = ["target_id", "partner_id"]

    target_id = fields.Many2one("crm.interaction.target", required=True, readonly=True, ondelete="cascade", index=True)
    measure = fields.Selection(related="target_id.measure", store=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade")
    partner_id = fields.Many2one(
        "res.partner",
        string="Client",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
        help="Empty: the whole firm.",
    )
    accountant_id = fields.Many2one(related="partner_id.interaction_accountant_id", string="Accountant")
    supervisor_id = fields.Many2one(related="partner_id.interaction_supervisor_id", string="Supervisor")
    month = fields.Date(
        required=True, readonly=True, help="Month of the indicator; the measuring period ends with this month."
    )
    n = fields.Integer(
        "Sample",
        readonly=True,
        aggregator=None,
        help="Number of interactions behind the value, e.g. 41: the base of a ratio, the confirmed ones of a type, "
        "otherwise all.",
    )
    has_value = fields.Boolean(readonly=True)
    value = fields.Float(readonly=True, aggregator="avg", help="Meaningful only where there is a value.")
    low = fields.Float(readonly=True, aggregator=None)
    high = fields.Float(readonly=True, aggregator=None)
    tolerance = fields.Float("Yellow Zone", readonly=True, aggregator=None)
    bound = fields.Selection(related="target_id.bound")
    has_previous = fields.Boolean(readonly=True)
    previous_value = fields.Float(readonly=True, aggregator=None, help="Value at the end of the previous month.")
    trend = fields.Selection(TRENDS, readonly=True)
    zone = fields.Selection(
        ZONES, "Verdict", required=True, readonly=True, default="none", index=True, group_expand=True
    )
    corrective_action_ids = fields.Many2many(related="target_id.corrective_action_ids")
    value_text = fields.Char("Value in Words", compute="_compute_texts")
    previous_text = fields.Char("Month Before", compute="_compute_texts")
    target_text = fields.Char("Agreed", compute="_compute_texts")
    subject = fields.Char("Measured For", compute="_compute_texts")
    percent = fields.Float(
        "Percentage", compute="_compute_parts", aggregator="avg", help="Value of a share or a ratio, e.g. 8 %."
    )
    number = fields.Float(
        compute="_compute_parts", aggregator="avg", help="Value of a count, or of a time in days, e.g. 12."
    )
    month_text = fields.Char("Month in Words", compute="_compute_texts")
    bullet = fields.Json("Value and Target", compute="_compute_bullet")

    _once = models.UniqueIndex("(target_id, month, COALESCE(partner_id, 0))", "This indicator already exists.")
    _company_month = models.Index("(company_id, month)")

    @api.depends("target_id", "partner_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for indicator in self:
            client = indicator.partner_id.name or self.env._("Whole firm")
            indicator.display_name = f"{indicator.target_id.name} · {client}"

    @api.model
    def _named(self, name, operator):
        firm = self.env._("Whole firm")
        return Domain.OR(
            Domain("target_id.name", "=", target)
            & (Domain("partner_id", "=", False) if client == firm else Domain("partner_id.name", operator, client))
            for target, client in divisions(name, " · ")
        )

    @api.depends(
        "month",
        "partner_id",
        "value",
        "has_value",
        "is_never",
        "previous_value",
        "has_previous",
        "low",
        "high",
        "target_id.bound",
    )
    @api.depends_context("lang")
    def _compute_texts(self):
        nothing = self.env._("no data")
        for indicator in self:
            target = indicator.target_id
            indicator.subject = indicator.partner_id.name or self.env._("Whole firm")
            indicator.month_text = format_date(self.env, indicator.month, date_format="LLLL y")
            indicator.value_text = indicator._value_text() if indicator.has_value else nothing
            previous = target._value_text(indicator.previous_value) if indicator.has_previous else nothing
            indicator.previous_text = previous
            indicator.target_text = target._limits_text(target.bound, indicator.low, indicator.high)

    def _value_text(self):
        if self.measure == "median_hours" and not self.is_exact:
            more = self.env._("more than %s", self.target_id._value_text(self.value))
            return more if self.is_never else self._bounds_text()
        return self.env._("never so far") if self.is_never else self.target_id._value_text(self.value)

    @api.depends(
        "value", "has_value", "low", "high", "tolerance", "value_text", "target_id.bound", "range_text", "parts_text",
        "zone", "value_low", "value_high", "is_exact", "has_previous", "previous_value",
    )  # fmt: skip
    @api.depends_context("lang")
    def _compute_bullet(self):
        for indicator in self:
            limits = targets.Limits(indicator.bound, indicator.low, indicator.high, indicator.tolerance)
            indicator.bullet = {
                **indicator._bullet(limits),
                "text": indicator.value_text if indicator.has_value else "–",
                "range": indicator.range_text or "",
                "verdict": indicator.zone,
                "note": indicator._zone_note(limits),
                "tip": ". ".join(
                    filter(None, (indicator.verdict_text, indicator.parts_text, indicator._before_text()))
                ),
            }

    def _bullet(self, limits):
        """Return the shapes of one indicator's graph.

        :param limits: its ``targets.Limits``.
        """
        value = self.value if self.has_value else None
        bounds = None if value is None or self.is_exact or self.is_never else (self.value_low, self.value_high)
        most = 1.0 if self.measure in targets.SHARES else None
        return bullet(value, limits, self.previous_value if self.has_previous else None, bounds, most)

    def _before_text(self):
        return self.env._("Month before: %s", self.previous_text) if self.has_previous else ""

    @api.depends("value", "has_value", "is_never", "measure")
    def _compute_parts(self):
        for indicator in self:
            value = indicator.has_value and not indicator.is_never and indicator.value
            is_percent = indicator.measure in targets.PERCENTS
            indicator.percent = is_percent and value
            indicator.number = not is_percent and value

    def _read_group_select(self, aggregate_spec, query):
        """Aggregate a single indicator to its value and several to none: a mean of ratios would be wrong."""
        if aggregate_spec not in ("value:avg", "percent:avg", "number:avg"):
            return super()._read_group_select(aggregate_spec, query)
        value = self._field_to_sql(self._table, "value", query)
        has_value, is_never = (self._field_to_sql(self._table, name, query) for name in ("has_value", "is_never"))
        shown = SQL("%s AND %s IS NOT TRUE", has_value, is_never)
        if not aggregate_spec.startswith("value"):
            measure = self._field_to_sql(self._table, "measure", query)
            is_percent = SQL("%s = ANY(%s)", measure, list(targets.PERCENTS))
            shown = SQL("%s AND (%s) = %s", shown, is_percent, aggregate_spec.startswith("percent"))
        return SQL("CASE WHEN COUNT(*) = 1 THEN MAX(%s) FILTER (WHERE %s) END", value, shown)
