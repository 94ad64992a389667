from odoo import api, fields, models
from odoo.tools import float_repr

from ..events.plurals import plural
from . import targets
from .target_counts import is_of_feedback

MEASURES = [
    ("kind_share", "Share of a kind"),
    ("improvement_ratio", "Improvements / base"),
    ("additional_ratio", "Additional services / base"),
    ("open_share", "Share to review"),
    ("interactions_month", "Interactions a month"),
    ("type_count", "Interactions of a type a month"),
    ("type_interval", "Days since the last interaction of a type"),
    ("in_time", "Answered in time"),
    ("median_hours", "Median hours until our answer"),
    ("matter_interactions", "Interactions per matter"),
]
BOUNDS = [("range", "From – to"), ("floor", "At least"), ("ceiling", "At most")]


class CrmInteractionTarget(models.Model):
    """Store targets for shares, ratios and frequencies, for the firm or as agreed with one client.

    - Percent measures are fractions: ``low = 0.06, high = 0.10`` is 6–10 %. Shares refer to all interactions,
      unclassified ones included; the two ratios to the base (production and organisational interactions).
    - A target of the firm applies to every client without its own target of the same measure. For the whole firm
      only percentages are evaluated: interactions a month and intervals are agreed with each client.
    - A value covers the last ``window_months`` months. Counts are monthly averages in which the current month and those
      with the begin or end of a contract have the weight of their days.
    - With fewer than ``minimum_sample`` interactions in the denominator there is no verdict.
    - Answer times are those of the matters due in these months, without those built from history.
    - A target applies to a month if it is valid on the month's last day.
    """

    _name = "crm.interaction.target"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
        "crm.interaction.ranges.mixin",
        "crm.interaction.protected.mixin",
    ]
    _protected_fields = frozenset({"evaluated_since"})
    _description = "Target"
    _ranges = {
        "low": (0, targets.COUNT_AT_MOST),
        "high": (0, targets.COUNT_AT_MOST),
        "tolerance": (0, targets.COUNT_AT_MOST),
        "minimum_sample": (0, targets.COUNT_AT_MOST),
        "window_months": (1, targets.MONTHS_AT_MOST),
        "sequence": (-1_000_000, 1_000_000),
    }
    _order = "sequence, measure, id"
    _check_company_auto = True

    name = fields.Char(compute="_compute_name", store=True, precompute=True, readonly=False, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, tracking=True)
    measure = fields.Selection(MEASURES, required=True, default="improvement_ratio")
    kind_id = fields.Many2one(
        "crm.interaction.kind",
        compute="_compute_kind_id",
        store=True,
        precompute=True,
        readonly=False,
        ondelete="restrict",
    )
    type_id = fields.Many2one(
        "crm.interaction.type",
        compute="_compute_type_id",
        store=True,
        precompute=True,
        readonly=False,
        ondelete="restrict",
        help="A group stands for all its types.",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Client",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
        domain="['|', ('is_company', '=', True), ('parent_id', '=', False)]",
        help="Empty: the firm's target, for every client without one of its own.",
    )
    accountant_id = fields.Many2one(related="partner_id.interaction_accountant_id", string="Accountant")
    supervisor_id = fields.Many2one(related="partner_id.interaction_supervisor_id", string="Supervisor")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, ondelete="cascade", index=True
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        default=lambda self: self.env.user,
        ondelete="set null",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Gets the activity when the whole firm, or a client without accountant and supervisor, misses the target.",
    )
    date_from = fields.Date("Valid From", tracking=True)
    date_to = fields.Date("Valid To", tracking=True)
    bound = fields.Selection(
        BOUNDS, compute="_compute_bound", store=True, precompute=True, readonly=False, required=True, tracking=True
    )
    low = fields.Float("From (Low)", tracking=True, help="At least this much.")
    high = fields.Float("To (High)", tracking=True, help="At most this much.")
    tolerance = fields.Float(
        "Yellow Zone", tracking=True, help="Values within this distance of the limit are shown in yellow."
    )
    minimum_sample = fields.Integer(
        default=20,
        tracking=True,
        help="Below this number of interactions, no verdict is shown.",
    )
    window_months = fields.Integer(
        "Period (Months)",
        default=3,
        tracking=True,
        help="Measured over this many months, including the current one; in averages, an unfinished month counts by "
        "its days.",
    )
    corrective_action_ids = fields.Many2many(
        "crm.interaction.corrective.action",
        string="Corrective Actions",
        help="Corrective actions when the value is off target, e.g. “Bundle interactions”.",
    )
    is_percent = fields.Boolean(compute="_compute_is_percent")
    is_sampled = fields.Boolean("Has a Sample", compute="_compute_is_percent")
    limits = fields.Char("Agreed", compute="_compute_limits")

    _window = models.Constraint(
        f"CHECK (window_months BETWEEN 1 AND {targets.MONTHS_AT_MOST})", "Enter a period of 1 to 12 months."
    )
    _not_negative = models.Constraint(
        f"CHECK (low BETWEEN 0 AND {targets.COUNT_AT_MOST} AND high BETWEEN 0 AND {targets.COUNT_AT_MOST}"
        f" AND tolerance BETWEEN 0 AND {targets.COUNT_AT_MOST}"
        f" AND minimum_sample BETWEEN 0 AND {targets.COUNT_AT_MOST})",
        "Enter the limits, yellow zone and minimum sample of a target as values between 0 and 100,000.",
    )
    _period = models.Constraint(
        "CHECK (date_from <= date_to)", "A target cannot end before it begins. Correct the dates."
    )

    @api.depends("measure", "kind_id", "type_id", "partner_id")
    def _compute_name(self):
        for target in self:
            target.name = " · ".join(filter(None, (target._measure_text(), target.partner_id.name)))

    @api.depends("measure")
    def _compute_kind_id(self):
        for target in self.filtered(lambda target: target.measure != "kind_share"):
            target.kind_id = False

    @api.depends("measure")
    def _compute_type_id(self):
        for target in self.filtered(lambda target: target.measure not in targets.TYPE_MEASURES):
            target.type_id = False

    @api.depends("measure")
    def _compute_bound(self):
        """Set a ceiling for intervals, which are agreed as *at least every N days*."""
        for target in self:
            target.bound = "ceiling" if target.measure == targets.INTERVAL else target.bound or "range"

    @api.depends("measure")
    def _compute_is_percent(self):
        for target in self:
            target.is_percent = target.measure in targets.PERCENTS
            target.is_sampled = target.measure in targets.SAMPLED

    @api.depends("measure", "bound", "low", "high")
    @api.depends_context("lang")
    def _compute_limits(self):
        for target in self:
            target.limits = target._limits_text(target.bound, target.low, target.high)

    def _interaction_is_captured(self):
        """Exclude messages on targets from capture: they are internal."""
        return False

    def _measure_text(self):
        """Return the measure of one target, with its kind or type, as text without the agreed limits."""
        if is_of_feedback(self):
            return self.env._("Time since the client gave feedback")
        measures = dict(self._fields["measure"]._description_selection(self.env))
        about = self.kind_id.display_name or self.type_id.display_name
        return " · ".join(filter(None, (measures.get(self.measure), about)))

    def _limits(self):
        """Return the ``targets.Limits`` of one target."""
        return targets.Limits(self.bound, self.low, self.high, self.tolerance)

    def _limits_text(self, bound, low, high):
        """Return limits as text in units of the measure, e.g. *≥ 6 %* or *every 90 days*."""
        if self.measure == targets.INTERVAL:
            return plural(
                self.env, self.env._("every %(n)s day|every %(n)s days"), round(high, 1), self._number_text(high)
            )
        texts = {
            "range": self.env._("%(low)s – %(high)s", low=self._value_text(low), high=self._value_text(high)),
            "floor": f"≥ {self._value_text(low)}",
            "ceiling": f"≤ {self._value_text(high)}",
        }
        return texts.get(bound, "")

    def _value_text(self, value):
        """Return a value as text in units of the measure, e.g. *8.1 %*, *12 days*, *3.5*."""
        if self.measure in targets.PERCENTS:
            return self.env._("%s %%", self._number_text(100 * value))
        if self.measure == targets.INTERVAL:
            return plural(self.env, self.env._("%(n)s day|%(n)s days"), round(value, 1), self._number_text(value))
        if self.measure == "median_hours":
            return plural(self.env, self.env._("%(n)s hour|%(n)s hours"), round(value, 1), self._number_text(value))
        return self._number_text(value)

    def _number_text(self, number):
        """Return a number with at most one decimal, formatted for the language."""
        lang = self.env["res.lang"]._lang_get(self.env.lang or "en_US")
        text = lang.format("%.1f", number, grouping=True) if lang else float_repr(number, 1)
        return text.removesuffix("0")[:-1] if text.endswith("0") else text
