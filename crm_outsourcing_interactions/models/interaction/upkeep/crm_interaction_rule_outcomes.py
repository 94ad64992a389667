from odoo import models

from ...classification.classifier import failed_condition
from ...classification.crm_interaction_rule_steps import TRIED
from ...events.marks import marked
from .crm_interaction_rule_trial import CLICK_SECONDS

CONDITIONS = {
    "model_name": "res_model",
    "channel": "channel",
    "client_id": "commercial_partner_id",
}
"""Condition of a rule → field of interactions with the same value."""


class CrmInteractionRule(models.Model):
    """Try a rule, in use or not, on interactions that are logged already."""

    _inherit = "crm.interaction.rule"

    def action_try(self):
        """Count what this rule would have changed in the last 90 days; return the dialog with the numbers.

        :raises AccessError: when the user may not write rules.
        """
        self.ensure_one()
        self.check_access("write")
        trial = self.env["crm.interaction.rule.trial"].create({"rule_id": self.id})
        trial._run_for(CLICK_SECONDS)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Last 90 Days: %s", self.name),
            "res_model": trial._name,
            "res_id": trial.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _tried_domain(self, companies, since):
        """Return the domain of the interactions of ``companies`` since a day that may satisfy this rule."""
        domain = [("company_id", "in", companies.ids), ("date", ">=", since), ("event", "=", self.event)]
        if self.company_id:
            domain.append(("company_id", "=", self.company_id.id))
        for name, field in CONDITIONS.items():
            if self[name]:
                value = self.client_id.commercial_partner_id.id if name == "client_id" else self[name]
                domain.append((field, "=", value))
        return [*domain, ("split_from_id", "=", False), ("state", "!=", "ignored")]

    def _outcomes(self, interactions):
        """Return ``[(interaction, type id)]`` of the ``interactions`` (sudo) that this rule would decide.

        The rule is tried in its place among those in use; types given by documents come before any rule.
        """
        spec, specs = self._spec(), self._specs_with_this()
        pipeline = marked(interactions.env["crm.interaction.pipeline"], TRIED, specs)
        interactions.message_id.fetch(["subject", "body"])
        decided = []
        for interaction in interactions:
            if interaction._has_given_type():
                continue
            document = interaction._document_now()
            event = document and interaction._as_event(document)
            if not event or failed_condition(self._prepare_facts(event, event.company), spec):
                continue
            vals = pipeline._typed(event)
            if vals.get("rule_id") is not None and vals["rule_id"] == spec.id:
                decided.append((interaction, vals["type_id"]))
        return decided

    def _specs_with_this(self):
        """Return the rules in use (tuple of ``RuleSpec``) and this one, in order."""
        specs = {spec.id: spec for spec in self._specs()} | {self._origin.id or 0: self._spec()}
        # sudo: only the order of the rules
        places = {rule.id: rule.sequence for rule in self.sudo().browse(filter(None, specs))}
        places[self._origin.id or 0] = self.sequence
        return tuple(sorted(specs.values(), key=lambda spec: (places[spec.id], spec.id or float("inf"))))


class CrmInteraction(models.Model):
    """Choose the examples of a trial."""

    _inherit = "crm.interaction"

    def _is_readable_by(self, user):
        """Return whether ``user`` may read this interaction, its document and its message."""
        context = {"allowed_company_ids": user.company_ids.ids}
        seen = self.with_env(self.env(user=user.id, su=False, context=context))
        if not seen.has_access("read") or seen.is_document_hidden:
            return False
        return not seen.message_id or seen.message_id.has_access("read")
