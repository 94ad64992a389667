from odoo import Command, api, models

from ..events.actions import addon_action

KEPT = ("bound", "low", "high", "tolerance", "minimum_sample", "window_months")
"""What a client's own target takes from that of the firm, beside responsible and corrective actions."""


class CrmInteractionTarget(models.Model):
    """Open the target of one client, whether a figure has an indicator or not."""

    _inherit = "crm.interaction.target"

    def _action_set_client(self, values):
        """Return the action (dict) of the client's own target, or of a new one with the limits of ``self``.

        Without ``self`` they are those of the firm's target, in use or not: they are a proposal.

        :param dict values: company, client and measure of a target; more, e.g. its period, for a new one
        """
        action = {**addon_action(self.env, "crm_interaction_target_action"), "name": self.env._("Set Client Target")}
        about = [(name, "=", values.get(name, False)) for name in ("company_id", "measure", "kind_id", "type_id")]
        found = self.search([*about, ("partner_id", "in", [False, values["partner_id"]])])
        own = found.filtered("partner_id")
        if own:
            return {**action, "views": [(False, "form")], "res_id": own[:1].id}
        unused = self.with_context(active_test=False).search([*about, ("partner_id", "=", False)])
        values = {**(self or found or unused)[:1]._limits_for_client(), **values}
        context = {f"default_{name}": value for name, value in values.items()}
        return {**action, "views": [(False, "form")], "context": context}

    @api.onchange("measure", "kind_id", "type_id")
    def _onchange_measure_of_client(self):
        """Propose the limits of the firm's target for a new one of a client, as long as none are entered."""
        if self.measure and self.partner_id and not self._origin and not (self.low or self.high):
            about = [(name, "=", self[name].id) for name in ("company_id", "kind_id", "type_id")]
            about += [("measure", "=", self.measure), ("partner_id", "=", False)]
            firm = self.with_context(active_test=False).search(about, order="active desc, id", limit=1)
            if values := firm._limits_for_client():
                self.update({**values, "corrective_action_ids": [Command.set(values["corrective_action_ids"])]})

    def _limits_for_client(self):
        """Return what an own target takes from this one of the firm, if there is one."""
        if not self:
            return {}
        kept = {name: self[name] for name in KEPT}
        return {**kept, "user_id": self.user_id.id, "corrective_action_ids": self.corrective_action_ids.ids}
