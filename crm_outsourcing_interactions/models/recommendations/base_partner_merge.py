from odoo import models


class MergePartnerAutomatic(models.TransientModel):
    """Keep one open recommendation of each kind when clients are merged."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        # sudo: permission to merge partners is enough; the next refresh finds what still applies
        recommendations = self.env["crm.interaction.recommendation"].sudo()
        recommendations.search([("partner_id", "in", src_partners.ids), ("state", "=", "open")]).unlink()
        return super()._update_foreign_keys(src_partners, dst_partner)
