from odoo import api, models
from odoo.exceptions import UserError

from ...events.reasons import because


class CrmInteraction(models.Model):
    """Add the buttons and the menu *Action* of interactions."""

    _inherit = "crm.interaction"

    def action_confirm(self):
        """Confirm the current type, which is then final.

        :raises UserError: when an interaction has no type yet, or neither complaint nor praise was chosen.
        """
        opinions = self.env["crm.interaction.type"]._of_role("opinion")
        if unsaid := self.filtered(lambda row: row.type_id in opinions and not row.polarity):
            name = unsaid[0].display_name
            raise UserError(self.env._("Is “%s” a complaint or praise? Select the client opinion first.", name))
        return self._confirm()

    def _confirm(self):
        """Confirm the current type, also that of an opinion of which nobody has said whether it is a complaint.

        :raises UserError: when an interaction has no type yet.
        """
        if untyped := self.filtered(lambda interaction: not interaction.type_id):
            raise UserError(self.env._("Interactions without a type: %s. Choose their type first.", len(untyped)))
        why = because("confirmed", name=self.env.user.name)
        self._by_code().write({"state": "confirmed", "classified_by": "person", "why": why})

    def action_ignore(self):
        """Ignore the interaction: exclude it from all figures, but keep it."""
        self.write({"state": "ignored"})

    def action_reset(self):
        """Return the interaction to review."""
        self.write({"state": "to_review"})

    def action_make_opportunity(self):
        """Create an opportunity from the client's request, or open the existing one."""
        self.ensure_one()
        lead = self.lead_ids[:1] or self.env["crm.lead"].create(self._prepare_opportunity_vals())
        return lead.get_formview_action()

    def _prepare_opportunity_vals(self):
        """Return the values of the opportunity, assigned to users with access to their own ones only."""
        sees_all = self.env.user.has_group("sales_team.group_sale_salesman_all_leads")
        return {
            "name": (not self.is_document_hidden and self.subject) or self.type_id.short_name or self.env._("Request"),
            "type": "opportunity",
            "partner_id": self.partner_id.id,
            "user_id": self.user_id.id if sees_all else self.env.uid,
            "company_id": self.company_id.id,
            "description": self.note,
            "interaction_id": self.id,
        }

    def _document(self):
        return self.env[self.res_model].browse(self.res_id)

    @api.model
    def get_import_templates(self):
        """Return the template for Odoo's import screen.

        :raises AccessError: when the user may not log interactions.
        """
        self.browse().check_access("create")
        return [
            {
                "label": self.env._("Import Template for Interactions"),
                "template": "/crm_outsourcing_interactions/static/xls/crm_interaction.xlsx",
            }
        ]
