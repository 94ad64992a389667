from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import format_datetime
from odoo.tools.translate import LazyTranslate

from ...classification.crm_interaction_type import DIRECTIONS
from ...events.crm_interaction_named_mixin import divisions
from ...events.event import CHANNELS, EVENTS, LONGEST, POLARITIES
from .document_char import DocumentChar

_lt = LazyTranslate(__name__)

STATES = [("to_review", "To Review"), ("confirmed", "Confirmed"), ("ignored", "Ignored")]
CLASSIFIERS = [("rule", "Rule"), ("person", "Person"), ("suggestion", "Suggestion")]


class CrmInteraction(models.Model):
    """Store interactions between the firm and its clients, each counted once.

    Most are captured (see ``models/pipeline.py``); users add those without a trace in Odoo::

        env["crm.interaction"].create({
            "partner_id": contact.id,
            "type_id": env.ref("crm_outsourcing_interactions.type_1_1_3").id,
            "channel": "phone",
            "duration": 0.25,
        })

    - Without a type it is unclassified and counts in totals, but in no ratio.
    - ``kind_id`` and ``direction`` are stored, so that shares need one scan of one table.
    - ``commercial_partner_id``, the client, is a snapshot: when a contact changes employer,
      past interactions stay with the former client. After the deletion of a client they stay in
      all totals, without a client.
    - A type chosen by a user is final: ``classified_by`` is then *person*, and rules keep it.
    - Ignored and archived are equivalent; neither counts in figures. Only messages of unknown senders are archived
      without being ignored, see ``crm_interaction_unknown_sender.py``.
    - Fields behind figures are set by code, or their changes are recorded, see ``crm_interaction_guard.py``.
    - Message bodies are not copied; ``message_id`` refers to them, with its own access rules.
    """

    _name = "crm.interaction"
    _inherit = ["crm.interaction.protected.mixin", "crm.interaction.named.mixin", "crm.interaction.document.mixin"]
    _description = "Interaction"
    _order = "date desc, id desc"
    _rec_names_search = ["subject", "commercial_partner_id", "partner_id"]
    _check_company_auto = True

    subject = DocumentChar()
    date = fields.Datetime(required=True, default=fields.Datetime.now, copy=False)
    type_id = fields.Many2one(
        "crm.interaction.type",
        index=True,
        ondelete="restrict",
        domain="[('is_group', '=', False)]",
        falsy_value_label=_lt("Unclassified"),  # pylint: disable=translation-field
        help="Type of the interaction, e.g. “Incoming request”; the published classification calls it the name and "
        "uses “type” for the direction. Empty: unclassified.",
    )
    type_name = fields.Char("Full Name of the Type", related="type_id.name")
    kind_id = fields.Many2one(
        "crm.interaction.kind",
        compute="_compute_kind_id",
        store=True,
        precompute=True,
        ondelete="restrict",
        falsy_value_label=_lt("Unclassified"),  # pylint: disable=translation-field
    )
    direction = fields.Selection(
        DIRECTIONS,
        compute="_compute_direction",
        store=True,
        precompute=True,
        readonly=False,
        help="Incoming: the client contacted the firm. Outgoing: the firm contacted the client.",
    )
    partner_id = fields.Many2one("res.partner", string="Contact", index=True, ondelete="set null", check_company=True)
    commercial_partner_id = fields.Many2one(
        "res.partner",
        string="Client",
        compute="_compute_commercial_partner_id",
        store=True,
        precompute=True,
        ondelete="set null",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        default=lambda self: self.env.user,
        index=True,
        ondelete="set null",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        ondelete="restrict",
    )
    service_id = fields.Many2one(
        "crm.interaction.service",
        ondelete="restrict",
        help="Outsourced service that the interaction is about, e.g. Payroll.",
    )
    channel = fields.Selection(CHANNELS, required=True, default="phone")
    duration = fields.Float(help="Time spent on the interaction, in hours, e.g. 0:15.")
    polarity = fields.Selection(
        POLARITIES, "Client Opinion", help="Client's opinion of our services, e.g. a complaint."
    )
    note = fields.Text(help="For the staff only.")
    res_model = fields.Char("Document Model", readonly=True, copy=False)
    res_id = fields.Many2oneReference("Document", model_field="res_model", readonly=True, copy=False)
    message_id = fields.Many2one("mail.message", readonly=True, copy=False, ondelete="set null", index="btree_not_null")
    event = fields.Selection(EVENTS, string="Source", readonly=True, copy=False, help="Empty: logged by hand.")
    origin_key = fields.Char(
        "Unique Reference",
        copy=False,
        help="Identifies the interaction at its source, e.g. in the telephone system: a second import with the same "
        "reference and client adds nothing.",
    )
    state = fields.Selection(
        STATES,
        string="Status",
        compute="_compute_state",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        copy=False,
    )
    active = fields.Boolean(default=True, readonly=True)
    classified_by = fields.Selection(CLASSIFIERS, readonly=True, copy=False)
    rule_id = fields.Many2one(
        "crm.interaction.rule",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
    )

    split_from_id = fields.Many2one(
        "crm.interaction",
        "First Purpose",
        readonly=True,
        copy=False,
        ondelete="cascade",
        index="btree_not_null",
        help="Purpose under which the interaction itself is counted. Empty for the first purpose.",
    )
    lead_ids = fields.One2many(
        "crm.lead", "interaction_id", string="Opportunities", groups="sales_team.group_sale_salesman"
    )
    has_opportunity = fields.Boolean(compute="_compute_can_make_opportunity")
    can_make_opportunity = fields.Boolean(compute="_compute_can_make_opportunity")

    _origin_unique = models.UniqueIndex(
        "(origin_key, COALESCE(commercial_partner_id, 0)) WHERE origin_key IS NOT NULL",
        "This is already logged for this client. Mark one of the two as “Not an interaction” instead of giving both "
        "the same client. If the other one is already marked (filter “Ignored”), choose “Back to Review” on it, "
        "then mark this one.",
    )
    _active_or_ignored = models.Constraint(
        "CHECK (active = (state <> 'ignored' AND unknown_sender IS NULL))",
        "Only interactions marked as “Not an interaction” can be archived. Mark it first.",
    )
    _client_date = models.Index("(commercial_partner_id, date)")
    _company_date = models.Index("(company_id, date)")
    _source = models.Index("(res_model, res_id) WHERE res_id IS NOT NULL")
    _duration_in_range = models.Constraint(
        f"CHECK (duration BETWEEN 0 AND {LONGEST})", "Enter a duration between 0 and 1,000 hours."
    )

    @api.depends("type_id")
    def _compute_kind_id(self):
        for interaction in self:
            interaction.kind_id = interaction.type_id.kind_id

    @api.depends("type_id")
    def _compute_direction(self):
        for interaction in self:
            interaction.direction = interaction.type_id.direction or interaction.direction

    @api.depends("partner_id")
    def _compute_commercial_partner_id(self):
        for interaction in self.sorted(lambda i: bool(i.split_from_id)):  # first purposes first
            person, first = interaction.partner_id, interaction.split_from_id
            is_of_first = first and first.partner_id == person  # the contact may have changed employer since
            interaction.commercial_partner_id = (first if is_of_first else person).commercial_partner_id

    @api.depends("type_id")
    def _compute_state(self):
        for interaction in self:
            if interaction.state != "ignored":
                interaction.state = "confirmed" if interaction.type_id else "to_review"

    @api.depends("subject", "type_id", "partner_id", "commercial_partner_id", "res_model", "res_id", "date")
    @api.depends_context("uid", "allowed_company_ids", "lang", "tz", "interaction_dates")
    def _compute_display_name(self):
        """Name code and subject; in a choice (``interaction_dates``) also the time, and the writer if it is hidden."""
        hidden = self.sudo(False)._with_hidden_document()  # Odoo reads the names of references in sudo
        is_dated = self.env.context.get("interaction_dates")
        for interaction in self:
            writer = is_dated and interaction.partner_id.name
            subject = interaction.subject and interaction in hidden and (writer or self._private_text())
            subject = subject or interaction.subject
            time = is_dated and format_datetime(self.env, interaction.date, dt_format="short")
            parts = (interaction.type_id.code, subject or interaction.commercial_partner_id.name, time)
            interaction.display_name = " · ".join(filter(None, parts)) or self.env._("Interaction")

    @api.model
    def _named(self, name, operator):
        return Domain.OR(
            Domain("type_id.code", "=", code)
            & (
                Domain("subject", operator, rest)
                | Domain("subject", "=", False) & Domain("commercial_partner_id.name", operator, rest)
            )
            for code, rest in divisions(name, " · ")
        )

    @api.depends("kind_id", "direction", "lead_ids")
    @api.depends_context("uid")
    def _compute_can_make_opportunity(self):
        """Offer opportunities only to users with access to CRM, which users of this addon may lack."""
        leads = self.env["crm.lead"]
        may_read, may_create = leads.has_access("read"), leads.has_access("create")
        for interaction in self:
            is_request = interaction.kind_id.ratio_role == "additional" and interaction.direction == "incoming"
            # sudo: only whether one exists, to prevent a second one
            is_made = bool(interaction.sudo().lead_ids)
            interaction.has_opportunity = is_made and may_read
            interaction.can_make_opportunity = is_request and may_create and not is_made

    @api.constrains("type_id", "state")
    def _check_confirmed(self):
        if self.filtered(lambda interaction: interaction.state == "confirmed" and not interaction.type_id):
            raise ValidationError(self.env._("Choose a type before confirming."))

    @api.constrains("type_id", "direction")
    def _check_type(self):
        for type_ in self.type_id.filtered("is_group"):
            raise ValidationError(self.env._("“%s” only groups other types. Choose one of them.", type_.display_name))
        for interaction in self.filtered("type_id"):
            if interaction.direction != interaction.type_id.direction:
                raise ValidationError(
                    self.env._(
                        "The type “%s” has the other direction. Change the type; the direction changes with it.",
                        interaction.type_id.display_name,
                    )
                )
