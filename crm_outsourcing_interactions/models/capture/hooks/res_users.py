from odoo import api, models


class ResUsers(models.Model):
    """Who joins the staff may have been a client's contact before, and each website has a visitor of its own; Odoo's
    caches do not care."""

    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        had_partner = [bool(vals.get("partner_id")) for vals in vals_list]
        if any(user._is_public() if user.share else had for had, user in zip(had_partner, users, strict=True)):
            self.env["crm.interaction.people"]._forget_facts()
        return users
