from odoo import fields, models

INVOICE_MOMENTS = [
    ("posted", "When it is confirmed"),
    ("sent", "When it is sent"),
    ("never", "Never"),
]


class ResCompany(models.Model):
    """The company's switches: which events become interactions (``interaction_log_<event>``)."""

    _inherit = "res.company"

    interaction_log_message_in = fields.Boolean("Messages from Clients", default=True)
    interaction_log_message_out = fields.Boolean("Messages to Clients", default=True)
    interaction_log_invoice = fields.Selection(
        INVOICE_MOMENTS, string="Customer Invoices", default="posted", required=True
    )
    interaction_log_invoice_paid = fields.Boolean("Payments of Customer Invoices", default=True)
    interaction_log_task_requested = fields.Boolean("Tasks Created by Clients", default=True)
    interaction_log_task_delivered = fields.Boolean("Tasks Delivered", default=True)
