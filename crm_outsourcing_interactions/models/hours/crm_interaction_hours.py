from odoo import api, fields, models
from odoo.tools import SQL, format_date

from ..events.actions import addon_action
from ..optional import timesheets
from ..roles.crm_interaction_persons_mixin import READER
from .hours_query import BOTH, CONTACTS, COSTS, HOURS, RATE


class CrmInteractionHours(models.Model):
    """Query contact hours by client, month and responsible, beside all hours and the cost, from the totals.

    The authors of the classification found that technical work takes at most 75 % of the staff's time and contacts
    the other 25 %. All hours come from Odoo's timesheets and the cost from the employee's hourly cost in that month
    (``crm.interaction.hourly.cost``), if these are installed; otherwise share and cost are empty. The share is hours /
    hours after aggregation, never an average of shares, and empty without hours of work.
    """

    _name = "crm.interaction.hours"
    _inherit = ["crm.interaction.group.format", "crm.interaction.persons.mixin"]
    _description = "Contact Hours"
    _auto = False
    _order = "month desc, partner_id, id"
    _rec_name = "partner_id"
    _depends = {
        "crm.interaction": ["active", "company_id", "commercial_partner_id", "user_id", "month", "duration"],
        "account.analytic.line": ["company_id", "partner_id", "user_id", "date", "unit_amount"],
        "crm.interaction.hourly.cost": ["company_id", "user_id", "month", "hourly_cost"],
        "res.company": ["interaction_contact_share", "interaction_timesheets"],
        "res.partner": ["commercial_partner_id"],
    }

    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Client", readonly=True)
    user_id = fields.Many2one("res.users", string="Responsible", readonly=True, depends_context=READER)
    month = fields.Date(readonly=True)
    month_name = fields.Char("In Month", compute="_compute_month_name")
    contact_hours = fields.Float(readonly=True, help="Time spent on interactions with the client.")
    work_hours = fields.Float(
        "Timesheet Hours", readonly=True, help="Hours on the client's projects in the timesheets."
    )
    all_hours = fields.Float(
        readonly=True,
        help="Timesheet hours, plus interaction hours if, by the settings, timesheets do not include them.",
    )
    contact_share = fields.Float(
        "Share of Contact",
        readonly=True,
        aggregator="avg",
        help="Interaction hours divided by all hours; empty without timesheet hours.",
    )
    reference = fields.Float(
        readonly=True,
        aggregator="avg",
        help="Expected interaction share from the settings, beside a share only; the authors of the classification "
        "reported 25 %.",
    )
    cost = fields.Monetary(
        "Cost of Contact",
        readonly=True,
        groups="crm_outsourcing_interactions.group_manager",
        help="Interaction hours at the hourly cost that the responsible employee had in the month; hours without an "
        "hourly cost are left out.",
    )

    @property
    def _table_sql(self):
        """Return the query after flushing fields of absent apps, which ``_depends`` cannot declare."""
        return SQL().join([super()._table_sql, *(SQL(to_flush=field) for field in timesheets.columns(self.env))])

    @property
    def _table_query(self):
        has_timesheets = timesheets.has_timesheets(self.env)
        has_costs = timesheets.has_hourly_costs(self.env)
        return SQL(
            HOURS,
            sources=SQL(BOTH if has_timesheets else CONTACTS),
            user=self._person_to_sql(SQL("h.user_id")),
            has_timesheets=has_timesheets,
            costs=SQL(COSTS if has_costs else ""),
            rate=SQL(RATE if has_costs else "NULL::numeric"),
        )

    def _read_group_select(self, aggregate_spec, query):
        if aggregate_spec == "contact_share:avg":
            return self._share_to_sql(query)
        select = super()._read_group_select(aggregate_spec, query)
        # a missing duration, usual for captured interactions, counts as 0 hours, not as missing data
        return SQL("COALESCE(%s, 0)", select) if aggregate_spec == "contact_hours:sum" else select

    def _share_to_sql(self, query):
        contact, everything, work = (
            self._field_to_sql(self._table, name, query) for name in ("contact_hours", "all_hours", "work_hours")
        )
        return SQL(
            "CASE WHEN SUM(%s) > 0 THEN COALESCE(SUM(%s), 0) / NULLIF(SUM(%s), 0) END", work, contact, everything
        )

    @api.depends("month")
    @api.depends_context("lang")
    def _compute_month_name(self):
        for hours in self:
            hours.month_name = format_date(self.env, hours.month, date_format="LLLL y") if hours.month else ""

    @api.model
    @api.readonly
    def notice(self):
        """Return a notice about missing data; empty when complete.

        :raises AccessError: when the user may not read contact hours.
        """
        self.browse().check_access("read")
        if not timesheets.has_timesheets(self.env):
            return self.env._(
                "Odoo's timesheets (module hr_timesheet) are not installed, so only interaction hours are shown. "
                "Install the module to see all hours, and the share and cost of interactions."
            )
        if not timesheets.is_any_cost_set(self.env):
            return self.env._("No employee has an hourly cost yet. Set hourly costs to see the cost of interactions.")
        return ""

    def action_view_interactions(self):
        """Open the interactions of this client, month and, unless the name is hidden, responsible."""
        self.ensure_one()
        action = addon_action(self.env, "crm_interaction_action")
        is_hidden = not self.user_id and self.env["res.users"]._interaction_names() != "everybody"
        domain = [
            ("commercial_partner_id", "=", self.partner_id.id),
            *([] if is_hidden else [("user_id", "=", self.user_id.id)]),
            ("month", "=", self.month),
            ("company_id", "=", self.company_id.id),
        ]
        return {**action, "domain": domain, "context": {}}
