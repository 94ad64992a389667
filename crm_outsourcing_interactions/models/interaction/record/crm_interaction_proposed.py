from odoo import api, models

from ...events.people import client_responsible, responsible
from ...events.reasons import because, doubt_of, with_doubt

SHARED = ("address_of_several", "client_by_rule", "last_of_several")
"""Codes of the reasons to review that are about an address of several clients."""

SETTLED = {"address_form", "address_of_several", "client_domain", "other_thread", "unknown_sender"}
"""Codes of the reasons to review that a client assigned by a rule settles."""


class CrmInteraction(models.Model):
    """Find the client meant where capture cannot: by what people decided in the same thread, or confirmed last."""

    _inherit = "crm.interaction"

    def _shared_address(self):
        """Return the address (str) of several clients for which this waits, else an empty text."""
        is_waiting = self.state == "to_review" and (self.why or {}).get("code") in SHARED
        return self.why["address"] if is_waiting else ""

    def _is_proposed(self):
        """Return whether the client is a proposal that no person has looked at."""
        return bool(self._shared_address()) and not self._is_client_decided()

    @api.model
    def _proposed(self, events):
        """Set the client of ``events`` whose address fits several clients.

        A person's decision in the thread is final, then a rule assigns the client; the client confirmed last is a
        proposal, to review. Who was confirmed in the thread of another client needs no further review there.
        """
        for event in events:
            code, rule = (event.hint or {}).get("code"), self.env["crm.interaction.rule"]._assigning_rule(event)
            if rule and self._assign_by_rule(event, rule):
                continue
            if code == "address_of_several" and not event.client_id:
                self._propose(event, event.hint["address"])
            elif code == "other_thread" and self._decided_in_thread(event, event.partner.commercial_partner_id):
                event.hint = doubt_of(event.hint)
        return events

    @api.model
    def _assign_by_rule(self, event, rule):
        """Give ``event`` to the client of ``rule`` (``RuleSpec``), unless a person decided otherwise in the thread.

        It is to review unless the rule confirms its type. Return whether it was given.
        """
        # sudo: the poster may be a portal user
        client = self.env["res.partner"].sudo().browse(rule.assigned_id)
        people = self._clients_at(rule.address, event.company)
        if not client.active or not self.env["crm.interaction.people"]._is_client(client, event.company):
            return False
        if self._decided_in_thread(event, people.commercial_partner_id):
            return False
        person = people.filtered(lambda person: person.commercial_partner_id == client)[:1] or client
        if event.hint is None or event.hint["code"] in SETTLED:
            is_sure = rule.confirms and rule.type_id
            hint = None if is_sure else because("client_by_rule", name=rule.name, address=rule.address, rule_id=rule.id)
            event.hint = with_doubt(hint, (event.hint or {}).get("sign", ""))
        event.partner, event.client_id = person, client.id
        event.user = responsible(event.record, person)
        event.__dict__.pop("ids", None)
        return True

    @api.model
    def _propose(self, event, address):
        people = self._clients_at(address, event.company)
        clients, sign = people.commercial_partner_id, event.hint.get("sign", "")
        if client := self._decided_in_thread(event, clients):
            hint = None
        elif client := self._confirmed_last(event.company, people):
            hint = because("last_of_several", address=address, name=client.display_name)
        else:
            return
        person = people.filtered(lambda person: person.commercial_partner_id == client)[:1]
        event.partner, event.client_id, event.hint = person, client.id, with_doubt(hint, sign)
        event.user = event.user or client_responsible(person)
        event.__dict__.pop("ids", None)

    @api.model
    def _clients_at(self, address, company):
        """Return the clients' people (sudo) who have an address, as far as they belong to the company or to all."""
        people = self.env["res.partner"].sudo().search([("email_normalized", "=", address)])
        is_client = self.env["crm.interaction.people"]._is_client
        return people.filtered(lambda p: (not p.company_id or p.company_id == company) and is_client(p, company))

    @api.model
    def _decided_in_thread(self, event, clients):
        """Return the one of ``clients`` that a person has confirmed, or chosen, last in the thread of ``event``."""
        domain = [
            ("res_model", "=", event.record._name),
            ("res_id", "=", event.record.id),
            ("commercial_partner_id", "in", clients.ids),
            ("state", "!=", "ignored"),
        ]
        for interaction in self._everything().search(domain, order="date DESC, id DESC"):
            if interaction._is_client_decided():
                return interaction.commercial_partner_id
        return clients.browse()

    def _is_client_decided(self):
        """Return whether a person has confirmed this, or chosen its client."""
        if self.state == "confirmed" and self.classified_by == "person":
            return True
        return any("commercial_partner_id" in (change.before or {}) for change in self.type_change_ids)

    @api.model
    def _confirmed_last(self, company, people):
        """Return the client of the interaction with one of ``people`` that was confirmed last."""
        domain = [
            ("commercial_partner_id", "in", people.commercial_partner_id.ids),
            ("partner_id", "in", people.ids),
            ("company_id", "=", company.id),
            ("state", "=", "confirmed"),
        ]
        # sudo: the last one may belong to a colleague
        return self.sudo().search(domain, order="date DESC, id DESC", limit=1).commercial_partner_id
