from math import inf

from odoo import api, fields, models

from ...classification.classifier import OutOfTimeError, classify


class CrmInteractionRule(models.Model):
    """Add the interaction that a rule was created from, and the earlier rule that matches it."""

    _inherit = "crm.interaction.rule"

    interaction_id = fields.Many2one(
        "crm.interaction", "Made From", copy=False, ondelete="set null", index="btree_not_null"
    )
    preceding_rule_id = fields.Many2one(
        "crm.interaction.rule",
        "Earlier Rule",
        compute="_compute_preceding_rule_id",
        help="Earlier rule that also matches the interaction from which this rule was made.",
    )

    @api.model
    def _new_action(self, values):
        """Return the form of a new rule with ``values`` (dict), not in use until the user says so.

        :raises AccessError: when the user may not create rules.
        """
        self.check_access("create")
        defaults = {f"default_{name}": value for name, value in values.items() if value}
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Make Rule"),
            "res_model": self._name,
            "views": [(False, "form")],
            "context": {**defaults, "default_active": False},
        }

    def action_use(self):
        """Put the rules in use."""
        self.active = True

    def action_move_before(self):
        """Move this rule before the one that fits its message first."""
        for rule in self.filtered("preceding_rule_id"):
            rule.sequence = rule.preceding_rule_id.sequence - 1

    @api.depends("interaction_id", "event", "sequence", "is_fallback", "company_id")
    @api.depends_context("uid")
    def _compute_preceding_rule_id(self):
        for rule in self:
            interaction = rule.interaction_id._filtered_access("read")
            event = interaction._as_readable_event() if interaction else None
            rule.preceding_rule_id = rule._find_preceding(event) if event else False

    def _find_preceding(self, event):
        """Return the id of the first rule that fits ``event`` and is asked before this one, else ``False``."""
        specs = self._specs_before(event.company)
        event.code = self.event
        try:
            found = classify(self._prepare_facts(event, event.company), specs)
        except OutOfTimeError:
            found = None
        return found.id if found else False

    def _specs_before(self, company):
        """Return the rules (list of ``RuleSpec``) of the event that are asked before this one in ``company``."""
        id_ = self._origin.id
        typed = [s for s in self._specs() if s.event == self.event and s.type_id and s.id != id_]
        specs = [spec for spec in typed if spec.company_id in (0, company.id)]
        # sudo: only their order
        sequences = {rule.id: rule.sequence for rule in self.sudo().browse(spec.id for spec in specs)}
        place = (self.is_fallback, self.sequence, id_ or inf)
        return [spec for spec in specs if (spec.is_fallback, sequences[spec.id], spec.id) < place]
