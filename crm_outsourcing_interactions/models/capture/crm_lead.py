from odoo import api, models


class CrmLead(models.Model):
    """Tells capture of opportunities that clients create themselves."""

    _inherit = "crm.lead"

    @api.model_create_multi
    def create(self, vals_list):
        leads = super().create(vals_list)
        if self.env.user.share:
            self.env["crm.interaction.capture"]._documents("lead_requested", leads)
        return leads
