from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..events.groups import USER
from ..matters.crm_interaction_matter import LIVE
from ..targets.answer_counts import COUNTED

MENU = "crm_outsourcing_interactions.menu_root"
ACTIONS = {
    "kpi_interaction_in_time": "crm_interaction_matter_action_answers",
    "kpi_interaction_open_matters": "crm_interaction_matter_action_open",
    "kpi_interaction_to_review": "crm_interaction_action_review_team",
    "kpi_interaction_targets_off": "crm_interaction_indicator_action_off",
}
"""Action that each figure of the digest opens; those of the moment open exactly what they count."""
NONE_DUE = -1.0
"""The percentage of answers in time where none was due."""
NOW = tuple(ACTIONS)[1:]
"""Figures of the moment: they have no earlier values to compare with."""


class DigestDigest(models.Model):
    """Add the week's figures to Odoo's digest: those of the digest's company, as far as each recipient may see them."""

    _inherit = "digest.digest"

    kpi_interaction_in_time = fields.Boolean("Answered in Time, %")
    kpi_interaction_in_time_value = fields.Float(
        compute="_compute_interaction_in_time", export_string_translation=False
    )
    kpi_interaction_open_matters = fields.Boolean("Open Matters")
    kpi_interaction_open_matters_value = fields.Integer(
        compute="_compute_interaction_open_matters", export_string_translation=False
    )
    kpi_interaction_to_review = fields.Boolean("Interactions to Review")
    kpi_interaction_to_review_value = fields.Integer(
        compute="_compute_interaction_to_review", export_string_translation=False
    )
    kpi_interaction_targets_off = fields.Boolean("Missed Targets This Month")
    kpi_interaction_targets_off_value = fields.Integer(
        compute="_compute_interaction_targets_off", export_string_translation=False
    )

    def _compute_interaction_in_time(self):
        self._check_interaction_user()
        start, end, _companies = self._get_kpi_compute_parameters()
        matters = self.env["crm.interaction.matter"]
        due = Domain(COUNTED) & matters._counted_between(start, end)
        for digest in self:
            domain = due & Domain("company_id", "=", digest._interaction_company().id)
            measures = ["our_due_count:sum", "our_in_time:avg"]
            [[due_count, share]] = matters._read_group(domain, [], measures)
            digest.kpi_interaction_in_time_value = round(100 * share, 1) if due_count else NONE_DUE

    def _compute_interaction_open_matters(self):
        waiting = LIVE & Domain("waiting", "!=", "nobody")
        self._count_interaction_records("crm.interaction.matter", "kpi_interaction_open_matters_value", waiting)

    def _compute_interaction_to_review(self):
        to_review = Domain("state", "=", "to_review")
        self._count_interaction_records("crm.interaction", "kpi_interaction_to_review_value", to_review)

    def _compute_interaction_targets_off(self):
        domain = Domain("zone", "=", "red") & Domain("month", "=", "today =1d")
        self._count_interaction_records("crm.interaction.indicator", "kpi_interaction_targets_off_value", domain)

    def _count_interaction_records(self, model, name, domain):
        """Set the field ``name`` to the number of records of each digest's company that the recipient may see."""
        self._check_interaction_user()
        for digest in self:
            own = Domain("company_id", "=", digest._interaction_company().id)
            digest[name] = self.env[model].search_count(own & domain)

    def _check_interaction_user(self):
        """Check that the recipient uses the addon; Odoo leaves the figure out otherwise.

        :raises AccessError: when the recipient does not.
        """
        if not self.env.user.has_group(USER):
            raise AccessError(self.env._("Only users of Client Interactions receive its figures."))

    def _interaction_company(self):
        return self.company_id or self.env.company

    def _compute_kpis(self, company, user):
        """Show figures of the moment once instead of once for each period, and a dash where no answer was due."""
        kpis = super()._compute_kpis(company, user)
        for kpi in kpis:
            if kpi["kpi_name"] in NOW:
                kpi |= {"kpi_col1": {**kpi["kpi_col1"], "margin": 0, "col_subtitle": self.env._("Now")}}
                kpi |= {"kpi_col2": {}, "kpi_col3": {}}
            for name in ("kpi_col1", "kpi_col2", "kpi_col3"):
                if kpi[name].get("value") == f"{NONE_DUE:.2f}":
                    kpi |= {name: {**kpi[name], "value": "–"}}
        return kpis

    def _get_margin_value(self, value, previous_value=0.0):
        return 0.0 if NONE_DUE in (value, previous_value) else super()._get_margin_value(value, previous_value)

    def _compute_kpis_actions(self, company, user):
        menu = self.env.ref(MENU).id
        ours = {name: f"crm_outsourcing_interactions.{action}?menu_id={menu}" for name, action in ACTIONS.items()}
        return super()._compute_kpis_actions(company, user) | ours
