from odoo import models


class MergePartnerAutomatic(models.TransientModel):
    """Move the interactions when contacts are merged."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        """Record the interactions that Odoo moves by SQL, and invalidate the cached clients afterwards."""
        interactions = self.env["crm.interaction"]._everything()
        client = dst_partner.commercial_partner_id
        interactions._merge_clients(src_partners, client)
        interactions._record_pointer("commercial_partner_id", src_partners.ids, client.id)
        self.env.flush_all()
        res = super()._update_foreign_keys(src_partners, dst_partner)
        interactions._move_clients(dst_partner, client)
        self.env["crm.interaction.people"]._forget_facts()
        return res

    def _update_reference_fields(self, src_partners, dst_partner):
        res = super()._update_reference_fields(src_partners, dst_partner)
        self.env["crm.interaction"]._follow_records(src_partners, dst_partner)
        return res
