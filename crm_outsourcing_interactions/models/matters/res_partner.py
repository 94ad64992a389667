from odoo import api, fields, models
from odoo.fields import Domain

from ..events.actions import addon_action
from ..events.groups import USER
from ..events.settled_cache import settled_cache
from .crm_interaction_matter import LIVE


class ResPartner(models.Model):
    """Show the open matters of a client on its form; cache the response times agreed with clients."""

    _inherit = "res.partner"

    interaction_open_matter_ids = fields.One2many(
        "crm.interaction.matter", compute="_compute_interaction_open_matters", string="Open Matters", groups=USER
    )
    """Not stored: clients grouped by accountant and filtered by what is late would be figures by person."""
    interaction_open_matter_count = fields.Integer(
        "Number of Open Matters", compute="_compute_interaction_open_matters", groups=USER
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_interaction_open_matters(self):
        domain = LIVE & Domain("commercial_partner_id", "in", self._origin.ids)
        matters = self.env["crm.interaction.matter"].search_fetch(domain).grouped("commercial_partner_id")
        for partner in self:
            partner.interaction_open_matter_ids = matters.get(partner._origin, False)
            partner.interaction_open_matter_count = len(partner.interaction_open_matter_ids)

    def action_view_interaction_matters(self):
        """Show the matters of this client, open ones first."""
        self.ensure_one()
        action = addon_action(self.env, "crm_interaction_matter_action")
        return {**action, "domain": [("commercial_partner_id", "=", self.id)], "context": {}}

    @api.model
    @settled_cache()
    def _interaction_response_hours(self):
        """Return ``{client id: working hours}`` of the clients with a response time of their own (cached)."""
        # sudo: the poster may be a portal user
        clients = self.sudo().with_context(active_test=False).search([("interaction_response_hours", ">", 0)])
        return {client.id: client.interaction_response_hours for client in clients}
