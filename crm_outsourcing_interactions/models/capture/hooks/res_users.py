from odoo import api, models


class ResUsers(models.Model):
    """Invalidate capture's caches for new users, which Odoo does not do.

    A new member of staff may have been a client's contact, and each website has its own public user.
    """

    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        had_partner = [bool(vals.get("partner_id")) for vals in vals_list]
        if any(user._is_public() if user.share else had for had, user in zip(had_partner, users, strict=True)):
            self.env["crm.interaction.people"]._forget_facts()
        return users
