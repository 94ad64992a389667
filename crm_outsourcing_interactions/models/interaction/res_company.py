from odoo import fields, models

INVOICE_MOMENTS = [
    ("posted", "When it is confirmed"),
    ("sent", "When it is sent"),
    ("never", "Never"),
]
DELIVERIES = [
    ("state", "When its state is Done"),
    ("stage", "When its state is Done, or its stage is folded"),
]
CLIENTS = [
    ("all", "All customers"),
    ("marked", "Only contacts marked as outsourcing clients"),
]


class ResCompany(models.Model):
    """The company's switches: which events become interactions (``interaction_log_<event>``)."""

    _inherit = "res.company"

    interaction_log_message_in = fields.Boolean("Messages from Clients", default=True)
    interaction_log_message_out = fields.Boolean("Messages to Clients", default=True)
    interaction_log_invoice = fields.Selection(
        INVOICE_MOMENTS, string="Customer Invoices", default="posted", required=True
    )
    interaction_log_credit_note = fields.Boolean("Credit Notes", default=True)
    interaction_log_invoice_paid = fields.Boolean("Payments of Customer Invoices", default=True)
    interaction_log_task_requested = fields.Boolean("Tasks Created by Clients", default=True)
    interaction_log_task_delivered = fields.Boolean("Tasks Delivered", default=True)
    interaction_task_delivered_by = fields.Selection(
        DELIVERIES, string="A Task Is Delivered", default="state", required=True
    )
    interaction_log_lead_requested = fields.Boolean("Opportunities Created by Clients", default=True)
    interaction_log_feedback_asked = fields.Boolean("Ratings Asked For", default=True)
    interaction_log_feedback_given = fields.Boolean("Ratings Given", default=True)
    interaction_log_activity_done = fields.Boolean("Activities Done", default=True)
    interaction_log_meeting_held = fields.Boolean("Meetings Held", default=True)
    interaction_log_campaign = fields.Boolean("Mass Mailings", default=False)
    interaction_clients = fields.Selection(
        CLIENTS,
        string="Whose Contacts Count",
        default="all",
        required=True,
        help="Suppliers never count, unless they are marked as clients.",
    )
