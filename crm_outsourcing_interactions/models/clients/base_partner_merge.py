from odoo import models


class MergePartnerAutomatic(models.TransientModel):
    """Keep one row per client and company in a merge: that of the contact that stays."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        # sudo: whoever merges need not see the clients of all companies
        rows = self.env["crm.interaction.client"].sudo().with_context(active_test=False)
        rows.search([("partner_id", "in", src_partners.ids)]).unlink()
        res = super()._update_foreign_keys(src_partners, dst_partner)
        rows._sync(dst_partner)
        return res
