from odoo import api, fields, models
from odoo.tools import SQL, format_date

ROWS = """
    WITH access AS (
        SELECT a.partner_id, a.company_id, MIN(a.date) AS date,
               CASE WHEN bool_and(a.until IS NOT NULL) THEN MAX(a.until) END AS until
          FROM (SELECT partner_id, company_id, create_date AS date, CASE WHEN NOT active THEN write_date END AS until
                  FROM res_users WHERE share
                UNION ALL SELECT partner_id, company_id, create_date, NULL FROM crm_interaction_portal_link) a
         GROUP BY a.partner_id, a.company_id),
    dated AS (
        SELECT a.partner_id, a.company_id, a.date, p.commercial_partner_id AS client_id, c.interaction_client_from,
               c.interaction_client_until, LEAST(
                   a.until, CASE WHEN NOT p.active THEN p.write_date END, CASE WHEN NOT c.active THEN c.write_date END
               ) AS until
          FROM access a
          JOIN res_partner p ON p.id = a.partner_id
          JOIN res_partner c ON c.id = p.commercial_partner_id
               AND (c.is_outsourcing_client OR c.interaction_own_accountant_id IS NOT NULL)),
    invited AS (
        SELECT a.partner_id, a.company_id, a.client_id, m.month::date
          FROM dated a
          CROSS JOIN LATERAL generate_series(
              GREATEST(%(a_month)s, date_trunc('month', a.interaction_client_from)),
              LEAST(%(this_month)s, date_trunc('month', a.interaction_client_until), %(u_month)s),
              '1 month') AS m(month)),
    handed AS (
        (SELECT DISTINCT ON (i.id)
                h.partner_id, h.company_id, h.commercial_partner_id AS client_id, %(h_month)s AS month, h.how,
                i.id AS item_id
           FROM crm_interaction_request_handover h
           JOIN crm_interaction_request_handover_item_rel r ON r.handover_id = h.id
           JOIN crm_interaction_matter_item i ON i.id = r.item_id AND i.not_applicable_reason IS NULL
          ORDER BY i.id, h.date, h.id)
        UNION ALL
        SELECT i.partner_id, i.company_id, i.commercial_partner_id, %(i_month)s, 'staff', i.id
          FROM crm_interaction_matter_item i
         WHERE i.state = 'accepted' AND i.handed_over_on IS NULL AND i.accepted_on IS NOT NULL),
    acts AS (
        SELECT h.partner_id, h.company_id, h.commercial_partner_id AS client_id, %(h_month)s AS month
          FROM crm_interaction_request_handover h
         WHERE h.how IN ('login', 'link')
        UNION ALL
        SELECT c.partner_id, c.company_id, c.commercial_partner_id, %(c_month)s
          FROM crm_interaction_portal_complaint c
        UNION ALL
        SELECT r.partner_id, COALESCE(p.company_id, u.company_id), p.commercial_partner_id, %(r_month)s
          FROM rating_rating r
          JOIN res_partner p ON p.id = r.partner_id
          JOIN LATERAL (SELECT company_id FROM res_users WHERE partner_id = p.id ORDER BY id LIMIT 1) u ON TRUE
         WHERE r.interaction_slot IS NOT NULL),
    found AS (
        SELECT partner_id, company_id, client_id, month, TRUE AS invited, FALSE AS active, NULL AS how,
               NULL::int AS item_id
          FROM invited
        UNION ALL SELECT partner_id, company_id, client_id, month, FALSE, TRUE, NULL, NULL FROM acts
        UNION ALL SELECT partner_id, company_id, client_id, month, FALSE, FALSE, how, item_id FROM handed),
    rows AS (
        SELECT partner_id, company_id, client_id, month,
               (bool_or(invited) OR bool_or(active))::int AS invited_count,
               bool_or(active)::int AS active_count,
               COUNT(DISTINCT item_id) AS item_count,
               COUNT(DISTINCT item_id) FILTER (WHERE how IN ('login', 'link')) AS account_item_count
          FROM found GROUP BY partner_id, company_id, client_id, month)
    SELECT row_number() OVER (ORDER BY month, company_id, client_id, partner_id) AS id,
           partner_id, company_id, client_id AS commercial_partner_id, month,
           invited_count, active_count, item_count, account_item_count
      FROM rows
"""
PEOPLE = ("invited_count:sum", "active_count:sum")
"""Measures of people: each counts once a month, in however many companies."""
RATIOS = {
    "active_share:avg": ("active_count", "invited_count"),
    "account_share:avg": ("account_item_count", "item_count"),
}
"""Measure → the counts that it divides after aggregation."""


class CrmInteractionPortalUse(models.Model):
    """Query who at the clients could use the personal account, who did, and how documents came, by person and month.

    *Invited* is who had a login or a link in that month. Who is archived, or whose client or login is, counts until the
    month of the last change of that record; what happened before stays. A person counts for the present client; what
    was handed over, for the client it was asked of.

    *Active* is who handed something over, rated or complained there: all of it is known for each month, while of logins
    only the last one is. An item counts once, by its first hand-over: its month, person and way. What the client
    calls not applicable was not handed over. An item accepted without a hand-over, e.g. from paper, came otherwise.
    """

    _name = "crm.interaction.portal.use"
    _inherit = ["crm.interaction.group.order", "crm.interaction.group.format"]
    _description = "Use of the Personal Account"
    _auto = False
    _order = "month desc, commercial_partner_id, id"
    _rec_name = "partner_id"
    _depends = {
        "crm.interaction.matter.item": [
            "accepted_on", "commercial_partner_id", "company_id", "handed_over_on", "not_applicable_reason",
            "partner_id", "state",
        ],
        "crm.interaction.portal.complaint": ["commercial_partner_id", "company_id", "partner_id"],
        "crm.interaction.portal.link": ["company_id", "partner_id"],
        "crm.interaction.request.handover": [
            "commercial_partner_id", "company_id", "date", "how", "item_ids", "partner_id",
        ],
        "rating.rating": ["interaction_slot", "partner_id"],
        "res.partner": [
            "active", "commercial_partner_id", "company_id", "interaction_client_from", "interaction_client_until",
            "interaction_own_accountant_id", "is_outsourcing_client", "write_date",
        ],
        "res.users": ["active", "company_id", "partner_id", "share", "write_date"],
    }  # fmt: skip

    partner_id = fields.Many2one("res.partner", "Contact", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    commercial_partner_id = fields.Many2one("res.partner", "Client", readonly=True)
    month = fields.Date(readonly=True)
    month_name = fields.Char("In Month", compute="_compute_month_name")
    invited_count = fields.Integer(
        "People Invited", readonly=True,
        help="People with a login or a link to the personal account in that month. A person of several companies "
        "counts once, an archived one until the month of archiving.",
    )  # fmt: skip
    active_count = fields.Integer(
        "People Active", readonly=True, help="People who handed something over, rated or complained there that month."
    )
    active_share = fields.Float(
        "Share Active", compute="_compute_ratios", aggregator="avg",
        help="People active, divided by people invited; empty when nobody was invited.",
    )  # fmt: skip
    item_count = fields.Integer(
        "Items Handed Over", readonly=True,
        help="Items of request lists handed over in any way, also on paper: each once, in the month of its first "
        "hand-over, without those that the client calls not applicable.",
    )  # fmt: skip
    account_item_count = fields.Integer(
        "Through the Account", readonly=True,
        help="Items that were first handed over in the personal account or by its link.",
    )  # fmt: skip
    account_share = fields.Float(
        "Share Through the Account", compute="_compute_ratios", aggregator="avg",
        help="Items handed over through the account, divided by all handed over; empty when none were.",
    )  # fmt: skip

    @api.depends("month")
    @api.depends_context("lang")
    def _compute_month_name(self):
        for use in self:
            use.month_name = format_date(self.env, use.month, date_format="LLLL y")

    def _compute_ratios(self):
        """Leave the ratios of single rows empty; they exist in groups only."""
        self.active_share = self.account_share = False

    @property
    def _table_query(self):
        zone = self.env.company._interaction_zone()
        now = fields.Datetime.now()
        moments = {
            "a": "a.date",
            "u": "a.until",
            "h": "h.date",
            "i": "i.accepted_on",
            "c": "c.create_date",
            "r": "r.create_date",
        }
        months = {f"{name}_month": month_sql(SQL(moment), zone) for name, moment in moments.items()}
        return SQL(ROWS, this_month=month_sql(SQL("%s::timestamp", now), zone), **months)

    def _read_group_select(self, aggregate_spec, query):
        if aggregate_spec in PEOPLE:
            names = ("partner_id", "month", aggregate_spec.removesuffix(":sum"))
            person, month, flag = (self._field_to_sql(self._table, name, query) for name in names)
            return SQL("COUNT(DISTINCT (%s, %s)) FILTER (WHERE %s > 0)", person, month, flag)
        if aggregate_spec not in RATIOS:
            return super()._read_group_select(aggregate_spec, query)
        part, whole = (self._read_group_select(f"{name}:sum", query) for name in RATIOS[aggregate_spec])
        return SQL("(%s)::float / NULLIF(%s, 0)", part, whole)


def month_sql(moment, zone):
    """Return the SQL of the first day of the month of a moment (SQL, UTC) in a time zone (name)."""
    return SQL("date_trunc('month', %s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date", moment, zone)
