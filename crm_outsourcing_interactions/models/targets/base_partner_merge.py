from odoo import models


class MergePartnerAutomatic(models.TransientModel):
    """Keep one target of each measure, and one indicator of each target and month, when clients are merged.

    Those of the contact that stays take precedence. Odoo moves the others by SQL, and fails at a unique index.
    """

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        # sudo: permission to merge partners is enough; the next refresh computes what is left
        self.env["crm.interaction.target"].sudo()._merge_clients(src_partners, dst_partner)
        self.env["crm.interaction.indicator"].sudo()._merge_clients(src_partners, dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)

    def _update_reference_fields(self, src_partners, dst_partner):
        # sudo: as above
        taken = self.env["crm.interaction.taken.action"].sudo()
        about = [("res_model", "=", src_partners._name), ("res_id", "in", src_partners.ids)]
        taken.search(about).res_id = dst_partner.id
        return super()._update_reference_fields(src_partners, dst_partner)
