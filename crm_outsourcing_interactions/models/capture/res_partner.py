from odoo import models

CHANGING = {"parent_id", "is_company", "is_outsourcing_client", "user_ids", "user_id"}
"""What changes whose people somebody is, as a client or as staff, and who looks after them."""
RANKS = ("supplier_rank", "customer_rank")


class ResPartner(models.Model):
    """Capture remembers whose people somebody is; here it learns that this changes."""

    _inherit = "res.partner"

    def write(self, vals):
        is_changed = bool(CHANGING & vals.keys()) or self.sudo()._becomes_supplier_or_customer(vals)
        res = super().write(vals)
        if is_changed:
            self.env["crm.interaction.capture"]._forget_facts()
        return res

    def _becomes_supplier_or_customer(self, vals):
        """Say whether one of these (in sudo mode) becomes a mere supplier, or is none any longer.

        The ranks count invoices; most of their changes do not matter.
        """
        if not vals.keys() & set(RANKS):
            return False
        for partner in self:
            before = [partner[rank] for rank in RANKS]
            after = [vals.get(rank, partner[rank]) for rank in RANKS]
            if is_mere_supplier(*before) != is_mere_supplier(*after):
                return True
        return False


def is_mere_supplier(supplier_rank, customer_rank):
    """
    >>> is_mere_supplier(2, 0), is_mere_supplier(2, 1), is_mere_supplier(0, 0)
    (True, False, False)
    """
    return bool(supplier_rank and not customer_rank)
