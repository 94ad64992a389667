from odoo import fields, models


class CrmInteractionType(models.Model):
    """Add the settings of a type for recommendations."""

    _inherit = "crm.interaction.type"

    can_be_bundled = fields.Boolean(
        help="Outgoing interactions of this type within a few days count toward a recommendation to bundle them, "
        "e.g. three requests for documents."
    )
