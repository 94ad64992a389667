from odoo import Command, api, models

PEOPLE = ("vector", "sever", "lotus")
"""Clients whose chief accountants log in to the personal account; the login is the name here."""


class CrmInteraction(models.Model):
    """Create demo data: people of three clients with a login."""

    _inherit = "crm.interaction"

    @api.model
    def _demo_clients(self):
        res = super()._demo_clients()
        for name in PEOPLE:
            person = self._demo_ref(f"{name}_contact")
            vals = {
                "name": person.name,
                "login": name,
                "password": f"{name}.{name}",
                "partner_id": person.id,
                "email": person.email,
                "lang": self.env.ref("base.user_admin").lang,
                "group_ids": [Command.set(self.env.ref("base.group_portal").ids)],
            }
            self._demo_load("res.users", **{f"{name}_user": vals})
        return res
