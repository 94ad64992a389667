from odoo import api, fields, models
from odoo.exceptions import AccessError

MANAGER = "crm_outsourcing_interactions.group_manager"


class CrmInteractionAnonymise(models.TransientModel):
    """Asks once more before personal data of contacts are erased from interactions; this cannot be undone."""

    _name = "crm.interaction.anonymise"
    _description = "Anonymise Interactions"

    partner_ids = fields.Many2many(
        "res.partner", string="Persons", required=True, default=lambda self: self._default_partners()
    )
    record_count = fields.Integer(
        "Records",
        compute="_compute_record_count",
        help="Interactions, notes and capture errors that name the contacts.",
    )

    @api.model
    def _default_partners(self):
        ids = self.env.context.get("active_ids") if self.env.context.get("active_model") == "res.partner" else ()
        return self.env["res.partner"].browse(ids)

    @api.depends("partner_ids")
    def _compute_record_count(self):
        for wizard in self:
            wizard.record_count = sum(map(len, wizard._personal_records()))

    def _personal_records(self):
        return self.env["crm.interaction"]._personal_records(self.partner_ids._origin)

    def action_anonymise(self):
        """Erase, of what the manager may see, what tells who the contacts were; figures stay as they are.

        :raises AccessError: when the user is no manager of the addon.
        """
        if not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Only managers of Client Interactions may anonymise."))
        count = 0
        for records in self._personal_records():
            count += len(records)
            records.sudo()._anonymise()  # sudo: only code writes these fields; the manager sees the records
        message = self.env._("Records anonymised: %s", count)
        params = {"message": message, "type": "success", "next": {"type": "ir.actions.act_window_close"}}
        return {"type": "ir.actions.client", "tag": "display_notification", "params": params}
