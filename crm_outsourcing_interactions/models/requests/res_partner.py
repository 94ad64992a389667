from odoo import api, fields, models
from odoo.fields import Domain

from ..events.actions import addon_action
from ..events.res_company_settings import PREFETCH

FILES_ON = [("client", "Client"), ("task", "Task of the List")]


class ResPartner(models.Model):
    """Add a client's request lists, and the person who is asked for documents."""

    _inherit = "res.partner"

    interaction_request_partner_id = fields.Many2one(
        "res.partner", "Person for Documents", copy=False, groups="base.group_user", prefetch=PREFETCH,
        ondelete="set null", index="btree_not_null",
        domain="[('parent_id', '=', id), ('type', '=', 'contact')]",
        help="Contact who is asked for documents; by default the first contact with an e-mail address.",
    )  # fmt: skip
    interaction_files_on = fields.Selection(
        FILES_ON, "Keep Accepted Files On", copy=False, groups="base.group_user", prefetch=PREFETCH,
        help="Record to which the files of request lists move when they are accepted. Empty: they stay on the list.",
    )  # fmt: skip
    interaction_request_list_ids = fields.One2many(
        "crm.interaction.request.list", "commercial_partner_id", "Request Lists",
        groups="crm_outsourcing_interactions.group_user",
    )  # fmt: skip
    interaction_request_list_count = fields.Integer(
        "Number of Request Lists", compute="_compute_interaction_request_list_count",
        groups="crm_outsourcing_interactions.group_user",
    )  # fmt: skip

    interaction_saved_count = fields.Integer(
        "Interactions Saved", compute="_compute_interaction_saved_count",
        groups="crm_outsourcing_interactions.group_user",
        help="Messages that were not sent because their text was added to the weekly letter.",
    )  # fmt: skip

    @api.depends("interaction_request_list_ids")
    def _compute_interaction_request_list_count(self):
        lists = self.env["crm.interaction.request.list"]
        domain = Domain("commercial_partner_id", "in", self.ids)
        counts = {client.id: n for client, n in lists._read_group(domain, ["commercial_partner_id"], ["__count"])}
        for partner in self:
            partner.interaction_request_list_count = counts.get(partner.id, 0)

    def _compute_interaction_saved_count(self):
        domain = Domain("commercial_partner_id", "in", self.ids)
        savings = self.env["crm.interaction.request.saving"]
        counts = {client.id: n for client, n in savings._read_group(domain, ["commercial_partner_id"], ["__count"])}
        for partner in self:
            partner.interaction_saved_count = counts.get(partner.id, 0)

    def _interaction_request_person(self):
        """Return the contact of this client (may be empty) who is asked for documents, else the client itself."""
        client, chosen = self.commercial_partner_id, self.interaction_request_partner_id
        if chosen.active and not chosen._interaction_is_address() and chosen.commercial_partner_id == client:
            return chosen
        persons = self.child_ids.filtered(lambda person: person.type == "contact" and person.email)
        return persons.filtered(lambda person: person.commercial_partner_id == client)[:1] or self

    def action_view_interaction_request_lists(self):
        """Open the request lists of this client."""
        self.ensure_one()
        client = self.commercial_partner_id
        return {
            **addon_action(self.env, "crm_interaction_request_list_action"),
            "domain": [("commercial_partner_id", "=", client.id)],
            "context": {"default_commercial_partner_id": client.id},
        }

    def action_view_interaction_saved(self):
        """Open the interactions saved with this client."""
        self.ensure_one()
        action = addon_action(self.env, "crm_interaction_request_saving_action")
        return {**action, "domain": [("commercial_partner_id", "=", self.id)], "context": {}}
