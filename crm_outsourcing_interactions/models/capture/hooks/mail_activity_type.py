from odoo import api, fields, models


class MailActivityType(models.Model):
    """Add the switch for activities that are interactions when completed."""

    _inherit = "mail.activity.type"

    is_interaction = fields.Boolean(
        "Counts as Interaction",
        compute="_compute_is_interaction",
        store=True,
        readonly=False,
        help="Activities of this type done on a client's document are logged as interactions, e.g. calls.",
    )
    interaction_type_id = fields.Many2one(
        "crm.interaction.type",
        domain="[('is_group', '=', False)]",
        ondelete="set null",
        help="Empty: a colleague reviews the interaction and chooses its type.",
    )

    @api.depends("category")
    def _compute_is_interaction(self):
        """Enable phone calls by default."""
        for activity_type in self:
            activity_type.is_interaction = activity_type.category == "phonecall"
