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
        groups="base.group_system,crm_outsourcing_interactions.group_manager",
        help="Group mailboxes, lists or whole domains of the firm, one per line, e.g. office@firm.example or "
        "@firm.example. They are never clients, and mail through them is attributed to its writer. Mailboxes "
        "that Odoo reads, aliases and their domains are recognised automatically.",
    )

    @api.constrains("interaction_own_addresses")
    def _check_interaction_own_addresses(self):
        for company in self:
            addresses, domains, faults = listed(company.interaction_own_addresses)
            if faults:
                raise ValidationError(
                    self.env._(
                        "“%(line)s” is not an address or a domain of the firm. Enter one per line, such as "
                        "office@firm.example or @firm.example; at public mail providers, list single addresses.",
                        line=faults[0],
                    )
                )
            self.env["crm.interaction.people"]._check_no_clients_address(addresses, domains)
