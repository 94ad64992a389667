from odoo import fields, models


class CrmInteraction(models.Model):
    """Add the client's current accountant and supervisor for grouping; ``user_id`` is the responsible at the time."""

    _name = "crm.interaction"
    _inherit = ["crm.interaction", "crm.interaction.persons.mixin"]

    accountant_id = fields.Many2one(related="commercial_partner_id.interaction_accountant_id", string="Accountant")
    supervisor_id = fields.Many2one(related="commercial_partner_id.interaction_supervisor_id", string="Supervisor")


class CrmInteractionTypeChange(models.Model):
    """Keep the numbers of changes by person from readers who may not see them."""

    _name = "crm.interaction.type.change"
    _inherit = ["crm.interaction.type.change", "crm.interaction.persons.mixin"]
