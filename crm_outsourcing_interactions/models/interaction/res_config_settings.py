from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The switches of the company, see ``res.company``."""

    _inherit = "res.config.settings"

    interaction_log_message_in = fields.Boolean(related="company_id.interaction_log_message_in", readonly=False)
    interaction_log_message_out = fields.Boolean(related="company_id.interaction_log_message_out", readonly=False)
    interaction_log_invoice = fields.Selection(
        related="company_id.interaction_log_invoice", readonly=False, required=True
    )
    interaction_log_invoice_paid = fields.Boolean(related="company_id.interaction_log_invoice_paid", readonly=False)
    interaction_log_task_requested = fields.Boolean(related="company_id.interaction_log_task_requested", readonly=False)
    interaction_log_task_delivered = fields.Boolean(related="company_id.interaction_log_task_delivered", readonly=False)
    interaction_log_credit_note = fields.Boolean(related="company_id.interaction_log_credit_note", readonly=False)
    interaction_log_lead_requested = fields.Boolean(related="company_id.interaction_log_lead_requested", readonly=False)
    interaction_log_feedback_asked = fields.Boolean(related="company_id.interaction_log_feedback_asked", readonly=False)
    interaction_log_feedback_given = fields.Boolean(related="company_id.interaction_log_feedback_given", readonly=False)
    interaction_log_activity_done = fields.Boolean(related="company_id.interaction_log_activity_done", readonly=False)
    interaction_log_meeting_held = fields.Boolean(related="company_id.interaction_log_meeting_held", readonly=False)
    interaction_log_campaign = fields.Boolean(related="company_id.interaction_log_campaign", readonly=False)
    interaction_task_delivered_by = fields.Selection(
        related="company_id.interaction_task_delivered_by", readonly=False, required=True
    )
    interaction_clients = fields.Selection(related="company_id.interaction_clients", readonly=False, required=True)
