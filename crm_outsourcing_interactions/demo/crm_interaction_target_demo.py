from odoo import Command, api, fields, models
from odoo.tools import date_utils

from ..models.targets import targets
from .crm_interaction_demo import MODULE

IN_USE = {
    "improvement_ratio": {"minimum_sample": 10, "low": 0.06, "tolerance": 0.03},
    "additional_ratio": {"minimum_sample": 10, "low": 0.6, "tolerance": 0.1},
    "organisational_share": {"minimum_sample": 10, "high": 0.12, "tolerance": 0.03},
    "outgoing_requests": {"window_months": 3, "high": 1.5, "tolerance": 0.5},
    "feedback_interval": {"high": 60, "tolerance": 14},
    "interactions_month": {"high": 18, "tolerance": 3},
}
"""Predefined targets that the demo firm uses, with its own limits."""
AGREED = {
    "name": (
        "Improvements / base, as agreed with Sail Logistics",
        "Улучшения / база, по договорённости с ООО «Парус Логистика»",
    ),
    "client": "parus",
    "values": {
        "measure": "improvement_ratio",
        "bound": "range",
        "low": 0.2,
        "high": 0.4,
        "tolerance": 0.05,
        "minimum_sample": 10,
    },
}
"""Target agreed with one client, which expects far more interactions about improvements."""
MONTHS = 13


class CrmInteraction(models.Model):
    """Create demo data: the firm's targets, one of them agreed with a client, and their indicators."""

    _inherit = "crm.interaction"

    @api.model
    def _demo_generate(self):
        res = super()._demo_generate()
        self._demo_targets()
        self.env["crm.interaction.matter"]._find_asked_again()
        this_month = targets.first_of(fields.Date.today())
        all_targets = self.env["crm.interaction.target"].search(fields.Domain.TRUE)
        all_targets._by_code().evaluated_since = this_month  # not a first refresh: breaches open activities
        self.env["crm.interaction.indicator"]._refresh(self.env.company, targets.months_back(this_month, MONTHS))
        self._demo_actions()
        self.env["crm.interaction.client"]._refresh(self.env.company)
        return res

    @api.model
    def _demo_actions(self):
        """Take a corrective action for the client with an agreement, two months ago."""
        target = self._demo_ref("target_agreed")
        indicator = self.env["crm.interaction.indicator"].search([("target_id", "=", target.id)], limit=1)
        action = target.corrective_action_ids[:1]
        taken = (
            self.env["crm.interaction.taken.action"]
            .with_user(self._demo_ref("auditor"))
            .create({"indicator_id": indicator.id, "corrective_action_id": action.id})
        )
        taken.sudo().date = date_utils.subtract(self.env.company._interaction_today(), months=2)

    @api.model
    def _demo_targets(self):
        auditor = self._demo_ref("auditor")
        for name, values in IN_USE.items():
            target = self.env.ref(f"{MODULE}.target_{name}", raise_if_not_found=False)
            if target:
                target.write({"active": True, "user_id": auditor.id, "company_id": self.env.company.id, **values})
        corrective_actions = self.env.ref(f"{MODULE}.corrective_action_feedback") | self.env.ref(
            f"{MODULE}.corrective_action_quality"
        )
        agreed = {
            "name": self._demo_text(AGREED["name"]),
            "partner_id": self._demo_ref(AGREED["client"]).id,
            "user_id": auditor.id,
            "corrective_action_ids": [Command.set(corrective_actions.ids)],
        }
        self._demo_load("crm.interaction.target", target_agreed={**AGREED["values"], **agreed})
