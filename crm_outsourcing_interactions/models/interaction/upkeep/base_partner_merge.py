from odoo import models


class MergePartnerAutomatic(models.TransientModel):
    """Takes the interactions along when contacts are merged."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        interactions = self.env["crm.interaction"]
        client = dst_partner.commercial_partner_id
        interactions._merge_clients(src_partners, client)
        # Odoo looks for foreign keys, these fields have none
        interactions._point_elsewhere(["commercial_partner_id"], src_partners.ids, client.id)
        interactions._point_elsewhere(["partner_id"], src_partners.ids, dst_partner.id)
        return super()._update_foreign_keys(src_partners, dst_partner)

    def _update_reference_fields(self, src_partners, dst_partner):
        res = super()._update_reference_fields(src_partners, dst_partner)
        self.env["crm.interaction"]._follow_records(src_partners, dst_partner)
        return res
