from odoo import models

from ..events.marks import marked
from .res_partner import MERGING


class MergePartnerAutomatic(models.TransientModel):
    """Keep accountant, supervisor and contract in a merge, even if the user may not assign them.

    A merge gives nobody access to interactions, like any other change of contacts.
    """

    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        partners = self.env["res.partner"].browse(partner_ids).exists()
        before = partners._interaction_people_before()
        res = super()._merge(partner_ids, dst_partner, extra_checks)
        left = partners.exists().sudo()
        left._check_interaction_opened(before, left)
        return res

    def _update_values(self, src_partners, dst_partner):
        return super()._update_values(src_partners, marked(dst_partner, MERGING))
