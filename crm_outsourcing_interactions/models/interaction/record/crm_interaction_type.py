from odoo import models


class CrmInteractionType(models.Model):
    """What was only suggested, and nowhere chosen, may be deleted."""

    _inherit = "crm.interaction.type"

    def unlink(self):
        """Forget that they were suggested, which no foreign key does; types in use are not deleted at all."""
        # sudo: interactions that the user may not see are concerned as well
        interactions = self.env["crm.interaction"].sudo().with_context(active_test=False)._by_code()
        interactions.search([("suggested_type_id", "in", self.ids)]).suggested_type_id = False
        return super().unlink()
