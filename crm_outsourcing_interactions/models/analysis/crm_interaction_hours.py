from odoo import api, fields, models
from odoo.tools import SQL, format_date

from .read_plan import STANDARD, aggregates_of, conditions_of, field_names

OF_SUMS = "interaction_hours_of_sums"
"""Context key: read the monthly sums."""

CONTACTS = """
    SELECT 2 * MIN(i.id) AS id, i.company_id, i.commercial_partner_id AS partner_id, i.user_id, i.month,
           SUM(i.duration) AS contact_hours, NULL::float AS work_hours
      FROM crm_interaction i WHERE i.active GROUP BY 2, 3, 4, 5
"""
SUMS = """
    SELECT NULL::int AS id, company_id, commercial_partner_id AS partner_id, user_id, month,
           CASE WHEN SUM(timed) > 0 THEN SUM(hours)::float END AS contact_hours, NULL::float AS work_hours
      FROM crm_interaction_cube_people GROUP BY 2, 3, 4, 5 HAVING SUM(n) <> 0
"""
"""The same from the monthly sums, for groups: these have no use for an id."""
TIMESHEETS = """
    SELECT 2 * MIN(l.id) + 1, l.company_id, p.commercial_partner_id, l.user_id,
           DATE_TRUNC('month', l.date)::date, NULL::float, SUM(l.unit_amount)
      FROM account_analytic_line l JOIN res_partner p ON p.id = l.partner_id
     WHERE l.project_id IS NOT NULL GROUP BY 2, 3, 4, 5
"""
BOTH = f"""
    SELECT MIN(id) AS id, company_id, partner_id, user_id, month,
           SUM(contact_hours) AS contact_hours, SUM(work_hours) AS work_hours
      FROM (%s UNION ALL {TIMESHEETS}) source GROUP BY company_id, partner_id, user_id, month
"""
HOURS = """
    SELECT h.*, c.currency_id, c.interaction_contact_share AS reference,
           CASE WHEN h.work_hours IS NULL AND NOT %(has_timesheets)s THEN NULL
                ELSE COALESCE(h.work_hours, 0)
                     + CASE c.interaction_timesheets WHEN 'work' THEN COALESCE(h.contact_hours, 0) ELSE 0 END
           END AS all_hours,
           h.contact_hours * %(rate)s AS cost
      FROM (%(sources)s) h
      JOIN res_company c ON c.id = h.company_id
      %(employee)s
"""
EMPLOYEE = "LEFT JOIN hr_employee e ON e.user_id = h.user_id AND e.company_id = h.company_id"
RATE = "NULLIF(e.hourly_cost, 0)"


class CrmInteractionHours(models.Model):
    """Contact hours of client, month and responsible, beside all hours and the cost: a query, no table.

    The authors of the classification saw that technical work takes at most 75 % of the time of the
    staff; the other 25 % are contact. All hours come from Odoo's timesheets and the cost from the
    hourly cost of the employee, where these are installed when the query runs; without them there is
    no share and no cost. The share is computed after aggregation: hours / hours, never an average of
    shares, and without hours of work there is none.
    """

    _name = "crm.interaction.hours"
    _inherit = ["crm.interaction.month.names"]
    _description = "Contact Hours"
    _auto = False
    _order = "month desc, partner_id, user_id"
    _rec_name = "partner_id"
    _depends = {
        "crm.interaction": ["active", "company_id", "commercial_partner_id", "user_id", "month", "duration"],
        "account.analytic.line": ["company_id", "partner_id", "user_id", "date", "unit_amount"],
        "res.company": ["interaction_contact_share", "interaction_timesheets"],
        "res.partner": ["commercial_partner_id"],
    }

    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Client", readonly=True)
    user_id = fields.Many2one("res.users", string="Responsible", readonly=True)
    month = fields.Date(readonly=True)
    month_name = fields.Char("In Month", compute="_compute_month_name")
    contact_hours = fields.Float(readonly=True, help="Time spent on contacts with the client.")
    work_hours = fields.Float(
        "Timesheet Hours", readonly=True, help="Hours on the client's projects in the timesheets."
    )
    all_hours = fields.Float(
        readonly=True,
        help="Timesheet hours; contact hours are added where Settings say that timesheets do not hold them.",
    )
    contact_share = fields.Float(
        "Share of Contact",
        compute="_compute_contact_share",
        aggregator="avg",
        help="Contact hours, divided by all hours. There is none without hours in the timesheets.",
    )
    reference = fields.Float(
        readonly=True,
        aggregator="avg",
        help="The share of contact that is expected, see Settings; the authors of the classification saw 25 %.",
    )
    cost = fields.Monetary(
        "Cost of Contact",
        readonly=True,
        groups="crm_outsourcing_interactions.group_manager",
        help="Contact hours at the present hourly cost of the responsible's employee. "
        "Hours of those who have none are left out.",
    )

    @property
    def _table_query(self):
        has_costs = self._has_costs()
        contacts = SQL(SUMS if self.env.context.get(OF_SUMS) else CONTACTS)
        return SQL(
            HOURS,
            sources=SQL(BOTH, contacts) if self._has_timesheets() else contacts,
            has_timesheets=self._has_timesheets(),
            employee=SQL(EMPLOYEE if has_costs else ""),
            rate=SQL(RATE if has_costs else "NULL::numeric"),
        )

    @api.model
    def _has_timesheets(self):
        """Say whether Odoo's timesheets are installed; the addon does not depend on them."""
        return {"project_id", "employee_id"} <= self.env["account.analytic.line"]._fields.keys()

    @api.model
    def _has_costs(self):
        return "hr.employee" in self.env and "hourly_cost" in self.env["hr.employee"]._fields

    @api.depends("month")
    @api.depends_context("lang")
    def _compute_month_name(self):
        for hours in self:
            hours.month_name = format_date(self.env, hours.month, date_format="LLLL y") if hours.month else ""

    @api.depends("contact_hours", "all_hours", "work_hours")
    def _compute_contact_share(self):
        for hours in self:
            is_known = hours.work_hours and hours.all_hours
            hours.contact_share = hours.contact_hours / hours.all_hours if is_known else False

    @api.model
    def _read_group(self, domain, groupby=(), aggregates=(), having=(), offset=0, limit=None, order=None):
        model = self._of_sums(domain, groupby, aggregates_of(aggregates, order, having, groupby))
        return super(CrmInteractionHours, model)._read_group(domain, groupby, aggregates, having, offset, limit, order)

    @api.model
    def _read_grouping_sets(self, domain, grouping_sets, aggregates=(), order=None):
        specs = [spec for groupby in grouping_sets for spec in groupby]
        model = self._of_sums(domain, specs, aggregates_of(aggregates, order, (), specs))
        return super(CrmInteractionHours, model)._read_grouping_sets(domain, grouping_sets, aggregates, order)

    @api.model
    def _of_sums(self, domain, specs, aggregates):
        """Return the model as the monthly sums have it, where nothing asks for an id."""
        asked = {condition.field_expr for condition in conditions_of(self, domain)}
        asked |= field_names([*specs, *aggregates])
        return self if "id" in asked or self.env.context.get(STANDARD) else self.with_context(**{OF_SUMS: True})

    def _read_group_select(self, aggregate_spec, query):
        if aggregate_spec != "contact_share:avg":
            return super()._read_group_select(aggregate_spec, query)
        contact, everything, work = (
            self._field_to_sql(self._table, name, query) for name in ("contact_hours", "all_hours", "work_hours")
        )
        return SQL(
            "CASE WHEN SUM(%s) > 0 THEN COALESCE(SUM(%s), 0) / NULLIF(SUM(%s), 0) END", work, contact, everything
        )

    @api.model
    @api.readonly
    def notice(self):
        """Return what the reader should know of what is missing, in plain words; empty when nothing is."""
        if not self._has_timesheets():
            return self.env._(
                "Odoo's timesheets (module hr_timesheet) are not installed: there are contact hours only, "
                "neither all hours nor a share of contact nor its cost."
            )
        # sudo: whether there is any hourly cost is no secret, the cost itself is
        if not self.env["hr.employee"].sudo().search_count([("hourly_cost", ">", 0)], limit=1):
            return self.env._("No employee has an hourly cost yet: there is no cost of contact.")
        return ""

    def action_view_interactions(self):
        """Open the contacts of that client, month and responsible."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("crm_outsourcing_interactions.crm_interaction_action")
        domain = [
            ("commercial_partner_id", "=", self.partner_id.id),
            ("user_id", "=", self.user_id.id),
            ("month", "=", self.month),
            ("company_id", "=", self.company_id.id),
        ]
        return {**action, "domain": domain, "context": {}}
