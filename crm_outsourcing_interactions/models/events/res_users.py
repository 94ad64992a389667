from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .own_addresses import listed
from .res_company_settings import PREFETCH


class ResUsers(models.Model):
    """List private addresses of the staff: mail from there is the firm's, not a client's.

    Users see their own in their preferences; administrators enter them, so that nobody can take a client's complaints
    for his or her own mail.
    """

    _inherit = "res.users"

    interaction_private_addresses = fields.Text(
        "Private Addresses",
        copy=False,
        groups="base.group_erp_manager",
        prefetch=PREFETCH,
        help="Other addresses from which this user writes, one per line, e.g. anna@mail.example. An administrator "
        "enters them.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, "interaction_private_addresses"]

    @api.constrains("interaction_private_addresses")
    def _check_interaction_private_addresses(self):
        """Check the addresses; forget the cached ones, as this is called by ``create`` and ``write`` alike."""
        for user in self:
            addresses, domains, faults = listed(user.interaction_private_addresses)
            if faults or domains:
                raise ValidationError(
                    self.env._(
                        "“%(line)s” is not an address. Enter one per line, such as anna@mail.example.",
                        line=(faults or [f"@{domain}" for domain in sorted(domains)])[0],
                    )
                )
            self.env["crm.interaction.people"]._check_no_clients_address(addresses)
        self.env.registry.clear_cache()
