from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..models.events.actions import addon_action
from ..models.events.groups import MANAGER

SERVED = Domain("interaction_accountant_id", "!=", False) | Domain("interaction_team_ids", "!=", False)


class CrmInteractionRequestMaking(models.TransientModel):
    """Make request lists for many clients at once; what is there already is left alone."""

    _name = "crm.interaction.request.making"
    _description = "Make Request Lists"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, ondelete="cascade"
    )
    template_id = fields.Many2one(
        "crm.interaction.request.template", required=True, ondelete="cascade",
        default=lambda self: self._default_template_id(),
    )  # fmt: skip
    period = fields.Date(
        "Month", required=True, default=lambda self: self._default_period(),
        help="Month to which the documents belong.",
    )  # fmt: skip
    partner_ids = fields.Many2many(
        "res.partner", "crm_interaction_request_making_partner_rel", "making_id", "partner_id", "Clients",
        compute="_compute_partner_ids", store=True, readonly=False, precompute=True, compute_sudo=False,
        domain="[('parent_id', '=', False)]",
    )  # fmt: skip
    is_shown = fields.Boolean("Show to Clients at Once", default=True)
    new_count = fields.Integer("New Lists", compute="_compute_preview")
    existing_count = fields.Integer("Clients with a List", compute="_compute_preview")
    unreachable_ids = fields.Many2many(
        "res.partner", string="Without an E-mail Address", compute="_compute_preview",
        help="Clients where nobody can be asked. Enter an address, or select a person for documents.",
    )  # fmt: skip

    @api.model
    def _default_period(self):
        return self.env.company._interaction_today().replace(day=1) - relativedelta(months=1)

    @api.model
    def _default_template_id(self):
        """Take the template if there is only one."""
        templates = self.env["crm.interaction.request.template"].search(Domain.TRUE, limit=2)
        return templates if len(templates) == 1 else templates.browse()

    @api.depends("template_id", "company_id")
    def _compute_partner_ids(self):
        """Take the clients of the template, else those whose contract includes one of its services; possibly none.

        They are the reader's own, for managers without any all with an accountant, and under contract.
        """
        clients = self.env["res.partner"]
        for making in self:
            today = making.company_id._interaction_today()
            of_company = Domain(clients._check_company_domain(making.company_id)) & Domain("parent_id", "=", False)
            served = clients.search(of_company & clients._interaction_under_contract(today) & SERVED)
            is_manager = self.env.user.has_group(MANAGER)
            mine = served.filtered("interaction_is_mine") or (served if is_manager else clients)
            template, period = making.template_id, (making.period or today).replace(day=1)
            making.partner_ids = template.partner_ids or template._fitting(mine, period)

    @api.depends("template_id", "company_id", "period", "partner_ids")
    def _compute_preview(self):
        for making in self:
            clients, period = making.partner_ids._origin, making.period and making.period.replace(day=1)
            domain = making.template_id._made_domain(clients, period, making.company_id)
            with_list = self.env["crm.interaction.request.list"].search(domain).commercial_partner_id
            making.existing_count = len(with_list)
            making.new_count = len(clients - with_list)
            making.unreachable_ids = clients.filtered(lambda client: not client._interaction_request_person().email)

    def action_make(self):
        """Make the lists and show them.

        :raises UserError: when no client is selected.
        """
        self.ensure_one()
        if not self.partner_ids:
            raise UserError(self.env._("Select the clients who get a request list."))
        period = self.period.replace(day=1)
        self.template_id._make(self.partner_ids, period, self.company_id, self.is_shown)
        return {
            **addon_action(self.env, "crm_interaction_request_list_action"),
            "domain": list(self.template_id._made_domain(self.partner_ids, period, self.company_id)),
            "context": {},
        }
