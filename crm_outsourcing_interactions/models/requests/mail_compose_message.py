from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..events.groups import USER
from ..events.keys import ids_in
from ..events.message_text import message_text
from ..matters.crm_interaction_matter_complaint import OPEN_COMPLAINTS
from .asked_lines import asked_lines, one_item, with_addresses

ASKING = "crm_outsourcing_interactions.crm_interaction_request_asking_action"


class MailComposeMessage(models.TransientModel):
    """Offer to add to the weekly letter what would be one more message to a client, in the full composer as well as in
    that of the chatter. Sending remains possible."""

    _inherit = "mail.compose.message"

    interaction_letter_hint = fields.Char("Weekly Letter", compute="_compute_interaction_letter_hint")
    interaction_letter_offered = fields.Boolean("Can Go Into the Letter", compute="_compute_interaction_letter_hint")

    @api.depends("composition_mode", "model", "partner_ids", "res_ids", "subtype_is_log")
    def _compute_interaction_letter_hint(self):
        is_user = self.env.user.has_group(USER)
        for composer in self:
            is_message = composer.composition_mode == "comment" and not composer.subtype_is_log
            hint = is_user and is_message and composer.partner_ids and composer._interaction_letter_hint()
            composer.interaction_letter_hint = hint and hint["text"]
            composer.interaction_letter_offered = bool(hint) and hint["is_offered"]

    def _interaction_letter_hint(self):
        ids = self._evaluate_res_ids() if self._interaction_has_chatter(self.model) else []
        return len(ids) == 1 and self.interaction_letter_hint_of(self.model, ids[0], self.partner_ids._origin.ids)

    @api.model
    @api.readonly
    def interaction_letter_hint_of(self, model, res_id, partner_ids):
        """Return ``{"text": …, "is_offered": …}`` to show before a message is sent; ``False`` if there is nothing.

        :param str model: of the document; ``res_id``: its id. :param partner_ids: ids of the recipients.
        :raises AccessError: when the user may not read the document or does not belong to the user group.
        :raises UserError: for another model.
        """
        company, persons, service = self._interaction_addressed(model, res_id, partner_ids)
        if not persons or self._interaction_answers_complaint(model, res_id):
            return False
        text, person = self.env["crm.interaction.request.letter"]._hint(company, persons, service)
        return bool(text) and {"text": text, "is_offered": bool(person)}

    @api.model
    def _interaction_answers_complaint(self, model, res_id):
        """Return whether a message on a document answers a complaint, which no letter does."""
        document = Domain("res_model", "=", model) & Domain("res_id", "=", res_id)
        matters = self.env["crm.interaction.matter"]
        return bool(matters.search(document & OPEN_COMPLAINTS, limit=1))

    @api.model
    def interaction_add_to_letter(self, model, res_id, partner_ids, body):
        """Add the text of a message to the client's request list; return the action that tells so.

        A text of several lines opens the dialog in which they are chosen.

        :param str body: HTML. For the others see :meth:`interaction_letter_hint_of`.
        :raises UserError: when it cannot be added.
        """
        return self._interaction_add(model, res_id, partner_ids, body, is_asked=True)

    def action_interaction_add_to_letter(self):
        """Add the text of the message to the client's request list, as one item."""
        self.env["crm.interaction"].check_access("read")
        self.ensure_one()
        ids = self._evaluate_res_ids() if self._interaction_has_chatter(self.model) else []
        res_id = len(ids) == 1 and ids[0]
        action = self._interaction_add(self.model, res_id, self.partner_ids.ids, self.body)
        action["params"] |= {"model": self.model, "res_id": res_id}
        return action

    @api.model
    def _interaction_add(self, model, res_id, partner_ids, body, is_asked=False):
        company, persons, service = self._interaction_addressed(model, res_id, partner_ids)
        letter = self.env["crm.interaction.request.letter"]
        hint, person = letter._hint(company, persons, service) if persons else ("", persons)
        if not person:
            raise UserError(hint or self.env._("This message can no longer be added to a letter. Please send it."))
        text = message_text("", with_addresses(body) if isinstance(body, str) else "")
        name, note = one_item(text)
        if not name:
            raise UserError(self.env._("Enter the documents that you need, one per line."))
        asking = self.env["crm.interaction.request.asking"]
        values = asking._prepare_instead_vals(company, person, service)
        if is_asked and note:
            values["documents"] = "\n".join(asked_lines(text))
            context = {f"default_{name}": value for name, value in values.items()}
            return {**self.env["ir.actions.act_window"]._for_xml_id(ASKING), "context": context}
        return asking.create(values)._add_instead([(name, note)])

    @api.model
    def _interaction_has_chatter(self, model):
        """Return whether ``model``, anything that a request sends, is the name of one whose records have messages."""
        found = self.env.get(model) if isinstance(model, str) else None
        return isinstance(found, self.pool["mail.thread"]) and not found._abstract

    @api.model
    def _interaction_addressed(self, model, res_id, partner_ids):
        """Return ``(company, persons, service)`` of a message: those recipients that are persons of clients.

        There are none unless one of them belongs to a client of the user.

        :raises AccessError: when the user may not read the document or does not belong to the user group.
        :raises UserError: for another model.
        """
        self.env["crm.interaction"].check_access("read")
        if not self._interaction_has_chatter(model):
            raise UserError(self.env._("“%s” is not a kind of document with messages.", model))
        record = self.env[model].browse(ids_in([res_id])).exists()
        record.check_access("read")
        # sudo: the company and the service of a document are no secret to who may read it
        company = record.sudo()._mail_get_companies(default=self.env.company).get(record.id, self.env.company)
        project = self.env["crm.interaction.rule"].sudo()._project(record.sudo())
        persons = self.env["res.partner"].browse(ids_in(partner_ids)).exists()._filtered_access("read")
        is_shown = record and company in self.env.companies and record._interaction_is_captured()
        people = self.env["crm.interaction.people"]
        clients = {one: client_id for one in persons if is_shown and (client_id := people._client_of(one, company))}
        if not any(client._interaction_may_see() for client in persons.browse(set(clients.values()))):
            clients = {}
        return (
            company.sudo(False),
            persons.browse(one.id for one in clients),
            project.interaction_service_id.sudo(False),
        )
