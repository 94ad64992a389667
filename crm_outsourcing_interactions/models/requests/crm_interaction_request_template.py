from odoo import api, fields, models

from .periods import DUE_DAYS, LENGTHS


class CrmInteractionRequestTemplate(models.Model):
    """Store what the firm needs from clients again and again, e.g. for the closing of a month."""

    _name = "crm.interaction.request.template"
    _inherit = ["crm.interaction.protected.mixin"]
    _description = "Request Template"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    period_length = fields.Selection(
        LENGTHS, "Documents For", required=True, default="month",
        help="Length of the period for which a list asks, e.g. a quarter for VAT.",
    )  # fmt: skip
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", compute="_compute_company_id", store=True, readonly=False, precompute=True, ondelete="cascade",
        index="btree_not_null", help="Empty: all companies. Lists are made automatically in one company.",
    )  # fmt: skip
    item_ids = fields.One2many("crm.interaction.request.template.item", "template_id", "Items", copy=True)
    service_ids = fields.Many2many("crm.interaction.service", compute="_compute_service_ids", string="Services")

    @api.depends("is_automatic")
    def _compute_company_id(self):
        for template in self:
            template.company_id = template.company_id or (template.is_automatic and self.env.company)

    @api.depends("item_ids.service_id")
    def _compute_service_ids(self):
        for template in self:
            template.service_ids = template.item_ids.service_id


class CrmInteractionRequestTemplateItem(models.Model):
    """Store one item of a template."""

    _name = "crm.interaction.request.template.item"
    _inherit = ["crm.interaction.protected.mixin"]
    _description = "Item of a Request Template"
    _order = "template_id, sequence, id"
    _rule_fields = frozenset({"template_id"})

    template_id = fields.Many2one("crm.interaction.request.template", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="template_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    name = fields.Char("Document", required=True, translate=True)
    service_id = fields.Many2one("crm.interaction.service", ondelete="restrict", index="btree_not_null")
    note = fields.Text("Example or Note", translate=True, help="Shown to the client, e.g. which form.")
    due_days = fields.Integer(
        "Due After (Days)", default=DUE_DAYS, help="Days after the end of the period by which it is needed, e.g. 10."
    )

    _due_days_in_range = models.Constraint(
        "CHECK (due_days BETWEEN -31 AND 365)", "Enter a number of days between -31 and 365."
    )
