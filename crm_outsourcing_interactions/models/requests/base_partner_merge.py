from odoo import models


class MergePartnerAutomatic(models.TransientModel):
    """Merge the request lists of merged clients for the same month, of which there can be one at a time.

    Odoo deletes rows that a constraint keeps it from moving, and fails at a unique index; the client's files would go
    with them. So it may do with links: that of the remaining person goes on.
    """

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        # sudo: whoever may merge contacts need not see their request lists
        self.env["crm.interaction.request.list"].sudo()._merge_clients(src_partners, dst_partner)
        self.env["crm.interaction.request.letter"].sudo()._merge_persons(src_partners, dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)
