from odoo import fields, models


class CrmInteraction(models.Model):
    """Whose client it is with, as of today, to group by; who was responsible at the time is ``user_id``."""

    _inherit = "crm.interaction"

    accountant_id = fields.Many2one(related="commercial_partner_id.interaction_accountant_id", string="Accountant")
    supervisor_id = fields.Many2one(related="commercial_partner_id.interaction_supervisor_id", string="Supervisor")
