from odoo import fields, models


class ResCompany(models.Model):
    """Store whether the setup checklist is hidden; managers change it, see ``crm.interaction.setup``."""

    _inherit = "res.company"

    interaction_setup_hidden = fields.Boolean("Setup Checklist Hidden", prefetch=False, groups="base.group_user")
