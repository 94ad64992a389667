from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ..events.crm_interaction_named_mixin import divisions
from ..events.event import CHANNELS

ASKED_BY = [("client", "Client"), ("us", "Us")]
WAITING = [("us", "Us"), ("client", "Client"), ("nobody", "Nobody")]
CLOSED_HOW = [
    ("answered", "Answered"),
    ("withdrawn", "Withdrawn"),
    ("elsewhere", "Answered Elsewhere"),
    ("no_answer", "Needs No Answer"),
]
LIVE = Domain("is_open", "=", True) & Domain("from_history", "=", False)
"""Open matters, without those built from the past, which nobody is asked about."""


class CrmInteractionMatter(models.Model):
    """Store what awaits an answer: who asked, who has to move, since when and until when.

    Everything here is derived from the interactions of the matter by one function, ``Case.values``, and derived anew
    whenever they change (``crm_interaction_matter_step.py``). So merging, splitting, moving, retyping and ignoring
    interactions need no code of their own. A matter without interactions is archived.

    A matter has no text: its interactions, and remarks on its document, have.
    """

    _name = "crm.interaction.matter"
    _inherit = [
        "crm.interaction.protected.mixin",
        "crm.interaction.named.mixin",
        "crm.interaction.persons.mixin",
        "crm.interaction.document.mixin",
    ]
    _description = "Matter"
    _order = "is_open desc, waiting_since, id desc"
    _rec_names_search = ["commercial_partner_id", "type_id", "interaction_ids.subject"]
    _check_company_auto = True

    active = fields.Boolean(default=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="restrict")
    commercial_partner_id = fields.Many2one(
        "res.partner", "Client", readonly=True, index="btree_not_null", ondelete="set null"
    )
    partner_id = fields.Many2one(
        "res.partner", "Contact", readonly=True, index="btree_not_null", ondelete="set null", check_company=True
    )
    person_name = fields.Char("Contact's Name", related="partner_id.name")
    user_id = fields.Many2one(
        "res.users", "Responsible", readonly=True, index="btree_not_null", ondelete="set null",
        help="Responsible for the interaction that opened the matter.",
    )  # fmt: skip
    accountant_id = fields.Many2one(related="commercial_partner_id.interaction_accountant_id", string="Accountant")
    supervisor_id = fields.Many2one(related="commercial_partner_id.interaction_supervisor_id", string="Supervisor")
    service_id = fields.Many2one("crm.interaction.service", readonly=True, ondelete="restrict")
    type_id = fields.Many2one(
        "crm.interaction.type", readonly=True, index=True, ondelete="restrict",
        help="Type of the interaction that opened the matter.",
    )  # fmt: skip
    channel = fields.Selection(CHANNELS, readonly=True, help="Channel of the interaction that opened the matter.")
    res_model = fields.Char("Document Type", readonly=True)
    res_id = fields.Many2oneReference("Document", model_field="res_model", readonly=True)
    interaction_ids = fields.One2many("crm.interaction", "matter_id", "Interactions", readonly=True)
    turn_ids = fields.One2many("crm.interaction.matter.turn", "matter_id", "Turns by Side", readonly=True)

    asked_by = fields.Selection(ASKED_BY, readonly=True)
    waiting = fields.Selection(WAITING, "Waiting For", required=True, readonly=True, default="nobody")
    waiting_since = fields.Datetime(readonly=True, help="Start of the clock: the message, or the next working hour.")
    waiting_from = fields.Datetime("With This Side Since", readonly=True)
    allowed = fields.Integer("Working Seconds Until Due", readonly=True, aggregator=None)
    due = fields.Datetime(readonly=True, help="When the response time of the side that has to respond ends.")
    answer_due = fields.Datetime("Our Answer Due", readonly=True)
    opened_on = fields.Datetime("Opened", readonly=True)
    last_on = fields.Datetime("Last Interaction", readonly=True)
    acknowledged_on = fields.Datetime("Acknowledged", readonly=True)
    answered_on = fields.Datetime("Answered", readonly=True)
    closed_on = fields.Datetime("Closed", readonly=True)
    closed_how = fields.Selection(CLOSED_HOW, "Outcome", readonly=True)
    is_open = fields.Boolean("Open", readonly=True)
    is_requested = fields.Boolean(
        "Documents Outstanding",
        readonly=True,
        help="The matter waits for the client until all documents have arrived, whatever else is answered.",
    )
    perhaps = fields.Boolean(
        "No Answer Expected", readonly=True, help="High-confidence suggestion: the message expects no answer."
    )
    late = fields.Boolean(readonly=True, help="An answer was given late, or is overdue.")
    is_complaint = fields.Boolean("Complaint", readonly=True)
    from_history = fields.Boolean(
        readonly=True, help="Built from past messages, by document and time only; opens no activity."
    )

    turns = fields.Integer("Changes of Side", readonly=True, help="Number of times one of the sides had to respond.")
    reopened = fields.Integer(readonly=True, help="How often the client asked again within 14 days after closing.")
    reminders = fields.Integer(readonly=True, help="Messages of the side that was still waiting for an answer.")
    interaction_count = fields.Integer("Number of Interactions", readonly=True)
    hours = fields.Float(readonly=True, help="Time spent on the interactions of the matter.")
    hours_us = fields.Float("Hours with Us", readonly=True, help="Working hours during which we had to answer.")
    hours_client = fields.Float(
        "Hours with Client", readonly=True, help="Working hours during which the client had to answer."
    )
    hours_running = fields.Float(
        "Hours So Far", readonly=True, aggregator=None, help="Working hours so far of the side that has to respond."
    )
    slot = fields.Char(
        "Uniqueness Key", readonly=True, copy=False, help="Document and client of a matter that began on its own."
    )

    _open_of_client = models.Index("(commercial_partner_id, company_id) WHERE is_open IS TRUE")
    _open_by_waiting = models.Index("(waiting, waiting_since) WHERE is_open IS TRUE")
    """Both in the words of Odoo's searches: PostgreSQL does not see that *is true* implies the plain column."""
    _turn_that_runs = models.Index("((-id))")
    """For ``crm.interaction.matter.turn``, whose running turns have the negative ids of their matters."""
    _company_opened = models.Index("(company_id, opened_on)")
    _slot_unique = models.UniqueIndex(
        "(slot) WHERE slot IS NOT NULL", "There is already an open matter on this document. Reload the page."
    )

    @api.depends("commercial_partner_id", "type_id", "opened_on", "is_open", "subject")
    @api.depends_context("uid", "allowed_company_ids", "lang", "tz", "interaction_dates")
    def _compute_display_name(self):
        """Name client and type; in a choice among those of one client (``interaction_dates``) type, subject, date."""
        is_choice = self.env.context.get("interaction_dates")
        for matter in self:
            type_ = matter.type_id.short_name
            parts = (
                (type_, matter.subject, matter._dated()) if is_choice else (matter.commercial_partner_id.name, type_)
            )
            matter.display_name = " · ".join(filter(None, parts)) or self.env._("Matter")

    def _dated(self):
        """Return when the matter was opened, and that it is closed."""
        date = format_date(self.env, self.opened_on)
        return date if self.is_open else self.env._("%s, closed", date)

    @api.model
    def _named(self, name, operator):
        return Domain.OR(
            Domain("commercial_partner_id.name", "=", client) & Domain("type_id.short_name", operator, rest)
            for client, rest in divisions(name, " · ")
        )


CrmInteractionMatter._protected_fields = frozenset(
    name for name, field in vars(CrmInteractionMatter).items() if isinstance(field, fields.Field)
)
