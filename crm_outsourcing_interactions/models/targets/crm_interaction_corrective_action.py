from odoo import fields, models

from ..events.crm_interaction_ranges_mixin import SEQUENCES


class CrmInteractionCorrectiveAction(models.Model):
    """Store corrective actions for missed targets: automate, formalise, ask for more feedback …

    The seeds paraphrase the classification's authors; the firm may edit and add actions. Name and description are
    internal; the client report prints ``client_text`` only.
    """

    _name = "crm.interaction.corrective.action"
    _inherit = ["crm.interaction.ranges.mixin"]
    _description = "Corrective Action"
    _order = "sequence, id"
    _ranges = {"sequence": SEQUENCES}

    name = fields.Char(required=True, translate=True)
    description = fields.Text(
        translate=True, help="Instructions for the person who handles the breach, e.g. “Agree on file formats”."
    )
    client_text = fields.Text(
        "Text for the Client",
        translate=True,
        help="Proposal in the client report, e.g. “A personal account where you hand over documents”. Empty: the "
        "corrective action is not shown to the client.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
