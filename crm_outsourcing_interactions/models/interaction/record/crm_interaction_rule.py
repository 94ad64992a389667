from odoo import models


class CrmInteractionRule(models.Model):
    """A rule that is deleted leaves the interactions that it classified as they are."""

    _inherit = "crm.interaction.rule"

    def unlink(self):
        """Forget which rule it was, which no foreign key does; the words of why stay."""
        ids = self.ids
        res = super().unlink()
        self.env["crm.interaction"]._point_elsewhere(["rule_id"], ids)
        return res
