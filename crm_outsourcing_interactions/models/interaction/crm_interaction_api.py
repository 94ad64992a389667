from odoo import api, fields, models
from odoo.exceptions import UserError

from ..capture.people import one_client
from .crm_interaction_log import outside_key


class CrmInteraction(models.Model):
    """What telephone systems, messengers and other programs call, over XML-RPC or JSON-2."""

    _inherit = "crm.interaction"

    @api.model
    def log_contacts(self, contacts):
        """Log contacts that happened outside Odoo, each once however often they are sent.

        ``POST /json/2/crm.interaction/log_contacts`` with, for example::

            {"contacts": [{
                "reference": "pbx:2026-11-02/0017",
                "email": "anna@client.example.com",
                "type": "1.1.3",
                "direction": "incoming",
                "date": "2026-11-02 09:30:00",
                "channel": "phone",
                "duration": 0.25,
                "subject": "Travel report"
            }]}

        :param list contacts: dicts; ``reference`` (required) tells the contact from others for good.
            The client is ``partner_id`` (id), ``email`` or ``phone``; when that fits several clients or none,
            the contact waits for review. ``type`` is a code; ``date`` is UTC, now when empty; ``user`` is a login;
            ``duration`` is in hours; ``channel``, ``direction``, ``subject`` and ``note`` are as in the form.
        :return: list of ids of the interactions, in the order of ``contacts``.
        :raises UserError: when a reference is missing or a type does not exist; nothing is logged then.
        """
        self.check_access("create")
        vals_list = [self._prepare_outside_vals(contact) for contact in contacts]
        known = self._known_references([vals["origin_key"] for vals in vals_list])
        ids = []
        for vals in vals_list:
            key = vals["origin_key"]
            if key not in known:
                known[key] = self._by_code().create(vals).id  # it says why it waits for review
            ids.append(known[key])
        return ids

    @api.model
    def _known_references(self, references):
        # sudo: a contact that the caller may not see is known all the same
        interactions = self.sudo().with_context(active_test=False).search([("origin_key", "in", references)])
        return {interaction.origin_key: interaction.id for interaction in interactions}

    @api.model
    def _prepare_outside_vals(self, contact):
        if not contact.get("reference"):
            raise UserError(self.env._("Each contact needs a “reference” that tells it from others: %s", contact))
        partner, hint = self._find_outside_partner(contact)
        vals = {name: contact[name] for name in ("direction", "duration", "subject", "note") if name in contact}
        user = self.env["res.users"].search([("login", "=", contact["user"])]) if contact.get("user") else self.env.user
        vals |= {
            "origin_key": outside_key(contact["reference"], self.env.company.id),
            "partner_id": partner.id,
            "date": contact.get("date") or fields.Datetime.now(),
            "channel": contact.get("channel") or "other",
            "user_id": user.id,
        }
        type_ = self._outside_type(contact.get("type"))
        if type_:
            vals |= {"type_id": type_.id}
        if hint:
            vals |= {"state": "to_review", "reason": hint, "classified_by": False}
        return vals

    @api.model
    def _outside_type(self, code):
        type_ = self.env["crm.interaction.type"]._by_code(code) if code else self.env["crm.interaction.type"]
        if code and (not type_ or type_.is_group):
            raise UserError(self.env._("There is no type “%s” that can be chosen.", code))
        return type_

    @api.model
    def _find_outside_partner(self, contact):
        """Return ``(res.partner, hint)``: never the first of several clients whom an address fits."""
        partners = self.env["res.partner"]
        is_client = self.env["crm.interaction.capture"]._is_client
        if contact.get("partner_id"):
            found = partners.browse(contact["partner_id"]).exists()
            if found and is_client(found.sudo()):  # sudo: what makes a client the caller need not see
                return found, ""
            return partners, self.env._("%s is no client", found.display_name or contact["partner_id"])
        if contact.get("email"):
            address = contact["email"]
            found = partners.search([("email_normalized", "=", address.strip().lower())])
        else:
            address = contact.get("phone") or ""
            found = partners.search([("phone_mobile_search", "=", address)]) if address else partners
        person, is_shared = one_client(found, lambda person: is_client(person.sudo()))  # sudo: as above
        if person:
            return person, ""
        if is_shared:
            return partners, self.env._("%s fits several clients", address)
        return partners, self.env._("No client has %s", address or self.env._("no address"))
