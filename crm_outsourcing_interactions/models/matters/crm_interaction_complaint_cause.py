from odoo import fields, models

from ..events.crm_interaction_ranges_mixin import SEQUENCES


class CrmInteractionComplaintCause(models.Model):
    """Store causes of complaints, e.g. *Late result*. The seeds are the firm's to change."""

    _name = "crm.interaction.complaint.cause"
    _inherit = ["crm.interaction.in.use.mixin", "crm.interaction.ranges.mixin"]
    _description = "Complaint Cause"
    _order = "sequence, id"
    _ranges = {"sequence": SEQUENCES}

    name = fields.Char(required=True, translate=True)
    description = fields.Text(
        translate=True, help="When to choose this cause, e.g. “The report came after the due date”."
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _name_unique = models.UniqueIndex(
        "((name ->> 'en_US'))", "There is already a cause with this name. Use or rename it."
    )
