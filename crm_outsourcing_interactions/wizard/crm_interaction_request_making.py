from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.date_utils import start_of

from ..models.events.actions import CLOSE, addon_action, notification_action
from ..models.events.groups import MANAGER
from ..models.events.plurals import plural
from ..models.requests.periods import due_day, last_period, past_due_text


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
        required=True, compute="_compute_period", store=True, readonly=False, precompute=True,
        help="Period to which the documents belong, by default the last one.",
    )  # fmt: skip
    period_length = fields.Selection(related="template_id.period_length")
    partner_ids = fields.Many2many(
        "res.partner", "crm_interaction_request_making_partner_rel", "making_id", "partner_id", "Clients",
        compute="_compute_partner_ids", store=True, readonly=False, precompute=True, compute_sudo=False,
        domain="[('parent_id', '=', False)]",
    )  # fmt: skip
    is_shown = fields.Boolean("Show to Clients at Once", default=True)
    new_count = fields.Integer("New Lists", compute="_compute_preview")
    existing_count = fields.Integer("Clients with a List", compute="_compute_preview")
    contact_ids = fields.Many2many("res.partner", string="Contacts Who Are Asked", compute="_compute_contacts")
    unset_ids = fields.Many2many(
        "res.partner", string="Person for Documents Not Set", compute="_compute_contacts",
        help="Clients where the first contact with an e-mail address is asked. Select a person on the client.",
    )  # fmt: skip
    past_due = fields.Char("Due Dates in the Past", compute="_compute_past_due")
    left_out = fields.Text(
        "No Letter To", compute="_compute_contacts",
        help="Clients whose person for documents gets no letters, and why, e.g. has unsubscribed. Correct the contact, "
        "or select another person on the client.",
    )  # fmt: skip

    @api.depends("template_id", "company_id")
    def _compute_period(self):
        for making in self:
            making.period = last_period(making.company_id._interaction_today(), making.period_length or "month")

    @api.model
    def _default_template_id(self):
        """Take the first template, in the order that the firm has given them."""
        return self.env["crm.interaction.request.template"].search(Domain.TRUE, limit=1)

    @api.depends("template_id", "company_id")
    def _compute_partner_ids(self):
        """Take the clients of the template that are the user's, for managers all; else those whom it fits."""
        sees_all = self.env.user.has_group(MANAGER)
        for making in self:
            template, period = making.template_id, making._first_day()
            clients = period and template._automatic_clients(making.company_id, period)
            shown = clients and clients.filtered(lambda client: sees_all or client.interaction_is_shown)
            making.partner_ids = shown or (period and template._proposed(making.company_id, period))

    @api.depends("template_id", "company_id", "period", "partner_ids")
    def _compute_preview(self):
        for making in self:
            period = making._first_day()
            clients = making.template_id._served(making.partner_ids._origin, making.company_id)
            domain = making.template_id._made_domain(clients, period, making.company_id)
            with_list = self.env["crm.interaction.request.list"].search(domain).commercial_partner_id
            making.existing_count = len(with_list)
            making.new_count = period and len(making.template_id._fitting(clients - with_list, period))

    @api.depends("partner_ids")
    def _compute_contacts(self):
        for making in self:
            persons = {client: client._interaction_request_person() for client in making.partner_ids._origin}
            making.contact_ids = making.env["res.partner"].union(*persons.values())
            making.unset_ids = making.partner_ids._origin.filtered(
                lambda client, persons=persons: persons[client] != client.interaction_request_partner_id
            )
            obstacles = making.contact_ids._origin._interaction_letter_obstacles()
            making.left_out = "\n".join(
                making._obstacle_text(client, person, obstacles[person])
                for client, person in persons.items()
                if person in obstacles
            )

    @api.model
    def _obstacle_text(self, client, person, code):
        """Return which client cannot be asked, and why (str), e.g. *Vector · Ivan: has unsubscribed*."""
        text = person._interaction_obstacle_text(code)
        return text if person == client else f"{client.name} · {text}"

    @api.depends("template_id", "company_id", "period", "new_count")
    def _compute_past_due(self):
        """Warn of the due days of new lists."""
        for making in self:
            today, period, length = making.company_id._interaction_today(), making._first_day(), making.period_length
            days = making.template_id.item_ids.mapped("due_days") if making.new_count else []
            late = [day for day in days if due_day(period, length, day) < today]
            making.past_due = past_due_text(self.env, len(late))

    def _first_day(self):
        """Return the first day of the selected period."""
        return self.period and start_of(self.period, self.period_length or "month")

    def action_make(self):
        """Make the lists, show those made or added to and tell how many were made, added to and left alone.

        :raises UserError: when no client is selected.
        """
        self.ensure_one()
        if not self.partner_ids:
            raise UserError(self.env._("Select the clients who get a request list."))
        domain = self.template_id._made_domain(self.partner_ids, self._first_day(), self.company_id)
        before = self.env["crm.interaction.request.list"].search(domain)
        lists = self.template_id._make(self.partner_ids, self._first_day(), self.company_id, self.is_shown)
        action = {
            **addon_action(self.env, "crm_interaction_request_list_action"),
            "name": self.env._("Request Lists Made"),
            "domain": list(Domain("id", "in", lists.ids)),
            "context": {},
        }
        return notification_action(self._made_text(lists - before, lists & before), then=action if lists else CLOSE)

    def _made_text(self, made, added_to):
        """Return how many lists were ``made`` and ``added_to``, and how many clients were left alone."""
        left = len(self.partner_ids) - len(made) - len(added_to)
        texts = [plural(self.env, self.env._("%(n)s list made.|%(n)s lists made."), len(made))]
        if added_to:
            forms = self.env._("Items added to %(n)s list.|Items added to %(n)s lists.")
            texts.append(plural(self.env, forms, len(added_to)))
        if left:
            forms = self.env._("Nothing to request from %(n)s client.|Nothing to request from %(n)s clients.")
            texts.append(plural(self.env, forms, left))
        return " ".join(texts)
