from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..events.actions import addon_action
from ..events.local_time import local_day
from ..targets import targets
from ..targets.target_counts import ANSWERS
from .client_counts import BARS, COMPLAINTS, LIVE, WINDOW

ACTIONS = {
    "open_complaints": "crm_interaction_complaint_action",
    "targets_off": "crm_interaction_indicator_action",
    "oldest_unanswered": "crm_interaction_matter_action",
    "waiting_us": "crm_interaction_matter_action",
    "waiting_client": "crm_interaction_matter_action",
    "contact_hours": "crm_interaction_hours_action",
}
"""Figure → action with its evidence; interactions for others."""
MONTHS = {
    "months": BARS,
    **dict.fromkeys(("interaction_count", "kinds", "improvement_ratio", "additional_ratio", "open_share"), WINDOW),
    "contact_hours": WINDOW,
}
"""Figure → number of months that it covers."""


class CrmInteractionClient(models.Model):
    """Open the records behind a figure, and what is to be done with a client."""

    _inherit = "crm.interaction.client"

    def view_evidence(self, figure):
        """Open the interactions, matters, indicators or hours behind one figure of one client.

        :param str figure: name of a field, of a measure, or *months*, *kinds*.
        :raises UserError: when there is no such figure.
        """
        self.ensure_one().check_access("read")
        if indicator := self._indicator_of(figure):
            return indicator.action_view_evidence()
        domains = self._evidence_domains()
        if figure not in domains:
            raise UserError(self.env._("There is nothing to show for this figure."))
        domain, context = domains[figure]
        action = addon_action(self.env, ACTIONS.get(figure, "crm_interaction_action_evidence"))
        about, periods = self.partner_id.name, self._evidence_periods(figure)
        domain = list(Domain(domain) & self._own_domain(figure))
        name = ", ".join([about, *periods]) if periods else f"{action['name']}: {about}"  # a longer one would be cut
        return {**action, "name": name, "display_name": name, "domain": domain, "context": context}

    def _evidence_periods(self, figure):
        """Return the months of a figure as texts, e.g. *Sep–Nov 2026*, so that the list behind it names them."""
        change = (self.figures or {}).get("change", {})
        if figure == "change" and change.get("last"):
            last, first = (fields.Date.to_date(change[name]) for name in ("last", "first"))
            number = (last.year - first.year) * 12 + last.month - first.month + 1
            return [self._period_text(month, number) for month in (last, last - relativedelta(years=1))]
        number = MONTHS.get(figure)
        return [self._period_text(self._last_months(number)[0], number)] if number else []

    def _period_text(self, month, number):
        indicators = self.env["crm.interaction.indicator"]
        return indicators.new({"month": month, "window_months": number})._window_text()

    def _indicator_of(self, figure):
        measured = (self.figures or {}).get("measured", {})
        indicators = self.env["crm.interaction.indicator"]
        return indicators.search([("id", "=", measured.get(figure, {}).get("indicator"))])

    def _own_domain(self, figure):
        is_partner = figure in ("targets_off", "contact_hours")
        client = "partner_id" if is_partner else "commercial_partner_id"
        return Domain(client, "=", self.partner_id.id) & Domain("company_id", "=", self.company_id.id)

    def _evidence_domains(self):
        """Return ``{figure: (domain, context)}`` of the evidence of one client."""
        by_kind, by_month = {"search_default_group_kind": 1}, {"search_default_group_month": 1}
        window = self._months(WINDOW)
        to_review = Domain("state", "=", "to_review") | Domain("type_id", "=", False)
        first = Domain("split_from_id", "=", False)
        return {
            "open_complaints": (COMPLAINTS, {}),
            "targets_off": (Domain("id", "in", (self.figures or {}).get("off", [])), {}),
            "oldest_unanswered": (LIVE & Domain("waiting", "=", "us"), {}),
            "waiting_us": (LIVE & Domain("waiting", "=", "us"), {}),
            "waiting_client": (LIVE & Domain("waiting", "=", "client"), {}),
            "contact_hours": (window, {}),
            "months": (self._months(BARS) & first, {**by_month, **self._figure("interactions_month", BARS)}),
            "interaction_count": (window & first, {**by_month, **self._figure("interactions_month")}),
            "kinds": (window, {**by_kind, **self._figure("kind_share")}),
            "improvement_ratio": (window, {**by_kind, **self._figure("improvement_ratio")}),
            "additional_ratio": (window, {**by_kind, **self._figure("additional_ratio")}),
            "open_share": (window & to_review, self._figure("open_share")),
            "last_answer": (ANSWERS, self._feedback_figure()),
            "change": self._change_evidence(by_month),
        }

    def _figure(self, measure, months=WINDOW, **about):
        """Return the context in which *Set Client Target* begins with a measure."""
        client, company = self.partner_id.id, self.company_id.id
        figure = {"client_id": client, "company_id": company, "measure": measure, "months": months, **about}
        return {"interaction_figure": figure}

    def _feedback_figure(self):
        asked = self.env["crm.interaction.type"]._of_role("feedback")
        return self._figure(targets.INTERVAL, None, type_id=asked.id) if asked else {}

    def _months(self, number):
        """Return the domain of the last ``number`` months as of the refresh."""
        return Domain("month", "in", self._last_months(number))

    def _last_months(self, number):
        """Return the first days of the last ``number`` months as of the refresh, the one then running first."""
        day = local_day(self.refreshed_on or self.env.cr.now(), self.company_id._interaction_zone())
        return targets.months_back(targets.first_of(day), number)

    def _change_evidence(self, context):
        change = (self.figures or {}).get("change", {})
        last, year = change.get("last"), change.get("first")
        if not last:
            return Domain.FALSE, context
        now = Domain("month", ">=", year) & Domain("month", "<=", last)
        before = Domain("month", ">=", _year_before(year)) & Domain("month", "<=", _year_before(last))
        of_kind = Domain("kind_id", "=", change["kind"] or False) if change["code"] == "kind" else Domain.TRUE
        first = Domain("split_from_id", "=", False) if change["code"] == "all" else Domain.TRUE
        return (now | before) & of_kind & first, {**context, **self._change_figure(change)}

    def _change_figure(self, change):
        if change["code"] != "kind":
            return self._figure("interactions_month")
        kind = change["kind"]
        return self._figure("kind_share", kind_id=kind) if kind else self._figure("open_share")

    # --- what to do -------------------------------------------------------------------

    def action_open(self):
        """Open the form of the client, which begins with what is agreed and measured."""
        self.ensure_one()
        form = self.env.ref("crm_outsourcing_interactions.res_partner_view_form_client")
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": self.partner_id.id,
            "views": [(form.id, "form")],
        }

    def action_log(self):
        """Open the card to log an interaction with the client."""
        self.ensure_one().check_access("read")
        return self.env["crm.interaction"].action_quick_log("res.partner", self.partner_id.id)

    def action_plan_feedback(self):
        """Plan to ask these clients for feedback, where it is time."""
        self.check_access("read")
        return self.partner_id.action_plan_feedback()

    def action_report(self):
        """Print the Client Report of these clients."""
        self.check_access("read")
        return self.env.ref("crm_outsourcing_interactions.report_client").report_action(self.partner_id)

    def action_act(self):
        """Open the dialog to act on the only target that is off, or the list of several."""
        self.ensure_one().check_access("read")
        this_month = targets.first_of(self.company_id._interaction_today())
        latest = self.partner_id.with_company(self.company_id)._latest_indicators(this_month)
        off = latest.filtered(lambda i: i.zone == "red" and i.company_id == self.company_id)
        if not off:
            raise UserError(self.env._("All targets of this client are met."))
        if len(off) == 1:
            action = addon_action(self.env, "crm_interaction_taken_action_action_act")
            return {**action, "context": {"default_indicator_id": off.id}}
        action = addon_action(self.env, "crm_interaction_indicator_action")
        return {**action, "domain": [("id", "in", off.ids)], "context": {}}

    def action_set_target(self):
        """Open a new target of the client."""
        self.ensure_one()
        return self.partner_id.with_company(self.company_id).action_set_client_target()


def _year_before(month):
    """Return the same month a year before, as ISO text.

    >>> _year_before("2026-10-01")
    '2025-10-01'
    """
    return f"{int(month[:4]) - 1}{month[4:]}"
