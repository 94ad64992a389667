from odoo import api, models


class ResUsers(models.Model):
    """Who joins the staff may have been a client's contact before; Odoo's caches do not care."""

    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        if any(vals.get("partner_id") and not user.share for vals, user in zip(vals_list, users, strict=True)):
            self.env["crm.interaction.people"]._forget_facts()
        return users
