from odoo import api, models

from ...events.people import client_responsible
from ...events.reasons import because


class CrmInteraction(models.Model):
    """Propose a client for an address that several clients share: the one confirmed last."""

    _inherit = "crm.interaction"

    @api.model
    def _proposed(self, events):
        """Set the client confirmed last on ``events`` whose address fits several clients; they stay to review."""
        for event in events:
            if event.hint and event.hint["code"] == "address_of_several" and not event.client_id:
                self._propose(event, event.hint["address"])
        return events

    @api.model
    def _propose(self, event, address):
        people = self.env["res.partner"].sudo().search([("email_normalized", "=", address)])
        is_client = self.env["crm.interaction.people"]._is_client
        clients = people.filtered(lambda person: is_client(person, event.company)).commercial_partner_id
        domain = [
            ("commercial_partner_id", "in", clients.ids),
            ("partner_id", "in", people.ids),
            ("company_id", "=", event.company.id),
            ("state", "=", "confirmed"),
        ]
        # sudo: the last one may belong to a colleague
        last = self.sudo().search(domain, order="date DESC, id DESC", limit=1)
        client = last.commercial_partner_id
        person = people.filtered(lambda person: person.commercial_partner_id == client)[:1]
        if not person:
            return
        event.partner, event.client_id = person, client.id
        event.user = event.user or client_responsible(person)
        event.__dict__.pop("ids", None)
        event.hint = because("last_of_several", address=address, name=client.display_name)
