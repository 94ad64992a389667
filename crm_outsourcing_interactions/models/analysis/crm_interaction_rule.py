from odoo import api, models

RELEVANT = (
    "company_id", "event", "model_name", "domain", "words", "attachment",
    "channel", "client_id", "project_id", "lang", "type_id",
)  # fmt: skip


class CrmInteractionRule(models.Model):
    """A change of what a rule does is marked: figures before and after it are not alike."""

    _inherit = "crm.interaction.rule"

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        if not self.env.context.get("install_mode"):
            rules._mark_changes({})
        return rules

    def write(self, vals):
        if self.env.context.get("install_mode") or not {"active", *RELEVANT} & vals.keys():
            return super().write(vals)
        before = {rule.id: rule._state() for rule in self}
        res = super().write(vals)
        self._mark_changes(before)
        return res

    def unlink(self):
        for rule in self:
            rule._mark_change(rule._state(), None)
        return super().unlink()

    def _state(self):
        """Return what the rule does, fit for JSON; nothing while it is archived."""
        if not self.active:
            return None
        return {name: self[name].id if self._fields[name].relational else self[name] for name in RELEVANT}

    def _mark_changes(self, before):
        for rule in self:
            rule._mark_change(before.get(rule.id), rule._state())

    def _mark_change(self, before, after):
        if before != after:
            self.env["crm.interaction.mark"]._note(f"rule,{self.id}", before, after, self._prepare_mark_vals)

    def _prepare_mark_vals(self, before, after):
        """Return the values of the mark of a change; a state is empty where the rule is not in use."""
        return {
            "name": self._mark_text(before, after),
            "event": self.event,
            "effect": "changed",
            "company_id": self.company_id.id,
        }

    def _mark_text(self, before, after):
        if not before:
            return self.env._("Rule in use from here on: %s", self.name)
        if not after:
            return self.env._("Rule no longer in use: %s", self.name)
        labels = [self._fields[name]._description_string(self.env) for name in RELEVANT if before[name] != after[name]]
        return self.env._("Rule “%(rule)s” changed: %(fields)s", rule=self.name, fields=", ".join(labels))
