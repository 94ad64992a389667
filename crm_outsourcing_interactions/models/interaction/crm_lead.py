from odoo import fields, models

from ..events.marks import marked


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

    def _merge_dependences(self, opportunities):
        moved = marked(opportunities, "interaction_moves_later")  # all at once, not message by message
        res = super()._merge_dependences(moved)
        self.env["crm.interaction"]._follow_records(opportunities, self)
        return res
