from odoo import fields, models

from ..events.crm_interaction_ranges_mixin import SEQUENCES


class CrmInteractionCorrectiveAction(models.Model):
    """What a manager can do when a target is missed: automate, formalise, ask for more feedback …

    Seeded in our own words after the classification's authors; the firm edits and adds. Its name and description are
    for the staff; the page for the review meeting shows the client only what ``client_text`` says.
    """

    _name = "crm.interaction.corrective.action"
    _inherit = ["crm.interaction.ranges.mixin"]
    _description = "Corrective Action"
    _order = "sequence, id"
    _ranges = {"sequence": SEQUENCES}

    name = fields.Char(required=True, translate=True)
    description = fields.Text(translate=True, help="How to pull it, for whoever gets the breach.")
    client_text = fields.Text(
        "What the Client Reads",
        translate=True,
        help="The proposal on the client's page for the review meeting. "
        "Empty: the client learns nothing of this corrective action.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
