from odoo import api, fields, models
from odoo.exceptions import UserError


class ResConfigSettings(models.TransientModel):
    """Show the settings of the company, see ``res.company``."""

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
    interaction_own_addresses = fields.Text(related="company_id.interaction_own_addresses", readonly=False)
    interaction_tz = fields.Selection(related="company_id.interaction_tz", readonly=False, required=True)
    interaction_suggest = fields.Boolean(related="company_id.interaction_suggest", readonly=False)
    interaction_suggest_threshold = fields.Float(related="company_id.interaction_suggest_threshold", readonly=False)
    interaction_confirm_precision = fields.Float(related="company_id.interaction_confirm_precision", readonly=False)
    interaction_burden_number = fields.Integer(related="company_id.interaction_burden_number", readonly=False)
    interaction_burden_weeks = fields.Integer(related="company_id.interaction_burden_weeks", readonly=False)
    interaction_bundling_number = fields.Integer(related="company_id.interaction_bundling_number", readonly=False)
    interaction_bundling_days = fields.Integer(related="company_id.interaction_bundling_days", readonly=False)
    interaction_bundling_same_user = fields.Boolean(related="company_id.interaction_bundling_same_user", readonly=False)
    interaction_once_number = fields.Integer(related="company_id.interaction_once_number", readonly=False)
    interaction_recommendation_quiet_days = fields.Integer(
        related="company_id.interaction_recommendation_quiet_days", readonly=False
    )
    interaction_contact_share = fields.Float(related="company_id.interaction_contact_share", readonly=False)
    interaction_timesheets = fields.Selection(
        related="company_id.interaction_timesheets", readonly=False, required=True
    )
    interaction_names_in_figures = fields.Selection(
        related="company_id.interaction_names_in_figures", readonly=False, required=True
    )
    interaction_learner_report = fields.Html(compute="_compute_interaction_learner_report")

    @api.depends("company_id")
    def _compute_interaction_learner_report(self):
        for settings in self:
            values = self.env["crm.interaction.learner"]._report(settings.company_id)
            template = "crm_outsourcing_interactions.learner_report"
            settings.interaction_learner_report = self.env["ir.qweb"]._render(template, values)

    def action_train_interactions(self):
        """Train the learner now instead of with the next run of the cron.

        :raises AccessError: when the user is not a manager of the addon.
        :raises UserError: when there are no classified messages, or SciPy is missing.
        """
        self.env["crm.interaction.rule"].browse().check_access("write")
        learner = self.env["crm.interaction.learner"]
        if not learner._report(self.company_id)["available"]:
            raise UserError(self.env._("Install SciPy in Odoo's Python first: pip install scipy"))
        if not learner._train(self.company_id):
            raise UserError(self.env._("No message has been classified by a person yet. Classify some first."))
        return {"type": "ir.actions.client", "tag": "reload"}

    def action_check_interaction_totals(self):
        """See ``crm.interaction.total``."""
        return self.env["crm.interaction.total"].action_check()

    def action_rebuild_interaction_totals(self):
        """See ``crm.interaction.total``."""
        return self.env["crm.interaction.total"].action_rebuild()
