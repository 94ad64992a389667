from odoo import api, fields, models

from odoo.addons.base.models.res_partner import _tz_get

from .local_time import local_day
from .settled_cache import settled_cache

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
    ("customers", "Customers: marked, invoiced, with an accountant, a project or a contract scope"),
    ("all", "All contacts except suppliers"),
    ("marked", "Only contacts marked as outsourcing clients"),
]
NAMES = [
    ("everybody", "Everybody"),
    ("team", "Own team"),
    ("nobody", "Nobody"),
]
"""Whose figures by person are shown, the strictest last."""


PREFETCH = "interaction"
"""Prefetch group of our fields on Odoo's models: they are not read with every company, contact and user."""
SETTING = {"prefetch": PREFETCH, "groups": "base.group_user"}
"""Attributes of a setting: clients, who may read the company of their login, do not see it."""


class ResCompany(models.Model):
    """Store the company's switches for the events to log (``interaction_log_<event>``)."""

    _inherit = "res.company"

    interaction_log_message_in = fields.Boolean("Messages from Clients", default=True, **SETTING)
    interaction_log_message_out = fields.Boolean("Messages to Clients", default=True, **SETTING)
    interaction_log_invoice = fields.Selection(
        INVOICE_MOMENTS, string="Customer Invoices", default="posted", required=True, **SETTING
    )
    interaction_log_credit_note = fields.Boolean("Credit Notes", default=True, **SETTING)
    interaction_log_invoice_paid = fields.Boolean("Payments of Customer Invoices", default=True, **SETTING)
    interaction_log_task_requested = fields.Boolean("Tasks Created by Clients", default=True, **SETTING)
    interaction_log_task_delivered = fields.Boolean("Tasks Delivered", default=True, **SETTING)
    interaction_task_delivered_by = fields.Selection(
        DELIVERIES, string="A Task Is Delivered", default="state", required=True, **SETTING
    )
    interaction_log_lead_requested = fields.Boolean("Opportunities Created by Clients", default=True, **SETTING)
    interaction_log_feedback_asked = fields.Boolean("Rating Requests", default=True, **SETTING)
    interaction_log_feedback_given = fields.Boolean("Ratings Given", default=True, **SETTING)
    interaction_log_activity_done = fields.Boolean("Activities Done", default=True, **SETTING)
    interaction_log_meeting_held = fields.Boolean("Meetings Held", default=True, **SETTING)
    interaction_log_campaign = fields.Boolean("Mass Mailings", default=False, **SETTING)
    interaction_clients = fields.Selection(
        CLIENTS,
        string="Counted Clients",
        default="customers",
        required=True,
        **SETTING,
        help="Messages from others wait in To Review as unknown senders. Contacts that are only suppliers never "
        "count, unless they are marked as clients.",
    )

    interaction_tz = fields.Selection(
        _tz_get,
        string="Time Zone of Months",
        compute="_compute_interaction_tz",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        **SETTING,
        help="Time zone that decides the month of an interaction around midnight, e.g. Europe/Moscow. A change "
        "moves past interactions as well.",
    )
    interaction_names_in_figures = fields.Selection(
        NAMES,
        string="Names in Figures",
        default="everybody",
        required=True,
        **SETTING,
        help="Colleagues whose figures users and managers see, besides their own. Own team: the accountants of the "
        "clients that one supervises. Grouping, filtering, sorting and exporting by anybody else is refused.",
    )
    interaction_suggest = fields.Boolean("Learnt Suggestions", default=True, **SETTING)
    interaction_suggest_threshold = fields.Float(
        "Suggestion Threshold",
        default=0.6,
        **SETTING,
        help="Minimum confidence of a suggestion, from 0 to 1, e.g. 0.6.",
    )
    interaction_confirm_precision = fields.Float(
        "Confirmation Threshold",
        default=0.95,
        **SETTING,
        help="Minimum measured precision at which suggestions of a type count as confirmed, where the type allows "
        "it, e.g. 0.95.",
    )

    interaction_text_model = fields.Binary(
        groups=fields.NO_ACCESS, help="Model trained on the company's messages; see crm.interaction.learner."
    )

    _interaction_thresholds = models.Constraint(
        "CHECK (interaction_suggest_threshold BETWEEN 0 AND 1 AND interaction_confirm_precision BETWEEN 0 AND 1)",
        "Enter both thresholds of learnt suggestions as values between 0 and 1.",
    )

    def _compute_interaction_tz(self):
        """Set the company's time zone as the initial value, which managers may change."""
        for company in self:
            company.interaction_tz = (
                company.partner_id.tz or company.resource_calendar_id.tz or self.env.user.tz or "UTC"
            )

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        self.env.registry.clear_cache()
        return companies

    def _interaction_zone(self):
        """Return the name of the time zone that delimits the months of the company's interactions."""
        return self._interaction_settings()["interaction_tz"] if self else "UTC"

    def _interaction_today(self):
        """Return today's date in the company's time zone, the same for all users."""
        return local_day(fields.Datetime.now(), self._interaction_zone())

    @api.model
    def _interaction_setting_names(self):
        return [name for name, field in self._fields.items() if field.prefetch == PREFETCH]

    @settled_cache("self.id")
    def _interaction_settings(self):
        """Return the settings of one company as ``{field name: value}`` (cached)."""
        # sudo: the company's settings apply whoever posts the message
        return self.sudo().read(self._interaction_setting_names(), load=None)[0]
