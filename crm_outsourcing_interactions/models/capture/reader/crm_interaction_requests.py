from odoo import api, models
from odoo.http import request
from odoo.tools.mail import email_normalize

from ...events.marks import without_requested
from ...events.people import client_responsible, one_client, responsible
from ...events.reasons import because

FORM_PATH = "/website/form/"
"""Where a form of the website is handed in; Odoo makes the document as superuser."""


class CrmInteractionCapture(models.AbstractModel):
    """Tasks and opportunities that clients create themselves, on the portal or by a form of the website."""

    _inherit = "crm.interaction.capture"

    @api.model
    def _is_by_client(self, with_sudo=False):
        """Say whether somebody outside is creating a document: on the portal, or by a form of the website.

        :param bool with_sudo: whether it also counts what the portal makes in sudo mode.
        """
        if request and request.httprequest.path.startswith(FORM_PATH):
            return request.env.user.share
        return self.env.user.share and (with_sudo or not self.env.su)

    @api.model
    def _requests(self, records, code):
        """Capture that a client created ``records``; without a contact, the address tells whose they are."""
        if not records:
            return

        def read():
            capture = without_requested(self)
            made = without_requested(records.sudo())  # whoever creates them has no right to read them
            by_address = capture._people_by_address(made.filtered(lambda record: not record.partner_id))
            return [event for record in made for event in capture._request_events(code, record, by_address)]

        self._run(read, {"method": "_requests", "args": [code], "model": records._name, "ids": records.ids})

    @api.model
    def _people_by_address(self, records):
        """Return ``{address: people outside}`` for the addresses of ``records``, in one query."""
        addresses = [address for record in records if (address := self._address(record))]
        if not addresses:
            return {}
        people = self.env["res.partner"].sudo().search([("email_normalized", "in", addresses)])
        return people.grouped("email_normalized")

    @api.model
    def _address(self, record):
        return email_normalize(record["email_from"]) if "email_from" in record else False

    @api.model
    def _request_events(self, code, record, by_address):
        people = record.partner_id or by_address.get(self._address(record), record.partner_id)
        person, is_shared = one_client(
            people, lambda person: self.env["crm.interaction.people"]._is_client(person, record.company_id)
        )
        if person:
            values = {"partner": person, "user": self._request_responsible(record, person)}
        elif is_shared:
            values = {"hint": because("address_of_several", address=people[:1].email_normalized)}
        else:
            return  # a prospect, no client
        yield self._prepare_document_event(code, record, **values)

    @api.model
    def _request_responsible(self, record, person):
        """Return who of the staff is responsible; Odoo names the client who creates an opportunity himself."""
        user = responsible(record, person)
        return client_responsible(person) if user.share else user
