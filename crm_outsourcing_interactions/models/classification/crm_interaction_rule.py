from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.mail import email_normalize

from ..events.crm_interaction_ranges_mixin import SEQUENCES
from ..events.event import CHANNELS, EVENT_DIRECTIONS, EVENTS, LONGEST, POLARITIES
from ..events.people import address_of
from ..events.settled_cache import settled_cache
from ..optional.apps import QUOTATION
from .classifier import Facts, RuleSpec

GIVES = ["|", ("type_id.active", "=", True), ("assigned_client_id", "!=", False)]
ATTACHMENT = {"yes": True, "no": False}


class CrmInteractionRule(models.Model):
    """Store the ordered rules that give events a type; the first matching rule wins.

    Conditions are plain fields; an empty one always holds. Fallback rules apply only to messages for which neither
    another rule nor the learner has a type. Without a matching rule an interaction stays unclassified. ::

        env["crm.interaction.rule"].create({
            "name": "Complaints",
            "event": "message_in",
            "words": "complain*\\nclaim",
            "type_id": env["crm.interaction.type"]._by_code("2.1.1").id,
        })
    """

    _name = "crm.interaction.rule"
    _inherit = [
        "crm.interaction.cached.mixin",
        "crm.interaction.protected.mixin",
        "crm.interaction.ranges.mixin",
        "crm.interaction.words.mixin",
    ]
    _ranges = {"duration": (0, LONGEST), "sequence": SEQUENCES}
    _description = "Interaction Rule"
    _protected_fields = frozenset({"domain_author_id"})
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index=True, help="Empty: all companies.")
    event = fields.Selection(EVENTS, required=True)
    direction = fields.Selection(
        [("incoming", "Incoming"), ("outgoing", "Outgoing")],
        compute="_compute_direction",
        help="Direction of the event; empty if only the type determines it.",
    )
    model_name = fields.Selection("_selection_model_name", string="Document", help="Empty: any document.")
    words = fields.Text(
        "Words or Phrases",
        help="One word or phrase per line; one of them must occur in the subject or the text, in upper or lower "
        "case and in any form: complaint also finds complaints, “complaint” in quotes does not. A star at the "
        "end stands for the rest of a word: complain*. Of a long message the first 100 words are searched.",
    )
    attachment = fields.Selection([("yes", "With attachment"), ("no", "Without attachment")], string="Attachments")
    channel = fields.Selection(CHANNELS)
    client_id = fields.Many2one(
        "res.partner",
        ondelete="cascade",
        index="btree_not_null",
        domain="[('parent_id', '=', False)]",
        help="Only interactions with this client and its contacts.",
    )
    project_id = fields.Many2one(
        "project.project", ondelete="cascade", index="btree_not_null", help="Only documents of this project."
    )
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        string="Language",
        help="Only interactions with contacts who use this language, e.g. Russian.",
    )
    type_id = fields.Many2one(
        "crm.interaction.type",
        string="Gives Type",
        index=True,
        ondelete="restrict",
        domain="[('is_group', '=', False)] + ([('direction', '=', direction)] if direction else [])",
    )
    polarity = fields.Selection(
        POLARITIES,
        "Client Opinion",
        help="Client's opinion of our services that the rule assigns, e.g. a complaint. Denied words such as “No "
        "complaints” do not count.",
    )
    confirms = fields.Boolean(
        "Confirm at Once",
        help="The interaction is confirmed at once; otherwise a colleague reviews the type.",
    )
    is_fallback = fields.Boolean(
        "Fallback",
        help="Applies only when no other rule matches and the suggestion is below the threshold, e.g. to any message "
        "on a task.",
    )
    is_acknowledgement = fields.Boolean(
        "Acknowledgement",
        compute="_compute_is_acknowledgement",
        store=True,
        readonly=False,
        help="The message only confirms receipt, e.g. “We have received your message”: its matter shows the date, and "
        "the clock keeps running. Only rules that confirm messages to the client at once can say so.",
    )
    duration = fields.Float(
        "Default Duration", help="Usual duration of an interaction under this rule, in hours, e.g. 0:15."
    )

    _duration_in_range = models.Constraint(
        f"CHECK (duration BETWEEN 0 AND {LONGEST})", "Enter a duration between 0 and 1,000 hours."
    )

    @api.model
    def _selection_model_name(self):
        """Return the models with messages, quotations even without *Sales* because a seeded rule refers to them."""
        # sudo: managers of interactions may lack access to ir.model
        models_ = self.env["ir.model"].sudo().search([("is_mail_thread", "=", True), ("transient", "=", False)])
        found = {model.model: model.name for model in models_ if model.model in self.env}
        return list(({QUOTATION: self.env._("Quotation")} | found).items())

    @api.depends("event")
    def _compute_direction(self):
        for rule in self:
            rule.direction = EVENT_DIRECTIONS.get(rule.event)

    @api.depends("confirms", "event")
    def _compute_is_acknowledgement(self):
        for rule in self:
            can_be = rule.confirms and rule.event == "message_out"
            rule.is_acknowledgement = can_be and rule.is_acknowledgement

    @api.constrains("event", "type_id")
    def _check_type(self):
        for rule in self:
            if rule.type_id.is_group:
                raise ValidationError(
                    self.env._("“%s” only groups other types. Choose one of them.", rule.type_id.display_name)
                )
            if rule.type_id and rule.direction and rule.type_id.direction != rule.direction:
                raise ValidationError(
                    self.env._(
                        "“%(type)s” and the event of the rule “%(rule)s” differ in direction. Choose a type of the "
                        "event's direction.",
                        type=rule.type_id.display_name,
                        rule=rule.name,
                    )
                )

    @api.model
    def _unlink_of(self, name, records):
        """Delete the rules whose field ``name`` is one of ``records``.

        A cascade in the database would neither invalidate caches nor update interactions.
        """
        # sudo: permission to delete the client or project is enough
        if rules := self.sudo().with_context(active_test=False).search([(name, "in", records.ids)]):
            rules.unlink()

    @api.model
    @settled_cache("self.env.lang")
    def _specs(self):
        """Return all active rules, in order, as a tuple of ``RuleSpec`` (cached)."""
        # sudo: the poster may be a portal user; the cache must not depend on the first reader
        # the mail gateway has no language; staff read in that of the company
        lang = self.env.lang or self.sudo().env.company.partner_id.lang
        rules = self.sudo().with_context(active_test=True, lang=lang).search(GIVES)
        return tuple(rule._spec() for rule in rules)

    @api.model
    @settled_cache("self.env.lang")
    def _names(self):
        """Return the names of all rules, archived ones included, in the reader's language: ``{id: name}`` (cached)."""
        # sudo: a reader of the interaction may see the name of its rule
        rules = self.sudo().with_context(active_test=False).search_fetch([], ["name"])
        return {rule.id: rule.name for rule in rules}

    def _spec(self):
        """Return this rule as the pure ``RuleSpec``. Extend it together with the classifier."""
        self.ensure_one()
        return RuleSpec(
            id=self._origin.id or 0,
            name=self.name,
            event=self.event,
            type_id=(self.type_id.active and self.type_id.id) or 0,
            kind_id=self.type_id.kind_id.id or 0,
            direction=self.type_id.direction or "",
            polarity=self.polarity or "",
            model=self.model_name or "",
            company_id=self.company_id.id or 0,
            channel=self.channel or "",
            client_id=self.client_id.commercial_partner_id.id or 0,
            project_id=self.project_id.id or 0,
            lang=self.lang or "",
            address=email_normalize(self.address or "") or "",
            assigned_id=self.assigned_client_id.commercial_partner_id.id or 0,
            words=self._word_lines(),
            word_languages=self._stem_languages(),
            has_attachment=ATTACHMENT.get(self.attachment),
            domain=self.domain or "",
            author_id=self.domain_author_id.id or 0,
            confirms=self.confirms,
            is_fallback=self.is_fallback,
            is_acknowledgement=self.is_acknowledgement,
            duration=self.duration,
        )

    @api.model
    def _prepare_facts(self, event, company):
        """Return the pure ``Facts`` of a captured event. Extend it together with the classifier."""
        return Facts(
            event=event.code,
            model=event.record._name,
            company_id=company.id,
            channel=event.channel,
            client_id=event.client_id,
            project=lambda: self._project(event.record).id or 0,
            language=lambda: event.partner.lang or "" if event.partner else "",
            email=lambda: address_of(event),
            has_attachment=event.has_attachment,
            text=lambda: event.words,
            in_domain=lambda spec: self._is_in_domain(event.record, spec),
        )

    @api.model
    def _project(self, record):
        """Return the project of a document, possibly empty; it represents the outsourced process."""
        if record._name == "project.project":
            return record
        return record["project_id"] if "project_id" in record else self.env["project.project"]
