from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..events.crm_interaction_protected_mixin import BY_CODE
from ..events.marks import event_date, mark

STATES = [
    ("open", "Outstanding"),
    ("handed_over", "Handed Over"),
    ("returned", "Returned"),
    ("accepted", "Accepted"),
    ("not_applicable", "Not Applicable"),
]
OUTSTANDING = ("open", "returned")
ACCEPTING = (*OUTSTANDING, "handed_over")
"""States in which the client may hand over, again too, so that sending twice is no error."""
DONE = ("accepted", "not_applicable")


class CrmInteractionMatterItem(models.Model):
    """Store one document, or several alike, that the firm needs from a client, and the files handed over.

    The files belong to the item until it is accepted: whoever may read the item may read them. They are neither public
    nor have an access token.
    """

    _name = "crm.interaction.matter.item"
    _inherit = ["crm.interaction.protected.mixin", "crm.interaction.named.mixin"]
    _description = "Item"
    _order = "list_id desc, sequence, id"
    _protected_fields = frozenset(
        {
            "accepted_on", "added_instead_id", "added_on", "answer", "attachment_ids", "handed_over_by_id",
            "handed_over_on", "letter_ids", "message_id", "not_applicable_reason", "own_file_ids", "return_reason",
            "state", "steps",
        }
    )  # fmt: skip

    _rule_fields = frozenset({"list_id"})

    list_id = fields.Many2one("crm.interaction.request.list", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="list_id.company_id", store=True, index=True)
    commercial_partner_id = fields.Many2one(
        related="list_id.commercial_partner_id", string="Client", store=True, index=True
    )
    list_state = fields.Selection(related="list_id.state", string="Status of the List")
    template_item_id = fields.Many2one(
        "crm.interaction.request.template.item", readonly=True, copy=False, ondelete="set null", index="btree_not_null"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char("Document", required=True)
    service_id = fields.Many2one(
        "crm.interaction.service", compute="_compute_service_id", store=True, readonly=False, precompute=True,
        ondelete="restrict", index="btree_not_null",
        help="Service of the document; words such as payslips select a confidential one.",
    )  # fmt: skip
    partner_id = fields.Many2one(
        "res.partner", "Contact", compute="_compute_partner_id", store=True, readonly=False, precompute=True,
        index="btree_not_null", ondelete="set null",
        domain="[('id', 'child_of', commercial_partner_id), ('type', '=', 'contact')]",
        help="Person at the client who is asked; the client's person for documents by default.",
    )  # fmt: skip
    due = fields.Date(
        compute="_compute_due", store=True, readonly=False, precompute=True,
        help="Day by which it is needed; that of the list by default.",
    )  # fmt: skip
    note = fields.Text("Example or Note", help="Shown to the client, e.g. which form and for which days.")
    state = fields.Selection(STATES, "Status", required=True, readonly=True, default="open", copy=False, index=True)
    return_reason = fields.Text(readonly=True, copy=False, help="Shown to the client.")
    answer = fields.Text("Client's Answer", readonly=True, copy=False)
    not_applicable_reason = fields.Text("Why Not Applicable", readonly=True, copy=False)
    added_on = fields.Datetime(required=True, readonly=True, copy=False, default=lambda self: event_date(self.env))
    message_id = fields.Many2one(
        "mail.message", readonly=True, copy=False, index="btree_not_null", ondelete="set null", groups=fields.NO_ACCESS,
        help="Our message that asks for it.",
    )  # fmt: skip
    handed_over_on = fields.Datetime(readonly=True, copy=False)
    handed_over_by_id = fields.Many2one(
        "res.partner", readonly=True, copy=False, ondelete="set null", index="btree_not_null"
    )
    accepted_on = fields.Datetime(readonly=True, copy=False)
    steps = fields.Json(
        "Status History", readonly=True, copy=False, groups=fields.NO_ACCESS,
        help="Each status since the item was added: when it was set, and since when it holds.",
    )  # fmt: skip
    attachment_ids = fields.Many2many(
        "ir.attachment", "crm_interaction_matter_item_attachment_rel", "item_id", "attachment_id", "Files",
        readonly=True, copy=False,
    )  # fmt: skip
    remark = fields.Text("Reason or Answer", compute="_compute_remark", help="What was said last, by us or the client.")
    is_outstanding = fields.Boolean(compute="_compute_is_outstanding", search="_search_is_outstanding")
    is_done = fields.Boolean(compute="_compute_is_outstanding")
    is_filed = fields.Boolean(
        "With Content", compute="_compute_is_filed", help="The client has handed it over, or we have added files."
    )
    is_claimed = fields.Boolean(
        "Not Applicable as the Client Says", compute="_compute_is_outstanding", help="And nobody has checked it yet."
    )

    @api.depends("state", "return_reason", "not_applicable_reason", "answer")
    def _compute_remark(self):
        for item in self:
            said = item.not_applicable_reason or item.answer
            item.remark = item.return_reason if item.state == "returned" else said

    @api.depends("state", "not_applicable_reason")
    def _compute_is_outstanding(self):
        for item in self:
            item.is_outstanding = item.state in OUTSTANDING
            item.is_done = item.state in DONE
            item.is_claimed = item.state == "handed_over" and bool(item.not_applicable_reason)

    @api.depends("attachment_ids", "handed_over_on")
    def _compute_is_filed(self):
        for item in self:
            item.is_filed = bool(item.handed_over_on or item.attachment_ids)

    def _search_is_outstanding(self, operator, _value):
        return [("state", "in", OUTSTANDING)] if operator == "in" else NotImplemented

    @api.depends("name", "note")
    def _compute_service_id(self):
        """Take a confidential service that the words name, e.g. payslips, unless one is selected."""
        services = self.env["crm.interaction.service"]
        for item in self.filtered(lambda item: not item.service_id):
            named = services._of_documents(f"{item.name or ''}\n{item.note or ''}", services)
            item.service_id = named.filtered("is_confidential")

    @api.depends("list_id.commercial_partner_id")
    def _compute_partner_id(self):
        for item in self:
            client = item.list_id.commercial_partner_id
            if not item.partner_id or item.partner_id.commercial_partner_id != client:
                item.partner_id = client._interaction_request_person()

    @api.depends("list_id.due")
    def _compute_due(self):
        for item in self:
            item.due = item.due or item.list_id.due

    @api.constrains("service_id", "list_id")
    def _check_audience(self):
        self.list_id._check_audience()

    @api.constrains("partner_id", "service_id")
    def _check_successor(self):
        """Refuse to show confidential documents to another person than the one who handed them over."""
        if mark(self.env, BY_CODE):  # lists are merged, the persons stay
            return
        for item in self.filtered(lambda item: item.service_id.is_confidential and item.handed_over_on):
            if item.partner_id and item.partner_id != item.handed_over_by_id:
                raise ValidationError(
                    self.env._(
                        "“%(item)s” is confidential, and another person has handed it over. Add a new item for "
                        "%(person)s.",
                        item=item.name,
                        person=item.partner_id.name,
                    )
                )

    @api.onchange("partner_id")
    def _onchange_partner_id(self):
        before, person = self._origin.partner_id, self.partner_id._origin
        if self._origin.is_filed and person and before and person != before:
            message = self.env._(
                "%(person)s will see the files and answers of “%(item)s”. To avoid that, add a new item.",
                item=self.name,
                person=person.name,
            )
            return {"warning": {"title": self.env._("Another Person"), "message": message}}

    @api.ondelete(at_uninstall=False)
    def _unlink_except_handed_over(self):
        if filed := self.filtered("is_filed"):
            raise UserError(filed[0]._kept_text())

    def _kept_text(self):
        """Return that this item is not deleted, and what to do instead (str)."""
        if self.is_done or self.list_state == "closed":
            return self.env._("“%s” has files or answers, and remains on its list.", self.name)
        if self.list_state == "draft":
            return self.env._("“%s” has files. Delete them first.", self.name)
        return self.env._(
            "“%s” has files or answers. Accept it or mark it as not applicable instead of deleting it.", self.name
        )
