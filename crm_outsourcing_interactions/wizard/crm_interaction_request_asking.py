from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.date_utils import start_of

from ..models.events.locks import wait_for_others
from ..models.events.message_text import body_text
from ..models.requests.asked_lines import asked_lines, shortened
from ..models.requests.periods import LENGTHS


class CrmInteractionRequestAsking(models.TransientModel):
    """Turn a message that asks for documents into items of the client's request list."""

    _name = "crm.interaction.request.asking"
    _description = "Ask for Documents"

    message_id = fields.Many2one("mail.message", readonly=True, ondelete="cascade")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, ondelete="cascade"
    )
    client_id = fields.Many2one(
        "res.partner", compute="_compute_client_id", store=True, readonly=False, precompute=True, compute_sudo=False,
        ondelete="cascade", domain="[('parent_id', '=', False)]",
    )  # fmt: skip
    partner_id = fields.Many2one(
        "res.partner", "Contact", compute="_compute_partner_id", store=True, readonly=False, precompute=True,
        compute_sudo=False, ondelete="cascade", domain="[('id', 'child_of', client_id), ('type', '=', 'contact')]",
    )  # fmt: skip
    period = fields.Date(
        compute="_compute_period", store=True, readonly=False, precompute=True, compute_sudo=False, required=True
    )
    period_length = fields.Selection(
        LENGTHS, "Documents For", compute="_compute_period", store=True, readonly=False, precompute=True,
        compute_sudo=False, required=True,
    )  # fmt: skip
    due = fields.Date()
    documents = fields.Text(
        compute="_compute_documents", store=True, readonly=False, precompute=True, compute_sudo=False,
        help="One item per line, as the client will read it.",
    )  # fmt: skip
    service_id = fields.Many2one("crm.interaction.service", ondelete="cascade")
    list_id = fields.Many2one("crm.interaction.request.list", "Added To", compute="_compute_list_id")
    list_state = fields.Selection(related="list_id.state", related_sudo=False, string="Status of the List")
    is_instead = fields.Boolean(
        "Instead of a Message", help="The text is added to the weekly letter and not sent: one interaction is saved."
    )

    @api.depends("message_id")
    def _compute_period(self):
        """Take the period of the list to which the message belongs, else this month."""
        for asking in self:
            message, list_ = asking._readable(), self.env["crm.interaction.request.list"]
            if message.model == list_._name:
                list_ = list_.browse(message.res_id).exists()._filtered_access("read")
            asking.period = list_.period or (asking.company_id or self.env.company)._interaction_today().replace(day=1)
            asking.period_length = list_.period_length or "month"

    @api.depends("message_id")
    def _compute_client_id(self):
        for asking in self:
            asking.client_id = asking._readable()._interactions().commercial_partner_id[:1]

    def _readable(self):
        """Return the message, if the user may read it: Odoo checks that for messages only when asked to."""
        return self.message_id._origin._filtered_access("read")

    @api.depends("message_id", "client_id")
    def _compute_partner_id(self):
        for asking in self:
            people = asking._readable()._interactions().partner_id.grouped("commercial_partner_id")
            asked = people.get(asking.client_id) or asking.client_id._interaction_request_person()
            asking.partner_id = asked[:1]

    @api.depends("message_id")
    def _compute_documents(self):
        """Take the lines of the message, if the reader may read it."""
        for asking in self:
            asking.documents = "\n".join(asked_lines(body_text(asking._readable().body or "")))

    @api.depends("client_id", "company_id", "period", "period_length")
    def _compute_list_id(self):
        for asking in self:
            domain = (
                Domain("commercial_partner_id", "=", asking.client_id.id)
                & Domain("company_id", "=", asking.company_id.id)
                & Domain("period", "=", asking.period and start_of(asking.period, asking.period_length))
                & Domain("period_length", "=", asking.period_length)
                & Domain("state", "!=", "closed")
            )
            asking.list_id = asking.list_id.search(domain, limit=1)

    def action_ask(self):
        """Add the items to the client's list for the period, a new one if need be, and open it.

        :raises UserError: when no document is named.
        """
        self.ensure_one()
        names = [line.strip() for line in (self.documents or "").splitlines() if line.strip()]
        if not names:
            raise UserError(self.env._("Enter the documents that you need, one per line."))
        items = [shortened(name) for name in names]
        if self.is_instead:
            return self._add_instead(items)
        items = [Command.create(self._prepare_item_vals(*item)) for item in items]
        list_ = self.list_id or self._make_list()
        before = list_.item_ids
        list_.item_ids = items
        # sudo: only code reads and writes it
        (list_.item_ids - before).sudo()._by_code().message_id = self._readable()
        list_.action_open()
        return list_.get_formview_action()

    def _add_instead(self, items):
        """Add ``items``, pairs of name and note, instead of a message; return the action that tells so."""
        if not self.partner_id:
            raise UserError(self.env._("Select the person who gets the letter."))
        letter = self.env["crm.interaction.request.letter"]
        if reason := letter._unreachable_text(self.company_id, self.partner_id):
            raise UserError(reason)
        list_ = self.list_id or self._make_list()
        vals_list = [self._prepare_item_vals(*item) for item in items]
        saving = self.env["crm.interaction.request.saving"]._add(list_, self.partner_id, vals_list)
        list_.action_open()
        return saving._added_action(letter._next_day(self.company_id, self.partner_id))

    def _prepare_item_vals(self, name, note):
        vals = {"name": name, "note": note}
        vals |= {"partner_id": self.partner_id.id} if self.partner_id else {}  # else the client's for documents
        vals |= {"due": self.due} if self.due else {}  # else that of the list
        service = self.service_id._of_documents(f"{name}\n{note}", self.service_id)
        return {**vals, "service_id": service.id}

    @api.model
    def _prepare_instead_vals(self, company, person, service):
        """Return the values of the dialog for what a ``person`` is asked for in the letter instead of a message."""
        list_ = self.env["crm.interaction.request.list"]._for_person(company, person)
        today = company._interaction_today()
        return {
            "is_instead": True,
            "company_id": company.id,
            "client_id": person.commercial_partner_id.id,
            "partner_id": person.id,
            "service_id": service.id,
            "period": list_.period or today.replace(day=1),
            "period_length": list_.period_length or "month",
            "due": list_.due if list_.due and list_.due > today else False,
        }

    def _make_list(self):
        """Return a new list; the second of two who need one at the same moment finds that of the first."""
        wait_for_others(self.client_id)
        return self.list_id.create(self._prepare_list_vals())

    def _prepare_list_vals(self):
        return {
            "commercial_partner_id": self.client_id.id,
            "company_id": self.company_id.id,
            "period": start_of(self.period, self.period_length),
            "period_length": self.period_length,
            "due": self.due,
        }
