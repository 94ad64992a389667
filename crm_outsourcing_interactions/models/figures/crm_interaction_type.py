from odoo import fields, models


class CrmInteractionType(models.Model):
    """Add the settings of a type for recommendations."""

    _inherit = "crm.interaction.type"

    can_be_bundled = fields.Boolean(
        help="Several such outgoing contacts with a client within days could be one: they count for recommendations to "
        "bundle."
    )
