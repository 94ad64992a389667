from odoo import api, fields, models
from odoo.fields import Domain

from ..events.actions import addon_action
from . import targets
from .answer_counts import COUNTED
from .breach_evidence import BreachEvidence
from .target_counts import ANSWERS, CONFIRMED, is_of_feedback

GROUPED_BY = {"open_share": "channel", "type_count": "client"}
"""Filter by which the evidence of a measure is grouped; by kind for others."""


class CrmInteractionIndicator(models.Model):
    """Open the interactions from which an indicator was computed."""

    _inherit = "crm.interaction.indicator"

    evidence = fields.Html(
        compute="_compute_evidence",
        sanitize=False,
        help="Most frequent types and documents of the interactions that you may see.",
    )

    @api.depends("month", "partner_id", "target_id")
    @api.depends_context("uid", "lang")
    def _compute_evidence(self):
        for company, indicators in self.grouped("company_id").items():
            evidence = BreachEvidence(self.env["crm.interaction"], company, indicators)
            for indicator in indicators:
                values = {
                    "types": evidence.top_types(indicator),
                    "documents": evidence.documents(indicator) if indicator.partner_id else [],
                }
                indicator.evidence = self.env["ir.qweb"]._render(
                    "crm_outsourcing_interactions.indicator_evidence", values
                )

    def action_view_evidence(self):
        """Open the interactions, or matters, of the indicator's client, window and measure that the reader may see."""
        self.ensure_one()
        named = dict.fromkeys(("name", "display_name"), self._evidence_name())
        if self.measure in targets.ANSWERS:
            action = addon_action(self.env, "crm_interaction_matter_action_answers")
            views = [(view_id, mode) for view_id, mode in action["views"] if mode in ("list", "form")]
            return {
                **action,
                **named,
                "views": views,
                "domain": list(self._matters_domain()),
                "context": self._figure_context(),
            }
        action = addon_action(self.env, "crm_interaction_action_evidence")
        group = False if self.measure == targets.INTERVAL else GROUPED_BY.get(self.measure, "kind")
        return {
            **action,
            **named,
            "domain": list(self._evidence_domain()),
            "context": {**({f"search_default_group_{group}": 1} if group else {}), **self._figure_context()},
        }

    def _figure_context(self):
        """Return the context in which *Set Client Target* begins with the indicator's target; none for the firm."""
        about = self._client_target_values()
        figure = {"client_id": about.pop("partner_id"), **about}
        return {"interaction_figure": figure} if self.partner_id else {}

    def _evidence_name(self):
        """Return the name of the list behind the value: target, client and months."""
        return ", ".join(filter(None, (self.display_name, self.window_text)))

    def action_view_target(self):
        """Open the target."""
        self.ensure_one()
        action = addon_action(self.env, "crm_interaction_target_action")
        return {**action, "views": [(False, "form")], "res_id": self.target_id.id}

    def action_set_client_target(self):
        """Open the client's own target of this measure, or a new one that begins with the firm's limits."""
        self.ensure_one()
        return self.target_id._action_set_client(self._client_target_values())

    def _client_target_values(self):
        """Return client, measure, kind, type and company of the client's own target of this measure."""
        target = self.target_id
        values = {"measure": target.measure, "partner_id": self.partner_id.id}
        return values | {name: target[name].id for name in ("kind_id", "type_id", "company_id")}

    def _evidence_domain(self):
        """Return the domain of the interactions that enter the value."""
        domain = Domain("company_id", "=", self.company_id.id) & self._window_domain() & self._measure_domain()
        return domain & Domain("commercial_partner_id", "=", self.partner_id.id) if self.partner_id else domain

    def _matters_domain(self):
        """Return the domain of the matters that enter the value."""
        domain = Domain(COUNTED) & Domain("company_id", "=", self.company_id.id) & self._window_domain()
        if self.partner_id:
            domain &= Domain("commercial_partner_id", "=", self.partner_id.id)
        if self.measure == "in_time":
            return domain & Domain("our_state", "in", ["in_time", "late"])
        return domain & Domain("our_asked_on", "!=", False) if self.measure == "median_hours" else domain

    def _window_domain(self):
        last = targets.months_back(self.month, 1)[0]
        until = Domain("month", "<=", last)
        if self.measure == targets.INTERVAL:
            return until
        return until & Domain(
            "month", ">=", targets.months_back(last, self.window_months or self.target_id.window_months)[-1]
        )

    def _measure_domain(self):
        if is_of_feedback(self.target_id):
            return ANSWERS
        if self.measure in targets.TYPE_MEASURES:
            return Domain("type_id", "child_of", self.target_id.type_id.id) & Domain([CONFIRMED])
        if self.measure == "open_share":
            return Domain("state", "=", "to_review") | Domain("type_id", "=", False)
        if self.measure == "interactions_month":
            return Domain("split_from_id", "=", False)
        return Domain.TRUE
