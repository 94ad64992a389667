from odoo import models

DECIDED = ("type_id", "direction", "state", "polarity")
"""What decides whether and as what a message counts; what is ignored is archived."""


class CrmInteraction(models.Model):
    """Leave the messages of private complaints to those who answer them: nobody decides about what they cannot read."""

    _inherit = "crm.interaction"

    def _check_private_complaints(self, before=None):
        """Check that the user may decide about these interactions, as far as they belong to private complaints.

        :param dict before: values before a change, see ``pipeline.CHANGES``; only changed interactions are checked.
        :raises AccessError: when the user neither reads the document nor handles the complaint.
        """
        if self.env.user._is_superuser():
            return
        # sudo: whether its matter is a complaint is no secret of an interaction
        rows = self.sudo().filtered(lambda row: row.matter_id.is_complaint)
        if before is not None:
            rows = rows.filtered(lambda row: any(row._restorable(DECIDED)[n] != before[row].get(n) for n in DECIDED))
        rows.sudo(False)._with_hidden_document().sudo().matter_id._check_resolved_by_user()
