from odoo import api, models


class MailAliasDomain(models.Model):
    """Invalidate capture's cached addresses when a domain of the firm changes."""

    _name = "mail.alias.domain"
    _inherit = ["mail.alias.domain", "crm.interaction.cached.mixin"]

    @api.model
    def _is_cached(self, vals):
        return not vals.keys().isdisjoint({"name", "catchall_alias", "bounce_alias", "default_from"})
