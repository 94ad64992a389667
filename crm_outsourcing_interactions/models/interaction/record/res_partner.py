from odoo import api, fields, models
from odoo.tools import email_normalize_all

from ...events.actions import addon_action
from ...events.res_company_settings import PREFETCH


class ResPartner(models.Model):
    """Add the client flag, contract scope and interactions to partners."""

    _inherit = "res.partner"

    is_outsourcing_client = fields.Boolean(
        "Outsourcing Client",
        help="We keep the books of this company: communication with it and its contacts counts as interactions, "
        "even if it is a supplier.",
        groups="base.group_user",
        prefetch=PREFETCH,
    )
    interaction_scope_ids = fields.One2many(
        "crm.interaction.scope", "partner_id", string="Contract Scope", groups="base.group_user"
    )
    interaction_count = fields.Integer(
        "Interactions",
        compute="_compute_interaction_count",
        groups="crm_outsourcing_interactions.group_user",
        help="Counts each interaction once, whatever its number of purposes. For a client: includes all its contacts.",
    )

    def _interaction_may_join(self, vals):
        """Return the partners that are clients themselves and may join another client by ``vals``."""
        may_join = vals.get("parent_id") or vals.get("is_company") is False
        return self.filtered(lambda p: p.commercial_partner_id == p) if may_join else self.browse()

    def _interaction_join(self):
        """Move the interactions of partners that have joined a client; those who leave a client for another keep theirs
        there."""
        for contact in self.filtered(lambda p: p.commercial_partner_id != p):
            self.env["crm.interaction"]._move_client(contact)

    @api.ondelete(at_uninstall=False)
    def _unlink_keep_interactions(self):
        """Keep their interactions without a client; the database clears the contact."""
        self.env["crm.interaction"]._forget_clients(self)

    def _commercial_fields(self):
        """Synchronise the client flag to the people of a client."""
        return [*super()._commercial_fields(), "is_outsourcing_client"]

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_interaction_count(self):
        groups = self.env["crm.interaction"]._read_group(
            ["|", ("commercial_partner_id", "in", self.ids), ("partner_id", "in", self.ids)],
            ["commercial_partner_id", "partner_id"],
            ["interaction_count:sum"],
        )
        counts = dict.fromkeys(self.ids, 0)
        for client, contact, count in groups:
            for id_ in {client.id, contact.id} & counts.keys():
                counts[id_] += count
        for partner in self:
            partner.interaction_count = counts.get(partner.id, 0)

    def action_view_interactions(self):
        """Open the interactions with this client and its contacts, or with this one contact."""
        self.ensure_one()
        action = addon_action(self.env, "crm_interaction_action")
        return {
            **action,
            "domain": ["|", ("commercial_partner_id", "=", self.id), ("partner_id", "=", self.id)],
            "context": {"default_partner_id": self.id},
        }

    def _interaction_addresses(self):
        """Return the addresses (list of str) of these contacts in the forms that texts may contain."""
        addresses = [address for partner in self for address in email_normalize_all(partner.email)]
        return sorted(set(addresses))
