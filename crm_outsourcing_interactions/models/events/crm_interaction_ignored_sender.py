from odoo import api, fields, models
from odoo.tools.mail import email_normalize

from .settled_cache import settled_cache


class CrmInteractionIgnoredSender(models.Model):
    """Store the addresses that are never a client of a company: newsletters, authorities, job applicants."""

    _name = "crm.interaction.ignored.sender"
    _inherit = ["crm.interaction.cached.mixin", "crm.interaction.personal.mixin"]
    _description = "Ignored Sender"
    _order = "address"
    _rec_name = "address"
    _personal_texts = ("address",)

    address = fields.Char(required=True, help="E-mail address whose messages are never interactions.")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, ondelete="cascade", index=True
    )

    _address_once = models.UniqueIndex("(address, company_id)", "This address is already in the list.")

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([{**vals, **normalized(vals)} for vals in vals_list])

    def write(self, vals):
        return super().write({**vals, **normalized(vals)})

    @api.model
    @settled_cache("company_id")
    def _addresses(self, company_id):
        """Return the ignored addresses (frozenset) of a company (cached)."""
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
    """
    address = vals.get("address")
    return {"address": email_normalize(address) or address} if address else {}
