from odoo import api, fields, models


class CrmInteractionType(models.Model):
    """Show the measured precision of a type, on which confirming its suggestions relies."""

    _inherit = "crm.interaction.type"

    suggestion_precision = fields.Float(
        "Measured Precision",
        compute="_compute_suggestion_precision",
        help="Percentage of correct suggestions of this type, measured on held-out messages, e.g. 95 %.",
    )

    @api.depends_context("company")
    def _compute_suggestion_precision(self):
        model = self.env["crm.interaction.learner"]._model(self.env.company.id)
        measured = model.metrics["types"] if model else {}
        for type_ in self:
            type_.suggestion_precision = measured.get(type_.id, {}).get("precision", 0)
