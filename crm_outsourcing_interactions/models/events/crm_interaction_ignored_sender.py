from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.mail import email_normalize

from .own_addresses import listed
from .settled_cache import settled_cache


class CrmInteractionIgnoredSender(models.Model):
    """Store the addresses that are never a client of a company: newsletters, authorities, job applicants."""

    _name = "crm.interaction.ignored.sender"
    _inherit = ["crm.interaction.cached.mixin", "crm.interaction.personal.mixin", "crm.interaction.protected.mixin"]
    _description = "Ignored Sender"
    _order = "address"
    _rec_name = "address"
    _personal_texts = ("address",)

    address = fields.Char(
        required=True,
        help="E-mail address, or whole domain such as @shop.example, whose messages are never interactions.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, ondelete="cascade", index=True
    )

    _address_once = models.UniqueIndex("(address, company_id)", "This address is already in the list.")

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([{**vals, **normalized(vals)} for vals in vals_list])

    def write(self, vals):
        return super().write({**vals, **normalized(vals)})

    @api.constrains("address")
    def _check_address(self):
        """Check addresses and domains; a sender without an address has its name here."""
        for sender in self.filtered(lambda sender: "@" in sender.address):
            addresses, domains, faults = listed(sender.address)
            if faults or len(addresses | domains) != 1:
                raise ValidationError(
                    self.env._(
                        "“%s” is neither an address nor a domain of one firm. Enter one such as news@shop.example or "
                        "@shop.example; at public mail providers, enter single addresses.",
                        sender.address,
                    )
                )

    @api.model
    def _is_ignored(self, address, company):
        """Return whether an address (str), or its whole domain, is never a client of ``company``."""
        ignored = self._addresses(company.id)
        return address in ignored or f"@{address.rpartition('@')[2]}" in ignored

    @api.model
    @settled_cache("company_id")
    def _addresses(self, company_id):
        """Return the ignored addresses and domains (frozenset) of a company (cached)."""
        # sudo: the poster may be a customer on the portal
        return frozenset(self.sudo().search([("company_id", "=", company_id)]).mapped("address"))

    @api.model
    def _add(self, addresses, company):
        """Add ``addresses`` (iterable of str) to the list of a company, unless they are there."""
        new = set(addresses) - self._addresses(company.id)
        self.create([{"address": address, "company_id": company.id} for address in sorted(new)])

    def _anonymise(self):
        """Delete the entry: it consists of nothing but the address."""
        self.unlink()


def normalized(vals):
    """Return the address in ``vals`` as capture compares it, as a dict.

    >>> normalized({"address": "News <News@Shop.example>"}), normalized({})
    ({'address': 'news@shop.example'}, {})
    >>> normalized({"address": "@Shop.example "})
    {'address': '@shop.example'}
    """
    address = vals.get("address")
    plain = address.strip().lower() if address and address.strip().startswith("@") else address
    return {"address": email_normalize(address) or plain} if address else {}
