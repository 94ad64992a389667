from odoo import fields, models


class CrmInteraction(models.Model):
    """Add the client's current accountant and supervisor for grouping; ``user_id`` is the responsible at the time."""

    _inherit = "crm.interaction"

    accountant_id = fields.Many2one(related="commercial_partner_id.interaction_accountant_id", string="Accountant")
    supervisor_id = fields.Many2one(related="commercial_partner_id.interaction_supervisor_id", string="Supervisor")
