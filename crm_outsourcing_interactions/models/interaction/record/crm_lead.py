from odoo import api, fields, models

from ...events.marks import marked


class CrmLead(models.Model):
    """An opportunity knows the request that it came from."""

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
        """:raises AccessError: when a user names an interaction that he or she may not see, to learn its name."""
        self.sudo(False).interaction_id.check_access("read")  # Odoo checks constraints in sudo mode

    def _merge_dependences(self, opportunities):
        moved = marked(opportunities, "interaction_moves_later")  # all at once, not message by message
        res = super()._merge_dependences(moved)
        self.env["crm.interaction"]._follow_records(opportunities, self)
        return res
