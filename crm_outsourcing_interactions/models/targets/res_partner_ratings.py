from odoo import api, fields, models
from odoo.tools.misc import formatLang

from . import targets

MONTHS = 12


class ResPartner(models.Model):
    """Show the mean and number of ratings on the client's form."""

    _inherit = "res.partner"

    interaction_rating_text = fields.Char(
        "Mean Rating",
        compute="_compute_interaction_rating_text",
        groups="crm_outsourcing_interactions.group_user",
        help="Mean of the client's ratings in the last twelve months, from 1 to 5.",
    )

    @api.depends_context("uid", "allowed_company_ids", "lang")
    def _compute_interaction_rating_text(self):
        since = targets.months_back(targets.first_of(self.env.company._interaction_today()), MONTHS)[-1]
        domain = [("commercial_partner_id", "in", self._origin.ids), ("month", ">=", since), ("rating_value", ">", 0)]
        rows = self.env["crm.interaction"]._read_group(
            domain, ["commercial_partner_id"], ["rating_value:avg", "__count"]
        )
        texts = {client.id: self._rating_text(mean, n) for client, mean, n in rows}
        for partner in self:
            partner.interaction_rating_text = texts.get(partner._origin.id, False)

    @api.model
    def _rating_text(self, mean, n):
        return self.env._("%(mean)s of 5, ratings: %(n)s", mean=formatLang(self.env, mean, digits=1), n=n)
