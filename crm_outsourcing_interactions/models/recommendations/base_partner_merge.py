from odoo import models


class MergePartnerAutomatic(models.TransientModel):
    """Leaves one open recommendation of a kind when clients become one."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        # sudo: whoever may merge contacts; what still holds for the client is found anew by the next refresh
        recommendations = self.env["crm.interaction.recommendation"].sudo()
        recommendations.search([("partner_id", "in", src_partners.ids), ("state", "=", "open")]).unlink()
        return super()._update_foreign_keys(src_partners, dst_partner)
