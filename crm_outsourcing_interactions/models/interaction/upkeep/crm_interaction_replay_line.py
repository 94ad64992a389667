from odoo import api, fields, models


class CrmInteractionReplayLine(models.Model):
    """Store the number of interactions of a kind before a replay, and the change."""

    _name = "crm.interaction.replay.line"
    _description = "Shares in a History Load"
    _order = "kind_id"

    replay_id = fields.Many2one("crm.interaction.replay", "History Load", required=True, index=True, ondelete="cascade")
    kind_id = fields.Many2one("crm.interaction.kind", ondelete="cascade", help="Empty: to classify.")
    count_before = fields.Integer("Before")
    change = fields.Integer()
    count_after = fields.Integer("After", compute="_compute_after")
    share_before = fields.Float(compute="_compute_after")
    share_after = fields.Float(compute="_compute_after")

    @api.depends("replay_id.line_ids.count_before", "replay_id.line_ids.change")
    def _compute_after(self):
        for line in self:
            others = line.replay_id.line_ids
            before, after = sum(others.mapped("count_before")), sum(o.count_before + o.change for o in others)
            line.count_after = line.count_before + line.change
            line.share_before = line.count_before / before if before else 0
            line.share_after = line.count_after / after if after else 0
