from odoo import api, fields, models


class CrmInteractionIndicator(models.Model):
    """Offer the corrective actions of an indicator, and show those taken for its target and client."""

    _inherit = "crm.interaction.indicator"

    taken_action_ids = fields.Many2many(
        "crm.interaction.taken.action",
        string="Actions Taken",
        compute="_compute_taken_action_ids",
        help="Corrective actions taken for this target and client, in any month.",
    )
    words = fields.Char("Value and Agreement", compute="_compute_words")

    @api.depends("target_id", "partner_id")
    @api.depends_context("uid")
    def _compute_taken_action_ids(self):
        taken = self.env["crm.interaction.taken.action"].search([("target_id", "in", self.target_id.ids)])
        by_subject = taken.grouped(lambda one: (one.target_id, one.partner_id))
        for indicator in self:
            indicator.taken_action_ids = by_subject.get((indicator.target_id, indicator.partner_id), taken.browse())

    @api.depends("value_text", "target_text", "window_text", "target_id.name")
    @api.depends_context("lang")
    def _compute_words(self):
        for indicator in self:
            indicator.words = indicator._words()

    def _words(self):
        """Return value and agreement in words, e.g. *Interactions a month: 24, agreed 4 – 18 (Sep–Nov 2026)*."""
        names = {"target": self.target_id.name, "value": self.value_text, "limits": self.target_text}
        text = self.env._("%(target)s: %(value)s, agreed %(limits)s", **names)
        return f"{text} ({self.window_text})" if self.window_text else text
