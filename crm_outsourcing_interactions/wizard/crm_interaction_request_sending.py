from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.events.actions import CLOSE, notification_action
from ..models.events.locks import wait_for_others
from ..models.requests.letter_days import week_of

LETTERS_URL = "/odoo/interaction-letters"


class CrmInteractionRequestSending(models.TransientModel):
    """Show the letters about a request list as their recipients will read them, and send them at once."""

    _name = "crm.interaction.request.sending"
    _description = "Send Letter"

    list_id = fields.Many2one("crm.interaction.request.list", required=True, readonly=True, ondelete="cascade")
    recipient_ids = fields.Many2many(
        "res.partner", string="Recipients", compute="_compute_recipients", compute_sudo=False
    )
    left_out = fields.Text("No Letter To", compute="_compute_recipients", compute_sudo=False)
    is_beyond = fields.Boolean("Beyond the Maximum", compute="_compute_recipients", compute_sudo=False)
    partner_id = fields.Many2one(
        "res.partner", "Preview", compute="_compute_partner_id", store=True, readonly=False, precompute=True,
        compute_sudo=False, ondelete="cascade", domain="[('id', 'in', recipient_ids)]",
    )  # fmt: skip
    subject = fields.Char(compute="_compute_letter", compute_sudo=False)
    body = fields.Html("Letter Text", compute="_compute_letter", compute_sudo=False, sanitize=False)

    @api.depends("list_id")
    def _compute_recipients(self):
        for sending in self:
            plans, left_out = sending._plans()
            sending.recipient_ids = sending.recipient_ids.union(*(plan.person for plan in plans)).sudo(False)
            sending.left_out = "\n".join(left_out)
            sending.is_beyond = any(all(item._is_reminded_enough() for item in plan.items) for plan in plans)

    @api.depends("recipient_ids")
    def _compute_partner_id(self):
        for sending in self:
            sending.partner_id = sending.recipient_ids[:1]

    @api.depends("partner_id")
    def _compute_letter(self):
        letters = self.env["crm.interaction.request.letter"].sudo()
        for sending in self:
            plan = next((plan for plan in sending._plans()[0] if plan.person == sending.partner_id._origin), None)
            sending.subject = plan and letters._subject(plan)
            sending.body = plan and letters._body(sending.list_id.company_id, plan)

    def _plans(self):
        """Return ``(plans, texts)``: letters to the persons of the list, and to whom none can go, and why.

        :raises AccessError: when the user may not write the list.
        """
        list_ = self.list_id
        list_.check_access("write")
        if list_.is_contract_over:
            return [], [list_.commercial_partner_id._interaction_former_text()]
        company = list_.company_id
        persons = list_.item_ids.filtered("is_outstanding").partner_id
        letters = self.env["crm.interaction.request.letter"]
        plans, obstacles = letters._plans(company, persons)
        texts = [person._interaction_obstacle_text(code) for person, code in obstacles.items()]
        for plan in plans:
            plan.week = week_of(plan.person._interaction_local_day(company))
        sent = letters._sent(company, plans)
        texts += [
            " ".join(
                (
                    self.env._("%s: has received this week's letter.", plan.person.name),
                    letters._letter_text(company, plan.person, letters.item_ids),
                )
            )
            for plan in plans
            if (plan.person, plan.week) in sent
        ]
        return [plan for plan in plans if (plan.person, plan.week) not in sent], texts

    def action_send(self):
        """Send the letters; say so when somebody else has sent them since they were shown.

        :raises UserError: when there was nobody to whom one can go.
        """
        self.ensure_one()
        plans, texts = self._plans()
        if not plans:
            message = "\n".join(texts) or self.env._("Nothing is outstanding from this client.")
            if not self.partner_id:
                raise UserError(message)
            return notification_action(message, "info", CLOSE)
        wait_for_others(self.env["res.partner"].union(*(plan.person for plan in plans)))
        letters = self.env["crm.interaction.request.letter"]._send(self.list_id.company_id, plans)
        names = ", ".join(letters.partner_id.mapped("name"))
        links = [{"label": self.env._("Show Letters"), "url": LETTERS_URL}]
        return notification_action(self.env._("Letters sent to: %s", names) + " %s", then=CLOSE, links=links)
