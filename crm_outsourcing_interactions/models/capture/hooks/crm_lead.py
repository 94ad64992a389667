from odoo import api, models


class CrmLead(models.Model):
    """Capture opportunities created by clients."""

    _inherit = "crm.lead"

    @api.model_create_multi
    def create(self, vals_list):
        leads = super().create(vals_list)
        capture = self.env["crm.interaction.capture"]
        if capture._is_by_client(with_sudo=True):
            capture._requests(leads, "lead_requested")
        return leads
