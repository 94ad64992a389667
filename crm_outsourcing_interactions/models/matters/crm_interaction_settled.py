from odoo import models
from odoo.exceptions import UserError

from .turns import SETTLED


class CrmInteraction(models.Model):
    """Say of a client's message that it settles a complaint."""

    _inherit = "crm.interaction"

    def _check_settles(self):
        """Check that these interactions may settle the complaints of their matters, by the word of the user.

        :raises AccessError: when the user may not decide about one of the complaints.
        :raises UserError: when one is no message of the client after the complaint.
        """
        for interaction in self.sudo():  # sudo: what a complaint consists of decides, not what the user sees of it
            matter = interaction.matter_id
            is_after = matter.is_complaint and interaction.date >= matter.complained_on
            if not is_after or interaction.direction != "incoming" or interaction.polarity == "negative":
                raise UserError(
                    self.env._(
                        "Only a message of the client, written after the complaint, confirms that it is settled."
                    )
                )
            matter.with_env(self.env)._check_resolved_by_user()

    def action_settle_complaint(self):
        """Say that the client confirms in this message that the complaint is settled."""
        self.mark_matter(SETTLED)
