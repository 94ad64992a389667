from odoo import api, fields, models
from odoo.exceptions import UserError

RECORDED = ("type_id", "direction", "state")
RESTORED = (*RECORDED, "classified_by", "rule_id", "reason")


class CrmInteractionRetag(models.Model):
    """One change of what an interaction is: who, when, from, to. Nothing here is ever written again."""

    _name = "crm.interaction.retag"
    _description = "Change of Classification"
    _order = "id desc"
    _rec_name = "interaction_id"

    interaction_id = fields.Many2one("crm.interaction", required=True, index=True, ondelete="cascade")
    user_id = fields.Many2one("res.users", required=True, default=lambda self: self.env.user, ondelete="restrict")
    date = fields.Datetime(required=True, default=fields.Datetime.now)
    type_before_id = fields.Many2one("crm.interaction.type", string="Previous Type", ondelete="restrict")
    type_after_id = fields.Many2one("crm.interaction.type", string="New Type", ondelete="restrict")
    direction_before = fields.Char()
    direction_after = fields.Char()
    state_before = fields.Char("Status Before")
    state_after = fields.Char("Status After")
    before = fields.Json(help="What an undo restores; empty when the interaction was made by the change.")


class CrmInteraction(models.Model):
    """Every change of type, direction or status is recorded and can be undone."""

    _inherit = "crm.interaction"

    retag_ids = fields.One2many("crm.interaction.retag", "interaction_id", string="Changes", readonly=True)

    def write(self, vals):
        if not set(RECORDED) & vals.keys():
            return super().write(vals)
        before = {interaction: interaction._restorable() for interaction in self}
        res = super().write(vals)
        changed = self.filtered(lambda i: any(i._restorable()[name] != before[i][name] for name in RECORDED))
        # sudo: the record of changes is nobody's to write
        self.env["crm.interaction.retag"].sudo().create(
            [interaction._prepare_retag_vals(before[interaction]) for interaction in changed]
        )
        changed._tell()
        return res

    def _latest_changes(self):
        """Return the last change of each of these interactions."""
        # sudo: as the record of changes
        changes = self.env["crm.interaction.retag"].sudo()
        groups = changes._read_group([("interaction_id", "in", self.ids)], ["interaction_id"], ["id:max"])
        return changes.browse(id_ for _interaction, id_ in groups)

    def _changes_of(self, act):
        """Do ``act``; return the records of what it changed of these interactions."""
        before = self._latest_changes()
        act()
        return self._latest_changes() - before

    def _restorable(self):
        return {name: self._fields[name].convert_to_write(self[name], self) for name in RESTORED}

    def _prepare_retag_vals(self, before):
        """Return the values of the record of a change; ``before`` is empty for a new interaction."""
        old = before or {}
        return {
            "interaction_id": self.id,
            "user_id": self.env.uid,
            "type_before_id": old.get("type_id"),
            "type_after_id": self.type_id.id,
            "direction_before": old.get("direction"),
            "direction_after": self.direction,
            "state_before": old.get("state"),
            "state_after": self.state,
            "before": before,
        }

    @api.model
    def undo_tag(self, retag_ids):
        """Undo changes that the user has just made; return what the client shows then (see ``tag_message``).

        :raises UserError: when somebody has changed an interaction since, or it was another user's change.
        """
        # sudo: who may tag a message need not see its interaction by the rules of the addon; checked here instead
        changes = self.env["crm.interaction.retag"].sudo().browse(retag_ids).exists()
        messages = changes.interaction_id.message_id
        if changes.user_id - self.env.user or changes.interaction_id._latest_changes() != changes:
            raise UserError(self.env._("This was changed again since; look at it before you change it."))
        for change in changes:
            interaction = change.interaction_id
            interaction._tell()
            interaction.write(change.before) if change.before else interaction.unlink()
        return self._tagged(messages, self.env["crm.interaction.retag"])
