from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools.date_utils import start_of

from ..events.crm_interaction_named_mixin import divisions
from .periods import LENGTHS, due_day, past_due_text, period_name, period_title
from .res_partner_letters import NOBODY

STATES = [("draft", "Draft"), ("open", "Shown to Client"), ("closed", "Closed")]
AUDIENCES = [("person", "The Person of Each Item"), ("client", "All Contacts of the Client")]


class CrmInteractionRequestList(models.Model):
    """Store what the firm needs from a client for a period: one list, of which there is one at a time.

    Its chatter is the document of all that is written about it: letters, replies and hand-overs are logged with this
    record, so that they share one matter (``matters/linking.py``). The matter is derived from them and never edited.
    """

    _name = "crm.interaction.request.list"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
        "crm.interaction.protected.mixin",
        "crm.interaction.named.mixin",
        "crm.interaction.persons.mixin",
    ]
    _description = "Request List"
    _order = "period desc, id desc"
    _protected_fields = frozenset({"closed_on", "reply_file_ids", "reply_ids", "state", "stopped_on"})
    _rule_fields = frozenset({"commercial_partner_id"})
    _check_company_auto = True
    _rec_names_search = ["commercial_partner_id"]

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, ondelete="restrict", index=True
    )
    commercial_partner_id = fields.Many2one(
        "res.partner", "Client", required=True, index=True, ondelete="restrict", check_company=True, tracking=True,
        domain="[('parent_id', '=', False)]",
    )  # fmt: skip
    name = fields.Char(compute="_compute_name")
    period = fields.Date(
        required=True, default=lambda self: self._default_period(), tracking=True,
        help="Period to which the documents belong, stored as its first day, e.g. October 2026.",
    )  # fmt: skip
    period_length = fields.Selection(
        LENGTHS, "Documents For", required=True, default="month", tracking=True,
        help="Length of the period to which the documents belong, e.g. a quarter for VAT.",
    )  # fmt: skip
    state = fields.Selection(
        STATES, "Status", required=True, readonly=True, default="draft", copy=False, tracking=True, index=True
    )
    stopped_on = fields.Datetime(
        "Ended On", readonly=True, copy=False,
        help="When the list was closed, or the contract ended: nothing is outstanding.",
    )  # fmt: skip
    closed_on = fields.Datetime(readonly=True, copy=False)
    due = fields.Date(tracking=True, help="Day by which the documents are needed, e.g. 10 November.")
    due_proposed = fields.Date(store=False, help="Due day that the form has proposed for the period.")
    past_due = fields.Char("Due Dates in the Past", compute="_compute_past_due")
    no_letter_to = fields.Char(compute="_compute_past_due")
    no_letter_about = fields.Char(compute="_compute_past_due")
    template_id = fields.Many2one(
        "crm.interaction.request.template", readonly=True, ondelete="set null", index="btree_not_null"
    )
    audience = fields.Selection(
        AUDIENCES, "Shown To", required=True, default="person", tracking=True,
        help="Who at the client sees the items. Items of confidential services are never shown to all contacts.",
    )  # fmt: skip
    item_ids = fields.One2many("crm.interaction.matter.item", "list_id", "Items", copy=True)
    handover_ids = fields.One2many("crm.interaction.request.handover", "list_id", "Hand-overs")
    item_count = fields.Integer("Number of Items", compute="_compute_counts", store=True)
    outstanding_count = fields.Integer("Outstanding", compute="_compute_counts", store=True)
    handed_over_count = fields.Integer("To Check", compute="_compute_counts", store=True)
    done_count = fields.Integer("Done", compute="_compute_counts", store=True)
    interaction_ids = fields.One2many(
        "crm.interaction", "res_id", "Interactions", domain=[("res_model", "=", "crm.interaction.request.list")]
    )
    matter_id = fields.Many2one("crm.interaction.matter", compute="_compute_matter_id")

    _one_open = models.UniqueIndex(
        "(commercial_partner_id, company_id, period, period_length) WHERE state <> 'closed'",
        "This client already has a request list for this period. Add the items to that list.",
    )
    _period_is_its_first_day = models.Constraint(
        "CHECK (period = date_trunc(period_length, period::timestamp))",
        "Enter the first day of the period, e.g. 1 October 2026 for the fourth quarter.",
    )

    @api.model
    def _default_period(self):
        return self.env.company._interaction_today().replace(day=1)

    @api.depends("commercial_partner_id", "period", "period_length")
    @api.depends_context("lang")
    def _compute_name(self):
        for list_ in self:
            period = list_.period and period_title(self.env, list_.period, list_.period_length or "month")
            list_.name = " · ".join(filter(None, (period, list_.commercial_partner_id.name)))

    def _interaction_matter_subject(self):
        """Return the subject of the matter in which we ask for this list, in the reader's language."""
        return self.env._("Documents for %s", period_name(self.env, self.period, self.period_length))

    @api.depends("name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for list_ in self:
            list_.display_name = list_.name or self.env._("Request List")

    @api.model
    def _named(self, name, operator):
        clients = Domain("commercial_partner_id.name", "in", [client for _period, client in divisions(name, " · ")])
        found = self.search(clients).filtered(lambda list_: name.lower() in list_.name.lower())
        return Domain("id", "in", found.ids)

    @api.depends(
        "state", "item_ids.due", "item_ids.state", "item_ids.letter_ids", "item_ids.partner_id.email",
        "item_ids.partner_id.active", "item_ids.partner_id.interaction_bounced_email",
    )  # fmt: skip
    @api.depends_context("lang")
    def _compute_past_due(self):
        """Warn of what was due before anybody has asked for it, and of persons to whom no letter goes."""
        for list_ in self:
            today = (list_.company_id or self.env.company)._interaction_today()
            items = list_.item_ids.filtered("is_outstanding") if list_.state != "closed" else list_.item_ids.browse()
            obstacles = items.partner_id._interaction_letter_obstacles()
            late = items.filtered(
                lambda item, today=today, obstacles=obstacles: (
                    item.due and item.due < today and item.partner_id and item.partner_id not in obstacles
                    and not item._letters_to_person()
                )
            )  # fmt: skip
            list_.past_due = past_due_text(self.env, len(late))
            texts = [person._interaction_obstacle_text(code) for person, code in obstacles.items()]
            nobody = items.partner_id.browse()._interaction_obstacle_text(NOBODY)
            texts += [f"{item.name}: {nobody}" for item in items if not item.partner_id]
            list_.no_letter_to = "; ".join(texts)
            asked = items.filtered(
                lambda item, obstacles=obstacles: item.partner_id and item.partner_id not in obstacles
            )
            list_.no_letter_about = ", ".join(item.name for item in asked if item._is_reminded_enough())

    @api.depends("item_ids.state")
    def _compute_counts(self):
        for list_ in self:
            items = list_.item_ids
            list_.item_count = len(items)
            list_.outstanding_count = len(items.filtered("is_outstanding"))
            list_.handed_over_count = len(items.filtered(lambda item: item.state == "handed_over"))
            list_.done_count = len(items.filtered("is_done"))

    @api.depends("interaction_ids.matter_id")
    def _compute_matter_id(self):
        for list_ in self:
            list_.matter_id = list_.interaction_ids.matter_id.sorted(lambda m: (m.is_open, m.opened_on, m.id))[-1:]

    def _forget_interactions(self):
        """Have interactions and matters of these lists read again; they are stored without the cache."""
        self.invalidate_recordset(["interaction_ids", "matter_id"], flush=False)

    @api.constrains("commercial_partner_id")
    def _check_client(self):
        for list_ in self:
            client = list_.commercial_partner_id
            if client.commercial_partner_id != client:
                raise ValidationError(
                    self.env._("“%s” is a contact. Select the company it belongs to.", client.display_name)
                )

    @api.constrains("commercial_partner_id", "company_id", "period", "period_length")
    def _check_handed_over(self):
        if filed := self._filed():
            raise ValidationError(
                self.env._(
                    "“%s” has files or answers, and remains as it is. Make another list for another client or period.",
                    filed[0].name,
                )
            )

    def _filed(self):
        """Return those of these lists for which the client has handed over something, or we have added files."""
        # sudo: they count, whoever may see them
        return self.sudo().filtered(lambda list_: list_.handover_ids or list_.item_ids.attachment_ids)

    @api.onchange("period", "period_length")
    def _onchange_period(self):
        """Take the first day of the period, and propose the due day that items of templates have by default."""
        if not self.period or not self.period_length:
            return
        self.period = start_of(self.period, self.period_length)
        if not self.due or self.due == self.due_proposed:
            self.due = self.due_proposed = due_day(self.period, self.period_length)

    @api.onchange("audience")
    def _onchange_audience(self):
        if self.audience == "client" and self._origin.audience == "person" and self._origin._filed():
            message = self.env._("All contacts of the client will see the files and answers so far.")
            return {"warning": {"title": self.env._("Shown to All Contacts"), "message": message}}

    @api.constrains("audience", "item_ids")
    def _check_audience(self):
        for list_ in self.filtered(lambda list_: list_.audience == "client"):
            if secret := list_.item_ids.service_id.filtered("is_confidential"):
                raise ValidationError(
                    self.env._(
                        "“%s” is confidential. Show the items to the person of each item only, or move those of this "
                        "service to another list.",
                        secret[0].name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_handed_over(self):
        if filed := self._filed():
            raise UserError(filed[0]._kept_text())
        self._withdraw()

    def _kept_text(self):
        """Return that this list is not deleted, and what to do instead (str)."""
        if self.state == "closed":
            return self.env._("“%s” has files or answers, and remains as a closed list.", self.name)
        if self.state == "draft":
            return self.env._("“%s” has files. Delete them on its items first.", self.name)
        if self.is_contract_over:
            return self.env._("“%s” has files or answers. Close the list instead.", self.name)
        return self.env._(
            "“%s” has files or answers. Accept each item or mark it as not applicable instead: then the list closes.",
            self.name,
        )
