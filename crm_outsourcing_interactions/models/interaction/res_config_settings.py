from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    interaction_log_message_in = fields.Boolean(
        related="company_id.interaction_log_message_in", readonly=False
    )
    interaction_log_message_out = fields.Boolean(
        related="company_id.interaction_log_message_out", readonly=False
    )
    interaction_log_invoice = fields.Selection(
        related="company_id.interaction_log_invoice", readonly=False, required=True
    )
    interaction_log_invoice_paid = fields.Boolean(
        related="company_id.interaction_log_invoice_paid", readonly=False
    )
    interaction_log_task_requested = fields.Boolean(
        related="company_id.interaction_log_task_requested", readonly=False
    )
    interaction_log_task_delivered = fields.Boolean(
        related="company_id.interaction_log_task_delivered", readonly=False
    )
