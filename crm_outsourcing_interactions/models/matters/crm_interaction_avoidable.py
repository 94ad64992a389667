from odoo import api, fields, models
from odoo.exceptions import UserError


class CrmInteraction(models.Model):
    """Say why an interaction was avoidable: by one of three rules, or by a person's word, which is final."""

    _inherit = "crm.interaction"

    avoidable_reason_id = fields.Many2one(
        "crm.interaction.avoidable.reason",
        "Why Avoidable",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="Why this interaction was superfluous, e.g. “Reminder”. Empty: it was not.",
    )
    avoidable_decided_by_id = fields.Many2one(
        "res.users",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="User who decided whether the interaction was avoidable. Empty: the rules decided.",
    )
    avoidable_choice_id = fields.Many2one(
        "crm.interaction.avoidable.reason",
        "Avoidable Because",
        compute="_compute_avoidable_choice_id",
        inverse="_inverse_avoidable_choice_id",
        help="Choose why this interaction was superfluous, e.g. “Reminder”, or empty it: your choice is final.",
    )

    @api.depends("avoidable_reason_id")
    def _compute_avoidable_choice_id(self):
        for interaction in self:
            interaction.avoidable_choice_id = interaction.avoidable_reason_id

    def _inverse_avoidable_choice_id(self):
        for interaction in self:
            chosen = interaction.avoidable_choice_id
            if chosen == interaction.avoidable_reason_id:
                continue  # a form that was only saved
            if chosen and interaction.split_from_id:
                raise UserError(
                    self.env._(
                        "This is a further purpose. Mark the first purpose of the interaction as avoidable instead."
                    )
                )
            decision = {"avoidable_reason_id": chosen.id, "avoidable_decided_by_id": self.env.uid}
            interaction._by_code().write(decision)

    def action_avoidable_by_rules(self):
        """Take a person's word on whether these interactions were avoidable back, and let the rules decide."""
        self.check_access("write")
        self._by_code().write({"avoidable_reason_id": False, "avoidable_decided_by_id": False})
