from odoo import api, fields, models


class MailActivityType(models.Model):
    """Which activities, when done, are contacts with the client."""

    _inherit = "mail.activity.type"

    is_interaction = fields.Boolean(
        "Counts as Interaction",
        compute="_compute_is_interaction",
        store=True,
        readonly=False,
        help="When such an activity is done on a document of a client, it is logged as an interaction.",
    )
    interaction_type_id = fields.Many2one(
        "crm.interaction.type",
        domain="[('is_group', '=', False)]",
        ondelete="set null",
        help="Empty: somebody is asked to review the interaction and to choose its type.",
    )

    @api.depends("category")
    def _compute_is_interaction(self):
        """Phone calls count unless somebody says otherwise."""
        for activity_type in self:
            activity_type.is_interaction = activity_type.category == "phonecall"
