from odoo import api, fields, models


class IrActionsServer(models.Model):
    """Add the action *Log Interaction*, by which automation rules log or classify interactions without code."""

    _inherit = "ir.actions.server"

    state = fields.Selection(
        selection_add=[("interaction", "Log Interaction"), ("followers",)], ondelete={"interaction": "cascade"}
    )
    interaction_type_id = fields.Many2one(
        "crm.interaction.type",
        domain="[('is_group', '=', False)]",
        ondelete="restrict",
        help="Type of the unclassified interaction just captured on the record; if there is none, a new one is "
        "logged. Empty: a colleague chooses the type.",
    )

    @api.onchange("interaction_type_id")
    def _onchange_interaction_type_id(self):
        # not in _name_depends(): uninstallation would delete dependent fields of ir.cron with ours
        self._compute_name()

    def _generate_action_name(self):
        if self.state == "interaction" and self.interaction_type_id:
            return self.env._("Log %s", self.interaction_type_id.display_name)
        return super()._generate_action_name()

    @api.model
    def _warning_depends(self):
        return [*super()._warning_depends(), "model_id", "state"]

    def _get_warning_messages(self):
        warnings = super()._get_warning_messages()
        if self.state == "interaction" and not self.model_id.is_mail_thread:
            warnings.append(self.env._("An interaction can be logged only on documents that hold messages."))
        return warnings

    def _run_action_interaction_multi(self, eval_context=None):
        records = (eval_context or {}).get("records") or (eval_context or {}).get("record")
        if records:
            self.env["crm.interaction.capture"]._automation(self, records)
        return False
