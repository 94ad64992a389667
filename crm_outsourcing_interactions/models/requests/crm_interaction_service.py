from odoo import fields, models


class CrmInteractionService(models.Model):
    """Add whether the documents of a service may be shown to all contacts of a client."""

    _inherit = "crm.interaction.service"

    is_confidential = fields.Boolean(
        "Confidential",
        help="Documents of this service, e.g. payroll, are shown only to the person they are requested from, never to "
        "all contacts of the client.",
    )
