from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .own_addresses import listed
from .res_company_settings import PREFETCH


class ResCompany(models.Model):
    """List addresses of the firm that Odoo does not know otherwise: group mailboxes, mailing lists, whole domains."""

    _inherit = "res.company"

    interaction_own_addresses = fields.Text(
        "Own Addresses",
        prefetch=PREFETCH,
        help="Group mailboxes, lists or whole domains of the firm, one a line, e.g. office@firm.example or "
        "@firm.example. They are nobody's client, and mail through them is its writer's. Mailboxes that Odoo reads, "
        "aliases and their domains need not be listed.",
    )

    @api.constrains("interaction_own_addresses")
    def _check_interaction_own_addresses(self):
        for company in self:
            addresses, domains, faults = listed(company.interaction_own_addresses)
            if faults:
                raise ValidationError(
                    self.env._(
                        "“%(line)s” is not an address or a domain of the firm. Enter one a line, such as "
                        "office@firm.example or @firm.example; list single addresses of public mail providers.",
                        line=faults[0],
                    )
                )
            self.env["crm.interaction.people"]._check_no_clients_address(addresses, domains)
