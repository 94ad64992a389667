from functools import reduce
from operator import and_

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...events.actions import addon_action
from ..record.crm_interaction_guard import MANAGER


class CrmInteraction(models.Model):
    """Give interactions to another client of the same person, before anybody has confirmed them.

    Users of the addon may choose among the clients to whom the address belongs, managers any client.
    """

    _inherit = "crm.interaction"

    can_change_client = fields.Boolean(compute="_compute_can_change_client")

    @api.depends("partner_id", "why", "state")
    @api.depends_context("uid")
    def _compute_can_change_client(self):
        is_manager = self.env.user.has_group(MANAGER)
        shares_address = self.env["crm.interaction.people"]._shares_address
        for interaction in self:
            is_open = interaction.state == "to_review" and not interaction.unknown_sender
            interaction.can_change_client = is_open and bool(
                is_manager
                or interaction._shared_address()
                or shares_address(interaction.sudo().partner_id)  # sudo: the contact may be of another company
            )

    def action_other_client(self):
        """Give these to the only other client of their person; return the dialog to choose one of several.

        :return: ``False``, or the action (dict) of the dialog.
        :raises UserError: when there is no other client to choose.
        """
        self._check_may_change_client()
        others = self._other_clients()
        if len(others) == 1:
            self._give_to_client(others)
            return False
        if not others and not self.env.user.has_group(MANAGER):
            raise UserError(self.env._("This address belongs to no other client. Ask a manager to change the client."))
        action = addon_action(self.env, "crm_interaction_other_client_action")
        return {**action, "context": {"default_interaction_ids": self.ids}}

    def _check_may_change_client(self):
        """Check that the user may choose the client of these, which wait for review.

        :raises AccessError: when the user may not write them.
        :raises UserError: when one of them is confirmed, ignored or of an unknown sender.
        """
        self._check_may_classify()
        self.check_access("write")
        if not self or self.filtered(lambda i: i.state != "to_review" or i.unknown_sender):
            raise UserError(self.env._("Select only interactions to review that have no unknown sender."))

    def _other_clients(self):
        """Return the clients (sudo) to whom the persons of all of these belong, without the present one."""
        return reduce(and_, (i._people_of_address().commercial_partner_id - i._present_client() for i in self))

    def _present_client(self):
        return self.sudo().commercial_partner_id  # sudo: it may be of another company

    def _people_of_address(self):
        """Return the clients' people (sudo) with the address of the person of this interaction."""
        address = self._shared_address() or self.sudo().partner_id.email_normalized  # sudo: as above
        return self._clients_at(address, self.company_id) if address else self.env["res.partner"].sudo()

    def _give_to_client(self, client):
        """Give these to ``client`` (sudo), together with what waits in their threads for the same address.

        :raises AccessError: when the person does not belong to it and the user is no manager.
        :raises UserError: when it cannot be a client.
        """
        if not self.env.user.has_group(MANAGER) and client not in self._other_clients():
            raise AccessError(self.env._("Only managers choose a client to whom the address does not belong."))
        self._make_client(client)
        for interaction in self._everything().browse(self.ids) | self._waiting_in_threads():
            people = interaction._people_of_address()
            contact = people.filtered(lambda person: person.commercial_partner_id == client)[:1]
            interaction._assign(contact or client, interaction._document_now())

    def _waiting_in_threads(self):
        """Return what waits (sudo) in the threads of these for the same addresses, with a proposal or without."""
        threads = {(i.res_model, i.res_id, i._shared_address()) for i in self if i._shared_address()}
        domain = [
            ("res_model", "in", [model for model, _id, _address in threads]),
            ("res_id", "in", [id_ for _model, id_, _address in threads]),
            ("state", "=", "to_review"),
        ]
        waiting = self._everything().search(domain, order="id") if threads else self._everything().browse()
        return waiting.filtered(lambda i: i._is_proposed() and (i.res_model, i.res_id, i._shared_address()) in threads)
