from odoo import api, models
from odoo.http import request
from odoo.tools.mail import email_normalize

from ...events.marks import without_requested
from ...events.people import client_responsible, one_client, responsible
from ...events.reasons import because
from ...optional.apps import is_form_request


class CrmInteractionCapture(models.AbstractModel):
    """Capture tasks and opportunities created by clients on the portal or by website forms."""

    _inherit = "crm.interaction.capture"

    @api.model
    def _is_by_client(self, with_sudo=False):
        """Return whether an external user is creating a document, on the portal or by a website form.

        :param bool with_sudo: include documents created by the portal in sudo mode.
        """
        if is_form_request():
            return request.env.user.share
        return self.env.user.share and (with_sudo or not self.env.su)

    @api.model
    def _requests(self, records, code):
        """Capture ``records`` created by a client, identified by contact or else by address."""
        if not records:
            return

        def read():
            capture = without_requested(self)
            made = without_requested(records.sudo())  # their creator lacks read access
            by_address = capture._people_by_address(made.filtered(lambda record: not record.partner_id))
            return [event for record in made for event in capture._request_events(code, record, by_address)]

        self._run(read, {"method": "_requests", "args": [code], "model": records._name, "ids": records.ids})

    @api.model
    def _people_by_address(self, records):
        """Return ``{address: external people}`` for the addresses of ``records``, in one query."""
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
        company = record.company_id or self._own_company()
        people = people.filtered(lambda person: not person.company_id or person.company_id == company) or people
        person, is_shared = one_client(
            people, lambda person: self.env["crm.interaction.people"]._is_client(person, record.company_id)
        )
        if person:
            values = {"partner": person, "user": self._request_responsible(record, person)}
        elif is_shared:
            values = {"hint": because("address_of_several", address=people[:1].email_normalized)}
        else:
            return  # a prospect, not a client
        yield self._prepare_document_event(code, record, **values)

    @api.model
    def _request_responsible(self, record, person):
        """Return the responsible member of staff, since Odoo assigns a client's opportunity to the client."""
        user = responsible(record, person)
        return client_responsible(person) if user.share else user
