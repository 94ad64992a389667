from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.misc import format_date

from ..events.actions import addon_action
from ..matters.crm_interaction_matter_complaint import OPEN_COMPLAINTS
from . import targets
from .target_counts import MONTH

SPARKLINE_MONTHS = 12


class ResPartner(models.Model):
    """Show indicators, a sparkline of interactions and open complaints on the client's form.

    The figures are computed when a form is opened, never stored, in a fixed number of grouped queries, and respect the
    reader's rights. A complaint is open until the client's word closes it.
    """

    _inherit = "res.partner"

    interaction_indicator_ids = fields.Many2many(
        "crm.interaction.indicator",
        string="Indicators of the Client",
        compute="_compute_interaction_panel",
        groups="crm_outsourcing_interactions.group_user",
    )
    interaction_breach_count = fields.Integer(
        "Off Target",
        compute="_compute_interaction_panel",
        groups="crm_outsourcing_interactions.group_user",
    )
    interaction_sparkline = fields.Json(
        "Interactions in 12 Months",
        compute="_compute_interaction_panel",
        groups="crm_outsourcing_interactions.group_user",
    )
    interaction_month_count = fields.Integer(
        "Interactions This Month",
        compute="_compute_interaction_panel",
        groups="crm_outsourcing_interactions.group_user",
    )
    interaction_open_complaints = fields.Integer(
        "Open Complaints",
        compute="_compute_interaction_panel",
        groups="crm_outsourcing_interactions.group_user",
        help="Complaints that the client has not yet confirmed as settled.",
    )

    @api.depends_context("uid", "allowed_company_ids", "lang")
    def _compute_interaction_panel(self):
        months = targets.months_back(targets.first_of(self.env.company._interaction_today()), SPARKLINE_MONTHS)
        indicators = self._latest_indicators(months[0])
        contacts = self._contacts_by_month(months)
        taken = self._taken_by_month(months)
        complaints = self._open_complaints()
        for partner in self:
            id_ = partner._origin.id
            own = indicators.filtered(lambda i, id_=id_: i.partner_id.id == id_)
            partner.interaction_indicator_ids = own
            partner.interaction_breach_count = len(own.filtered(lambda i: i.zone == "red"))
            partner.interaction_sparkline = partner._prepare_sparkline(months, contacts, taken)
            partner.interaction_month_count = contacts.get((id_, months[0]), 0)
            partner.interaction_open_complaints = complaints.get(id_, 0)

    def _prepare_sparkline(self, months, contacts, taken):
        """Return ``[{"label": month, "n": interactions, "marks": corrective actions}, …]``, the oldest month first."""
        return [
            {
                "label": format_date(self.env, month, date_format="LLLL y"),
                "n": contacts.get((self._origin.id, month), 0),
                "marks": [one._mark() for one in taken.get((self._origin.id, month), ())],
            }
            for month in reversed(months)
        ]

    def _latest_indicators(self, this_month):
        """Return one indicator per client and target: of this month, or of the last one while this has no data.

        Before and after the contract there is none.
        """
        last_month = targets.months_back(this_month, 2)[-1]
        under_contract = self._origin.filtered_domain(
            self._interaction_under_contract(self.env.company._interaction_today())
        )
        found = self.env["crm.interaction.indicator"].search_fetch(
            [("partner_id", "in", under_contract.ids), ("month", "in", (this_month, last_month))]
        )
        latest = {}
        for indicator in found:  # this month first
            chosen = latest.setdefault(indicator._subject_key(), indicator)
            if chosen.zone == "none" != indicator.zone:
                latest[indicator._subject_key()] = indicator
        return found.browse([i.id for i in latest.values() if i.month == this_month or i.zone != "none"]).sorted(
            lambda i: (i.target_id.sequence, i.target_id.id)
        )

    def _contacts_by_month(self, months):
        rows = self.env["crm.interaction"]._read_group(
            [
                ("commercial_partner_id", "in", self._origin.ids),
                ("month", ">=", months[-1]),
            ],
            ["commercial_partner_id", MONTH],
            ["interaction_count:sum"],
        )
        return {(client.id, month): n for client, month, n in rows}

    def _taken_by_month(self, months):
        """Return the corrective actions taken: ``{(client id, month): actions}``."""
        domain = [("partner_id", "in", self._origin.ids), ("date", ">=", months[-1])]
        taken = self.env["crm.interaction.taken.action"].search_fetch(domain, order="date, id")
        return taken.grouped(lambda one: (one.partner_id.id, targets.first_of(one.date)))

    def _open_complaints(self):
        """Return the number of open complaints by client: ``{client id: n}``."""
        of_clients = Domain("commercial_partner_id", "in", self._origin.ids) & Domain("from_history", "=", False)
        rows = self.env["crm.interaction.matter"]._read_group(
            OPEN_COMPLAINTS & of_clients, ["commercial_partner_id"], ["__count"]
        )
        return {client.id: n for client, n in rows}

    def action_view_open_complaints(self):
        """Open the list of this client's complaints, filtered by those that ``interaction_open_complaints`` counts."""
        self.ensure_one()
        action = addon_action(self.env, "crm_interaction_complaint_action")
        domain = [("is_complaint", "=", True), ("from_history", "=", False), ("commercial_partner_id", "=", self.id)]
        return {**action, "domain": domain, "context": {"search_default_not_closed": 1}}

    def action_view_indicators(self):
        """Open the indicators that the panel shows, filtered by those off target if there are any."""
        self.ensure_one()
        action = addon_action(self.env, "crm_interaction_indicator_action")
        domain, has_breach = [("id", "in", self.interaction_indicator_ids.ids)], self.interaction_breach_count > 0
        return {**action, "domain": domain, "context": {"search_default_breached": int(has_breach)}}

    def action_set_client_target(self):
        """Open a new target of this client, whose measure is still to be chosen.

        :raises AccessError: when the user may not set targets.
        """
        self.ensure_one()
        targets = self.env["crm.interaction.target"]
        targets.check_access("create")
        return targets._action_set_client({"partner_id": self.id, "company_id": self.env.company.id, "measure": False})
