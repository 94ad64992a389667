from odoo import models


class MergePartnerAutomatic(models.TransientModel):
    """People of contacts that are merged get another company, by SQL."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        res = super()._update_foreign_keys(src_partners, dst_partner)
        self.env["crm.interaction.people"]._forget_facts()
        return res
