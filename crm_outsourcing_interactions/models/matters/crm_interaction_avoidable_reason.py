from odoo import api, fields, models
from odoo.exceptions import UserError

from ..events.crm_interaction_ranges_mixin import SEQUENCES
from ..events.settled_cache import settled_cache
from .turns import ASKED_AGAIN, REMINDER, REOPENED

RULES = [
    (REMINDER, "Written again before the answer"),
    (REOPENED, "Asked again within 14 days after closing"),
    (ASKED_AGAIN, "Second request within three working days"),
]


class CrmInteractionAvoidableReason(models.Model):
    """Store why interactions are avoidable, e.g. *Reminder*.

    Interactions get a reason with a rule automatically, see ``crm_interaction_matter_avoidable.py``; archiving the
    reason switches its rule off. The others are a person's choice. The seeds are the firm's to change.
    """

    _name = "crm.interaction.avoidable.reason"
    _inherit = ["crm.interaction.cached.mixin", "crm.interaction.in.use.mixin", "crm.interaction.ranges.mixin"]
    _description = "Reason for Avoidable Interactions"
    _order = "sequence, id"
    _ranges = {"sequence": SEQUENCES}

    name = fields.Char(required=True, translate=True)
    description = fields.Text(
        translate=True, help="When an interaction is avoidable for this reason, e.g. “We had the document already”."
    )
    rule = fields.Selection(
        RULES,
        "Set Automatically",
        readonly=True,
        copy=False,
        help="Rule by which interactions get this reason without a person. Archive the reason to switch the rule off.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _name_unique = models.UniqueIndex(
        "((name ->> 'en_US'))", "There is already a reason with this name. Use or rename it."
    )
    _rule_unique = models.UniqueIndex(
        "(rule) WHERE rule IS NOT NULL", "Another reason already has this rule. Choose a different one."
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_rule(self):
        if self.filtered("rule"):
            raise UserError(self.env._("A reason with a rule cannot be deleted. Archive it to switch the rule off."))

    @api.model
    @settled_cache()
    def _by_rule(self):
        """Return ``{rule: id}`` of the active reasons with a rule (cached)."""
        # sudo: the poster may be a portal user
        return {reason.rule: reason.id for reason in self.sudo().search([("rule", "!=", False)])}
