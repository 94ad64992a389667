from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CrmInteractionService(models.Model):
    """Add whether the documents of a service may be shown to all contacts of a client."""

    _inherit = "crm.interaction.service"

    is_confidential = fields.Boolean(
        "Confidential",
        help="Documents of this service, e.g. payroll, are shown only to the person they are requested from, never to "
        "all contacts of the client.",
    )

    @api.constrains("is_confidential")
    def _check_requests(self):
        # sudo: lists of all companies count
        items = self.env["crm.interaction.matter.item"].sudo()
        domain = [("service_id", "in", self.filtered("is_confidential").ids), ("list_id.audience", "=", "client")]
        if shown := items.search(domain, limit=1):
            raise ValidationError(
                self.env._(
                    "“%s” shows documents of this service to all contacts of the client. Show them to the person of "
                    "each item first.",
                    shown.list_id.name,
                )
            )
