from odoo import models

from ..events.marks import marked
from .res_partner import MERGING


class MergePartnerAutomatic(models.TransientModel):
    """A merge carries accountant, supervisor and contract over, also for those who may not assign them."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_values(self, src_partners, dst_partner):
        return super()._update_values(src_partners, marked(dst_partner, MERGING))
