from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.crm_outsourcing_interactions.models.pipeline import inserted


class CrmInteraction(models.Model):
    """Extend interactions with a value of a step, a stored computed field, a constraint and a ``create``."""

    _inherit = "crm.interaction"

    price = fields.Float()
    price_with_tax = fields.Float(compute="_compute_price_with_tax", store=True)
    created_through = fields.Char()

    @api.depends("price")
    def _compute_price_with_tax(self):
        for interaction in self:
            interaction.price_with_tax = interaction.price * 1.2

    @api.constrains("subject")
    def _check_subject(self):
        forbidden = self.env["ir.config_parameter"].sudo().get_param("crm_interaction_priced.forbidden")
        if self.filtered(lambda interaction: interaction.subject == forbidden):
            raise ValidationError(self.env._("This may not be logged."))

    @api.model_create_multi
    def create(self, vals_list):
        """Create interactions that say that they passed here."""
        return super().create([{**vals, "created_through": "priced"} for vals in vals_list])


class CrmInteractionPipeline(models.AbstractModel):
    """Price classified interactions."""

    _inherit = "crm.interaction.pipeline"

    @api.model
    def _steps(self):
        step = ("crm.interaction.pipeline", "_priced")
        return inserted(super()._steps(), after="scoped", name="priced", step=step)

    @api.model
    def _priced(self, events):
        for event in events:
            event.vals["price"] = 10.0 if event.vals.get("type_id") else 5.0
        return [event for event in events if event.subject != "Free" or event.drop("it costs nothing")]
