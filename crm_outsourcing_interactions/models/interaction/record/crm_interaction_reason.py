from odoo import api, fields, models

from ...events.reasons import reason_text


class CrmInteraction(models.Model):
    """Add the reason for the type of an interaction as text in the reader's language.

    It is rendered from ``why`` on reading, hence not searchable, sortable or groupable. Programs read the code in
    ``why``.
    """

    _inherit = "crm.interaction"

    why = fields.Json(
        "Reason (Data)", readonly=True, copy=False, help="Code and values of the reason, for use by other programs."
    )
    reason = fields.Char(compute="_compute_reason", help="Reason for the type of the interaction, e.g. a rule.")

    @api.depends("why", "rule_id")
    @api.depends_context("lang")
    def _compute_reason(self):
        for interaction in self:
            interaction.reason = reason_text(self.env, interaction._why_now())

    def _why_now(self):
        """Return the reason with the current name of its rule, if it exists, in the reader's language."""
        why = self.why or {}
        id_ = why.get("rule_id") or (self.rule_id.id if why.get("code") == "rule" else 0)
        name = self.env["crm.interaction.rule"]._names().get(id_)
        return {**why, "name": name} if name else why
