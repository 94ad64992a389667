from odoo import models
from odoo.tools.mail import email_normalize

from ...events.people import is_mere_supplier

CHANGING = (
    "active",
    "company_id",
    "parent_id",
    "is_company",
    "is_outsourcing_client",
    "user_id",
    "interaction_own_accountant_id",
)
"""Fields that determine a partner's client, accountant and namesakes."""
RANKS = ("supplier_rank", "customer_rank")


class ResPartner(models.Model):
    """Determine which changes invalidate capture's cached facts, see ``roles``."""

    _inherit = "res.partner"

    def _with_changed_facts(self, vals):
        """Return the partners (in sudo mode) whose cached facts change with ``vals``."""
        if "user_ids" in vals:
            return self
        names = [name for name in CHANGING if name in vals]
        ranks = [name for name in RANKS if name in vals]
        if not names and not ranks and "email" not in vals:
            return self.browse()
        return self.filtered(
            lambda partner: (
                any(is_other(partner, name, vals[name]) for name in names)
                or (ranks and changes_role(partner, vals))
                or ("email" in vals and partner._has_other_address(vals["email"]))
            )
        )

    def _has_other_address(self, email):
        """Return whether ``email`` is another address than this contact's; it may be shared, or the firm's own."""
        return (email_normalize(email, strict=False) or False) != self.email_normalized


def is_other(record, name, value):
    """Return whether ``value``, as for ``write``, differs from the many2one or boolean field ``name``."""
    now = record[name]
    return (now.id if isinstance(now, models.BaseModel) else now) != (value or False)


def changes_role(partner, vals):
    """Return whether ``partner`` becomes, or ceases to be, a customer or a mere supplier.

    Most changes of the ranks do not matter.
    """
    before = [partner[rank] for rank in RANKS]
    after = [vals.get(rank, number) for rank, number in zip(RANKS, before, strict=True)]
    return is_mere_supplier(*before) != is_mere_supplier(*after) or bool(before[1]) != bool(after[1])
