from odoo import api, fields, models

from ...events.marks import marked


class CrmLead(models.Model):
    """Link an opportunity to the request that it came from."""

    _inherit = "crm.lead"

    interaction_id = fields.Many2one(
        "crm.interaction",
        string="From Interaction",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        groups="crm_outsourcing_interactions.group_user",
        help="The client's request that this opportunity came from.",
    )

    @api.constrains("interaction_id")
    def _check_interaction_id(self):
        """Check that the user may read the linked interaction, whose name the link would disclose.

        :raises AccessError: when the user may not.
        """
        self.sudo(False).interaction_id.check_access("read")  # Odoo checks constraints in sudo mode

    def _merge_dependences(self, opportunities):
        moved = marked(opportunities, "interaction_moves_later")  # all at once instead of message by message
        res = super()._merge_dependences(moved)
        self.env["crm.interaction"]._follow_records(opportunities, self)
        return res
