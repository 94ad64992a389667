from odoo import fields, models
from odoo.fields import Domain

from ..events.groups import MANAGER, is_searched

INVOICES = ("out_invoice", "out_refund")


class ResPartner(models.Model):
    """Propose clients from the company's invoices and projects, and mark them in bulk."""

    _inherit = "res.partner"

    interaction_is_proposed = fields.Boolean(
        "Proposed Client",
        compute="_compute_interaction_is_proposed",
        search="_search_interaction_is_proposed",
        groups=MANAGER,
        help="Invoiced or with a project in this company, but not marked as an outsourcing client yet.",
    )

    def _compute_interaction_is_proposed(self):
        proposed = self.search([("id", "in", self.ids), ("interaction_is_proposed", "=", True)])
        for partner in self:
            partner.interaction_is_proposed = partner._origin in proposed

    def _search_interaction_is_proposed(self, operator, _value):
        if not is_searched(self, "interaction_is_proposed", operator):
            return NotImplemented
        own_side = self.env["crm.interaction.people"]._own_partner_ids()
        return (
            Domain("is_outsourcing_client", "=", False)
            & Domain("parent_id", "=", False)
            & Domain("partner_share", "=", True)
            & Domain("id", "not in", list(own_side))
            & (Domain("id", "in", self._interaction_invoiced()) | Domain("id", "in", self._interaction_with_project()))
        )

    def _interaction_invoiced(self):
        """Return the subquery of the clients whom the active companies have invoiced."""
        domain = [("move_type", "in", INVOICES), ("state", "=", "posted"), ("company_id", "in", self.env.companies.ids)]
        # sudo: managers need no rights in Invoicing; only the customers' ids are used
        return self.env["account.move"].sudo()._search(domain).subselect("commercial_partner_id")

    def _interaction_with_project(self):
        """Return the subquery of the clients with a project of the active companies, or of all companies."""
        domain = [("company_id", "in", [False, *self.env.companies.ids])]
        # sudo: managers need no rights in Project; only the customers' ids are used
        projects = self.env["project.project"].sudo()._search(domain)
        return (
            self.sudo()._search([("project_ids", "any", [("id", "in", projects)])]).subselect("commercial_partner_id")
        )

    def action_interaction_mark_client(self):
        """Mark these contacts as outsourcing clients and add them to *Clients* of the active companies."""
        self.commercial_partner_id.write({"is_outsourcing_client": True})
        for company in self.env.companies:
            self.env["crm.interaction.client"]._refresh(company)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
